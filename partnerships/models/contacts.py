"""How people can be reached: what each shows of oneself to whom, and who is named as point of contact of what."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import periods
from core.dates import today
from core.versions import Versioned
from partnerships.enums import Audience, PointOfContactState
from partnerships.models.calls import Call
from partnerships.models.initiatives import Initiative
from partnerships.models.memberships import Membership
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Member, Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor

TARGETS = ("partnership", "call", "initiative", "organisation")
IS_NAMED = _("This person has been named here already.")
_LIVE = (PointOfContactState.ASKED, PointOfContactState.AGREED)


def _of_one_thing() -> Q:
    """Exactly one of the keys to what it is of is filled."""
    one = Q()
    for name in TARGETS:
        one |= Q(**{f"{other}__isnull": other != name for other in TARGETS})
    return one


class ContactCard(Versioned):
    """What a person shows of the own contact details, and to whom. Without a row the defaults hold (docs/domain.md).

    The phone number and the address stand with the person; here is who may read them.
    """

    ON_RECORD = ("line", "show_line", "show_phone", "show_email")

    person = models.OneToOneField(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="contact_card"
    )
    line = models.CharField(_("what people can ask me"), max_length=80, blank=True)
    show_line = models.CharField(
        _("show this to"), max_length=12, choices=Audience, default=Audience.PARTNERSHIPS
    )
    show_phone = models.CharField(
        _("show my phone number to"), max_length=12, choices=Audience, default=Audience.NOBODY
    )
    show_email = models.CharField(
        _("show my email address to"), max_length=12, choices=Audience, default=Audience.PARTNERSHIPS
    )

    class Meta:
        verbose_name = _("contact card")
        verbose_name_plural = _("contact cards")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)

    def shows(self, what: str, *, shared: bool, member: bool) -> bool:
        """Whether one reader sees `what`: "line", "phone" or "email".

        `shared` says whether the two work together: in a partnership, an organisation, or on one student; `member`
        whether the reader has a role in the portal at all.
        """
        audience = getattr(self, f"show_{what}")
        return shared if audience == Audience.PARTNERSHIPS else member and audience == Audience.MEMBERS


def card_of(person: Person) -> ContactCard:
    """What the person shows; who never chose shows what is usual. One query, or none when it was loaded along."""
    found: ContactCard | None = getattr(person, "contact_card", None)
    return found or ContactCard(person=person)


def address_shown(person: Person) -> str:
    """The address of the person as people who work together read it; empty where it is shown to nobody."""
    return person.address if card_of(person).shows("email", shared=True, member=True) else ""


class PointOfContactQuerySet(models.QuerySet["PointOfContact"]):
    def live(self) -> Self:
        """Those that were asked or agreed, as long as they last."""
        return self.filter(periods.running(), state__in=_LIVE)

    def running(self) -> Self:
        """Those who said yes and whose role there holds today, with an account that works.

        Of a partnership, its calls and its initiatives only who works at an organisation that takes part in it today.
        """
        able = Membership.objects.able().filter(pk=OuterRef("membership"))
        takes_part = Member.objects.running().filter(
            organisation=OuterRef("membership__organisation"),
            partnership=Coalesce(
                OuterRef("partnership"), OuterRef("call__partnership"), OuterRef("initiative__partnership")
            ),
        )
        agreed = self.filter(periods.running(), state=PointOfContactState.AGREED)
        return agreed.filter(models.Exists(able), Q(organisation__isnull=False) | models.Exists(takes_part))

    def own(self, actor: Actor) -> Self:
        """The actor's own."""
        return self.filter(membership__person=actor.person_id)

    def in_partnership(self, partnership: Partnership) -> Self:
        """Those of a partnership, its calls and its initiatives."""
        return self.filter(
            Q(partnership=partnership)
            | Q(call__partnership=partnership)
            | Q(initiative__partnership=partnership)
        )

    def for_list(self) -> Self:
        """With the person, what one shows, and what it is of; by name."""
        people = self.select_related(
            "membership__person__user",
            "membership__person__contact_card",
            "membership__organisation",
            "partnership",
            "call__partnership",
            "initiative__partnership",
            "organisation",
        )
        members = Member.objects.running().filter(organisation=OuterRef("membership__organisation"))
        return people.annotate(
            partnership_ids=ArraySubquery(members.order_by("pk").values("partnership"))
        ).order_by("membership__person__sort_name", "pk")


class PointOfContact(Versioned):
    """Someone whom others can ask about a partnership, call, initiative or organisation, by the own yes.

    The yes says what visitors without an account see besides the name; people inside see what the contact card shows.
    """

    TRANSITIONS = {
        "agree": ({PointOfContactState.ASKED}, PointOfContactState.AGREED),
        "refuse": ({PointOfContactState.ASKED}, PointOfContactState.REFUSED),
        "stop": ({PointOfContactState.ASKED, PointOfContactState.AGREED}, PointOfContactState.ENDED),
    }
    REFUSALS = {
        "agree": _("This question does not wait for an answer any more."),
        "refuse": _("This question does not wait for an answer any more."),
        "stop": _("This person is no point of contact here any more."),
    }
    ON_RECORD = ("shows_phone", "shows_email")

    partnership_ids: list[
        int
    ]  # set by `for_list`: the partnerships of the organisation for which one is named

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="points_of_contact",
    )
    call = models.ForeignKey(
        Call,
        verbose_name=_("call for employers"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="points_of_contact",
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="points_of_contact",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="points_of_contact",
    )
    membership = models.ForeignKey(
        Membership, verbose_name=_("person"), on_delete=models.PROTECT, related_name="points_of_contact"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PointOfContactState, default=PointOfContactState.ASKED
    )
    shows_phone = models.BooleanField(_("visitors see my phone number"), default=False)
    shows_email = models.BooleanField(_("visitors see my email address"), default=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    starts_on = models.DateField(_("start"), default=today)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = PointOfContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of contact")
        verbose_name_plural = _("points of contact")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="point_of_contact_of_one_thing",
                condition=_of_one_thing(),
            ),
            models.CheckConstraint(
                name="point_of_contact_shows_by_own_yes",
                condition=Q(shows_phone=False, shows_email=False)
                | Q(state__in=[PointOfContactState.AGREED, PointOfContactState.ENDED]),
            ),
            models.CheckConstraint(
                name="point_of_contact_over_is_ended",
                condition=Q(state__in=_LIVE) | Q(ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="point_of_contact_once",
                # A role is at one organisation: of that it is named once, without the key.
                fields=["partnership", "call", "initiative", "membership"],
                condition=Q(state__in=_LIVE),
                nulls_distinct=False,
                violation_error_message=IS_NAMED,
            ),
            periods.ends_after_start("point_of_contact_ends_after_start", may_be_one_day=True),
            periods.ended_has_last_day("point_of_contact_ended_has_last_day"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.of}"

    @property
    def person(self) -> Person:
        """Who can be asked."""
        found: Person = self.membership.person
        return found

    @property
    def of(self) -> Any:
        """What it is of."""
        return next(value for name in TARGETS if (value := getattr(self, name)) is not None)
