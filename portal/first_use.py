"""What a new installation still lacks, for the administrator: each with the page where it is seen to, in this order."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.checks import unnamed
from core.models import OutgoingMail, StoredFile
from core.scanning import Scan
from partnerships.enums import COORDINATING
from partnerships.models import Member, Organisation, Partnership
from partnerships.queries.people import without_manager
from programmes.models import Qualification
from ui.formats import number
from ui.languages import dutch
from ui.next_steps import NextStep

NOT_SENT = (OutgoingMail.State.FAILED, OutgoingMail.State.HELD)
NEWS = timedelta(days=30)


def lacking() -> list[NextStep]:
    """What is not there yet, or went wrong; nothing once all stands."""
    steps = [
        _mails(),
        _files(),
        _settings(),
        _organisations(),
        _partnerships(),
        _qualifications(),
    ]
    return [step for step in steps if step is not None]


def _mails() -> NextStep | None:
    count = OutgoingMail.objects.filter(state__in=NOT_SENT).count()
    if not count:
        return None
    title = ngettext_lazy("%(count)s email could not be sent", "%(count)s emails could not be sent", count)
    return NextStep(
        title=title % {"count": number(count)},
        text=_("See why, and send them again."),
        url=reverse("accounts:mail-list"),
        button=_("View these emails"),
        icon="mail",
    )


def _files() -> NextStep | None:
    """As long as it is news: who can give another file has done so by then, and what was signed on paper stays."""
    found = StoredFile.objects.filter(scan=Scan.SUSPECT, scanned_at__gte=timezone.now() - NEWS)
    count = found.count()
    if not count:
        return None
    title = ngettext_lazy(
        "The virus scanner found something in %(count)s file",
        "The virus scanner found something in %(count)s files",
        count,
    )
    return NextStep(
        title=title % {"count": number(count)},
        text=_(
            "Nobody can open it any more, and who added it was mailed. See when, and of which kind it is."
        ),
        url=reverse("admin:core_storedfile_changelist"),
        button=_("View these files"),
        icon="shield-check",
    )


def _settings() -> NextStep | None:
    empty = unnamed()
    if not empty:
        return None
    return NextStep(
        title=_("Name who answers for Leerpact"),
        text=format_lazy(
            _("Ask whoever hosts Leerpact to fill in {names}. Pages and emails name nobody until then."),
            names=", ".join(empty),
        ),
        url=reverse("privacy"),
        button=_("View the privacy page"),
        icon="user",
    )


def _organisations() -> NextStep | None:
    """The first one; after that whether someone manages each, in the same query."""
    there = Organisation.objects.existing().aggregate(
        number=Count("pk"), waiting=Count("pk", filter=Q(pk__in=without_manager().values("pk")))
    )
    if there["number"]:
        return _managers(there["waiting"])
    return NextStep(
        title=_("Add the first organisation"),
        text=_("A care employer or a school. Its first manager then invites everyone else."),
        url=reverse("admin:partnerships_organisation_add"),
        button=_("Add organisation"),
        icon="plus",
    )


def _managers(waiting: int) -> NextStep | None:
    if not waiting:
        return None
    title = ngettext_lazy(
        "%(count)s organisation has no manager yet", "%(count)s organisations have no manager yet", waiting
    )
    return NextStep(
        title=title % {"count": number(waiting)},
        text=_("Nobody can act there. Invite someone by email."),
        url=reverse("partnerships:first-manager-list"),
        button=_("Invite a manager"),
        icon="mail",
    )


def _partnerships() -> NextStep | None:
    """The first one; after that one that nobody coordinates, in the same query."""
    coordinating = Member.objects.running().filter(partnership=OuterRef("pk"), role__in=COORDINATING)
    running = Partnership.objects.running().annotate(is_led=Exists(coordinating)).order_by("is_led", "pk")
    first = running.values_list("pk", "name", "is_led").first()
    if first is not None:
        pk, name, is_led = first
        return None if is_led else _coordinators(pk, name)
    return NextStep(
        title=_("Add the first partnership"),
        text=_("Employers and schools find each other in a partnership."),
        url=reverse("admin:partnerships_partnership_add"),
        button=_("Add partnership"),
        icon="plus",
    )


def _coordinators(pk: int, name: str) -> NextStep:
    return NextStep(
        title=_("Choose who coordinates a partnership"),
        text=dutch(name),
        url=reverse("admin:partnerships_partnership_change", args=[pk]),
        button=_("Add a coordinating member"),
        icon="users",
    )


def _qualifications() -> NextStep | None:
    if Qualification.objects.exists():
        return None
    return NextStep(
        title=_("Import the qualifications"),
        text=_("Without them no school can make a programme."),
        url=reverse("programmes:qualification-import"),
        button=_("Choose a file"),
        icon="plus",
    )
