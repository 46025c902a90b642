"""Practice agreements (POK): one at a time for a placement, and the texts that each of them had."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, FilteredRelation, OuterRef, Prefetch, Q, When
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from agreements.enums import OPEN_AGREEMENT, OPEN_VERSION, UNDO_DAYS, AgreementState, Signer, VersionState
from core import versions
from core.addresses import of_row
from core.dates import today
from core.lookups import keys_of
from core.readlog import AboutSomeone
from core.versions import Versioned
from placements.models.placements import Placement
from placements.models.supervisors import Supervision, guide_of
from programmes.models import Cohort, is_taught_by, with_is_taught

if TYPE_CHECKING:
    from agreements.models.signatures import Signature
    from agreements.models.versions import AgreementVersion
    from partnerships.actors import Actor


def _managed(actor: Actor) -> frozenset[int]:
    """Organisations for which the actor signs as manager, without being a contact or teacher there."""
    return frozenset(
        held.organisation_id for held in actor.held if held.may_sign and held.role == Role.MANAGER
    )


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements, as pages, next steps and reminders ask for them."""

    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees the placement, and signing managers; coordinators get the state only (rules decide)."""
        ways = Q(placement__in=keys_of(Placement.objects.visible_to(actor)))
        if managed := _managed(actor):
            ways |= Q(placement__slot__organisation__in=managed)
            ways |= Q(placement__enrolment__cohort__programme__school__in=managed)
        return self.filter(ways)

    def of_employer(self, organisation_id: int) -> Self:
        """Of the students of one employer."""
        return self.filter(placement__organisation=organisation_id)

    def of_school(self, school_id: int) -> Self:
        """Of the students of one school."""
        cohorts = Cohort.objects.filter(programme__school=school_id)
        return self.filter(placement__enrolment__cohort__in=keys_of(cohorts))

    def with_text_in_force(self) -> Self:
        """Each with `text_now`, the signed text that holds today and its location, or None; in the same query."""
        text = FilteredRelation(
            "versions",
            condition=Q(versions__state=VersionState.SIGNED, versions__holds__contains=today()),
        )
        return self.annotate(text_now=text).select_related("text_now__location")

    def following(self, former: Agreement | OuterRef) -> Self:
        """The next agreement after one; one that lapsed is none."""
        return self.filter(follows=former).exclude(state=AgreementState.LAPSED)

    def open(self) -> Self:
        """Those that are being made, or in force."""
        return self.filter(state__in=OPEN_AGREEMENT)

    def with_taught(self, actor: Actor) -> Self:
        """Adds `is_taught` and `is_guided`: whether the actor teaches the student's cohort, or guides the student."""
        guided = Supervision.objects.standing().filter(
            placement=OuterRef("placement"), membership__in=actor.memberships(Role.SUPERVISOR)
        )
        return self.annotate(
            is_taught=with_is_taught(actor, "placement__enrolment__cohort"), is_guided=Exists(guided)
        )

    def with_lost(self) -> Self:
        """Adds `has_lost`: whether the school knows that the employer lost the accreditation since.

        That is asked of these rows together, so narrow them first.
        """
        own = Placement.objects.filter(pk__in=keys_of(self, "placement"))
        lost = Q(placement__in=keys_of(own.at_withdrawn().without_accreditation()))
        has_lost = Case(When(lost, then=True), default=False, output_field=models.BooleanField())
        return self.annotate(has_lost=has_lost)

    def taught_by(self, actor: Actor) -> Self:
        """Agreements of a teacher's own cohorts."""
        return self.filter(is_taught_by(actor, "placement__enrolment__cohort"))

    def for_list(self) -> Self:
        """With what the pages print of each, by student: around it, and the texts that were signed or still can be."""
        return self._with_around().by_name()

    def with_details(self, actor: Actor) -> Self:
        """The same in the order that the list has already, with `is_taught` and `has_lost`."""
        return self._with_around().with_taught(actor).with_lost()

    def _with_around(self) -> Self:
        return self.select_related(
            "placement__student__person__user",
            "placement__slot__organisation",
            "placement__slot__location",
            "placement__enrolment__cohort__programme__school",
        ).prefetch_related(_texts(state__in=(*OPEN_VERSION, VersionState.SIGNED)))

    def by_name(self) -> Self:
        """By student, the newest of each first."""
        return self.order_by("placement__student__person__sort_name", "-number", "pk")

    def for_page(self) -> Self:
        """With all its texts, newest first, who signed each, and who guides the student, by name."""
        return (
            self.for_list()
            .annotate(guide=guide_of("placement"))
            .prefetch_related(None)
            .prefetch_related(_texts("contact__person__user", "trainer__person__user"))
        )


def _texts(*people: str, **narrowed: object) -> Prefetch[str]:
    """The texts of agreements, newest first, with their signatures in the order in which they were given.

    `people` are the roles of those named in them, where a page needs more than the names.
    """
    from agreements.models.signatures import Signature  # noqa: PLC0415  the three need each other
    from agreements.models.versions import AgreementVersion  # noqa: PLC0415

    signatures = Signature.objects.select_related("objection", "by").order_by("at", "pk")
    texts = (
        AgreementVersion.objects.filter(**narrowed).select_related("location", *people).order_by("-number")
    )
    return Prefetch("versions", queryset=texts.prefetch_related(Prefetch("signatures", queryset=signatures)))


class Agreement(AboutSomeone, Versioned):
    """The agreement of student, employer and school on one placement (WEB 7.2.8, 7.2.9).

    What is agreed stands in its versions. A placement has one open agreement at a time, and may have several in a row.
    """

    ABOUT = "placement"
    ON_RECORD = ("for_subsidy",)
    TRANSITIONS = {
        "ask": ({AgreementState.DRAFT}, AgreementState.SIGNING),
        "reopen": ({AgreementState.SIGNING}, AgreementState.DRAFT),
        "activate": ({AgreementState.SIGNING}, AgreementState.ACTIVE),
        "object": ({AgreementState.ACTIVE}, AgreementState.SIGNING),
        # From signing only what was in force before an objection: the constraint below refuses the rest.
        "end": ({AgreementState.ACTIVE, AgreementState.SIGNING}, AgreementState.ENDED),
        "complete": ({AgreementState.ACTIVE}, AgreementState.COMPLETED),
        # The text that made it end on that day was objected to.
        "resume": ({AgreementState.COMPLETED}, AgreementState.ACTIVE),
        "lapse": ({AgreementState.DRAFT, AgreementState.SIGNING}, AgreementState.LAPSED),
    }
    REASON_REQUIRED = frozenset({"object", "end", "lapse"})
    UNDO = {"end": UNDO_DAYS, "lapse": UNDO_DAYS}  # lapsed with a placement that goes on after all
    REFUSALS = {
        "ask": _("The signatures have already been asked."),
        "reopen": _("There is nothing to sign now."),
        "activate": _("There is nothing to sign now."),  # asked for a signature too
        "end": _("Only an active agreement can be ended."),
    }
    guide: str | None  # set by `for_page`
    is_guided: bool  # set by `with_taught`
    is_taught: bool  # set by `with_taught`
    has_lost = False  # set by `with_lost`
    text_now: AgreementVersion | None = None  # set by `with_text_in_force`
    turn: str  # set by the query of what waits for the school
    # Set by the queries of what waits: someone named has left, the kind of text that waits, the employer is to sign
    names_gone: bool
    open_kind: str | None
    waits: bool

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.PROTECT, related_name="agreements"
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    follows = models.ForeignKey(
        "self",
        verbose_name=_("follows"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followers",
    )
    state = models.CharField(_("state"), max_length=9, choices=AgreementState, default=AgreementState.DRAFT)
    # The first moment; it stays, so that what was in force is never called lapsed.
    activated_at = models.DateTimeField(_("active since"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    # Whoever accounts for a subsidy with it must be able to show it for longer (docs/privacy.md).
    for_subsidy = models.BooleanField(_("used for a subsidy"), default=False, db_default=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice agreement")
        verbose_name_plural = _("practice agreements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="agreement_number_once", fields=["placement", "number"]),
            models.UniqueConstraint(
                name="agreement_one_open_per_placement",
                fields=["placement"],
                condition=Q(state__in=OPEN_AGREEMENT),
                violation_error_message=_("There is already an agreement on this placement."),
            ),
            # One that lapsed, because the former went on after all, does not stand in the way of another.
            models.UniqueConstraint(
                name="agreement_followed_once",
                fields=["follows"],
                condition=~Q(state=AgreementState.LAPSED),
            ),
            models.CheckConstraint(
                name="agreement_first_follows_none",
                condition=Q(number=1, follows__isnull=True) | Q(number__gt=1, follows__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_in_force_has_moment",
                condition=Q(activated_at__isnull=False)
                | ~Q(state__in=(AgreementState.ACTIVE, AgreementState.ENDED, AgreementState.COMPLETED)),
            ),
            models.CheckConstraint(
                name="agreement_in_force_never_lapses",
                condition=Q(activated_at__isnull=True)
                | ~Q(state__in=(AgreementState.DRAFT, AgreementState.LAPSED)),
            ),
            models.CheckConstraint(
                name="agreement_ended_has_day",
                condition=Q(state=AgreementState.ENDED, ended_on__isnull=False)
                | (~Q(state=AgreementState.ENDED) & Q(ended_on__isnull=True)),
            ),
        ]
        indexes = [
            # `activate_ready` and the clock read only what waits, whatever lies behind it.
            models.Index(fields=["id"], name="agreement_signing", condition=Q(state=AgreementState.SIGNING)),
            models.Index(fields=["id"], name="agreement_active", condition=Q(state=AgreementState.ACTIVE)),
        ]

    def __str__(self) -> str:
        return str(self.placement)

    def get_absolute_url(self) -> str:
        return of_row("agreements:agreement-detail", self.public_id)

    @property
    def is_change(self) -> bool:
        """Whether what waits, if anything does, is a change: it was in force before."""
        return self.activated_at is not None

    # The texts, of those that `for_list` or `for_page` loaded

    @property
    def texts(self) -> list[AgreementVersion]:
        """The loaded texts, newest first, each with this agreement behind it."""
        found = list(self.versions.all())
        for text in found:
            text.agreement = self
        return found

    @property
    def pending(self) -> AgreementVersion | None:
        """The text that is being made or signed; there is at most one."""
        return next((text for text in self.texts if text.state in OPEN_VERSION), None)

    @property
    def edition(self) -> str:
        """What a page shows of the whole, for an act on it: its own version, and which text was signed last."""
        return f"{versions.of(self)}.{self.agreed.pk if self.agreed else 0}"

    @property
    def agreed(self) -> AgreementVersion | None:
        """The text that everyone signed last: it holds, will hold, or held until the end."""
        signed = (text for text in self.texts if text.signed_at)
        return max(signed, key=lambda text: (text.signed_at, text.number), default=None)

    def in_force(self, day: date | None = None) -> AgreementVersion | None:
        """The signed text that holds on the day, today when none is given."""
        day = day or today()
        return next((text for text in self.texts if text.holds is not None and day in text.holds), None)

    @property
    def shown(self) -> AgreementVersion | None:
        """The text that one reads first: what holds, or else what was agreed, or else what is being made."""
        return self.in_force() or self.agreed or self.pending or next(iter(self.texts), None)

    def asked_before(self, version: AgreementVersion) -> AgreementVersion | None:
        """What signers compare a text with: for a change what it changes, else the last one put to signature before."""
        if version.changes_id is not None:
            return next((text for text in self.texts if text.pk == version.changes_id), None)
        earlier = (text for text in self.texts if text.number < version.number and text.asked_at)
        return max(earlier, key=lambda text: text.number, default=None)

    def has_on_paper(self, version: str, who: str, name: str, signed_on: str) -> bool:
        """Whether a text bears this very signature from paper; all of it as a form sends it."""
        sent = (version, who, name.strip(), signed_on)
        return any(sent == _as_sent(item) for text in self.texts for item in text.standing if item.is_paper)


def _as_sent(signature: Signature) -> tuple[str, str, str, str]:
    """A signature from paper as the form that recorded it sent it."""
    signer = Signer(signature.signer)
    by_name = signer in {Signer.STUDENT, Signer.REPRESENTATIVE}
    return (
        str(signature.version_id),
        signer if by_name else f"{signer}:{signature.person_id}",
        signature.name if signer == Signer.REPRESENTATIVE else "",
        signature.signed_on.isoformat(),
    )
