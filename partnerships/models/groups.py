"""Groups of a partnership and the seats in them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import names, periods
from core.dates import today
from core.versions import Versioned
from partnerships.enums import GroupKind, MemberRole, Perspective
from partnerships.models.affiliations import Affiliation
from partnerships.models.expectations import VOICES, GroupExpectation, Lacking, Missing
from partnerships.models.memberships import Membership
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Member, Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor

# Of a seat: its person chairs the group or is its secretary. Observers never do (`seat_observer_holds_no_office`).
IS_OFFICE = Q(is_chair=True) | Q(is_secretary=True)
# Of a seat: it counts for the largest size of its group. Who reads along, or writes the minutes, has no vote there.
COUNTS = Q(is_observer=False, is_secretary=False)
HAS_A_CHAIR = _("This group has a chair. On its page you let someone else take over.")
HAS_A_SECRETARY = _("This group has a secretary. On its page you let someone else take over.")
SITS_ALREADY = _("This person already sits in this group.")
OBSERVERS_HOLD_NO_OFFICE = _("Observers have no vote, so they are neither chair nor secretary.")


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, actor: Actor) -> Self:
        """Groups of own partnerships for coordinators; for others only those they sit in (story B-11)."""
        return self.filter(Q(partnership__in=actor.coordinates) | Q(pk__in=actor.groups))

    def running(self) -> Self:
        """Groups that hold today, of partnerships that do."""
        partnerships = Partnership.objects.running()
        return self.filter(periods.running(may_lack_start=True), partnership__in=partnerships)

    def with_mandate_for(self, actor: Actor) -> Self:
        """Running groups of which the actor may know what they are for: all of the partnerships known from within.

        Who sits in them and what they write is `visible_to`.
        """
        return self.running().filter(partnership__in=actor.inside)

    def of_seats(self, actor: Actor) -> Self:
        """The groups in which the actor has a seat."""
        return self.filter(pk__in=actor.groups)

    def with_expected(self) -> Self:
        """Adds `expected`: the organisation or the voice, and the number, of whom each group expects; for `missing`."""
        rows = GroupExpectation.objects.filter(group=OuterRef("pk")).order_by("pk")
        facts = JSONObject(organisation="organisation_id", voice="perspective", number="number")
        return self.annotate(expected=ArraySubquery(rows.values(row=facts)))

    def for_list(self) -> Self:
        """With their partnership, by partnership and name."""
        return self.select_related("partnership").order_by("partnership__name", "name", "pk")


class Group(Versioned):
    """People around a table of a partnership. Its members know the mandate; who sits there, the seats and coordinators."""

    expected: list[dict[str, Any]]  # set by `with_expected`

    # The kind gives rights: whoever chairs the steering group writes for the partnership.
    ON_RECORD = ("kind", "starts_on", "ends_on", "expectations")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="groups"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=GroupKind)
    name = models.CharField(_("name"), max_length=120)
    mandate = models.TextField(_("mandate"), max_length=2000, blank=True)
    delegates_per_organisation = models.PositiveSmallIntegerField(_("delegates per organisation"), default=1)
    max_size = models.PositiveSmallIntegerField(_("largest size"), null=True, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name", "pk"]
        constraints = [
            names.constraint("group", "name"),
            periods.ends_after_start("group_ends_after_start", may_be_one_day=True),
            periods.ended_has_last_day("group_ended_has_last_day"),
            models.CheckConstraint(
                name="group_size_at_least_two",
                condition=Q(max_size__isnull=True) | Q(max_size__gte=2),
                violation_error_message=_("A group has at least two seats."),
            ),
            models.CheckConstraint(
                name="group_delegates_at_least_one",
                condition=Q(delegates_per_organisation__gte=1),
                violation_error_message=_("An organisation has at least one delegate."),
            ),
            # A group that has ended leaves its name to the next: the two have different ends.
            models.UniqueConstraint(
                "partnership",
                Lower("name"),
                "ends_on",
                name="group_name_once",
                nulls_distinct=False,
                violation_error_message=_("There is a group with this name already. Look in the list."),
            ),
            # What rows of a group name beside it, so that they are of the same partnership.
            models.UniqueConstraint(name="group_of_its_partnership", fields=["id", "partnership"]),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page for those who sit in it and for the coordinators."""
        return reverse("partnerships:group-detail", args=[self.public_id])

    @property
    def is_over(self) -> bool:
        """Whether it was closed, or its last day has passed."""
        return periods.is_over(self)

    def missing(self, members: Iterable[Member], seats: Iterable[GroupSeat]) -> Missing:
        """Which members send too few delegates and which voices are too few (story B-09), of running seats `with_held`.

        Where no organisation is expected by name, each member that is no observer sends one. Observers do not count,
        nor does who works there no more or takes part no more. For a group of `with_expected`.
        """
        taken = [seat for seat in seats if seat.is_held and not seat.is_observer]
        delegates = Counter(s.organisation_id for s in taken if s.perspective == Perspective.DELEGATE)
        heard = Counter(seat.perspective for seat in taken)
        by_name = {row["organisation"]: row["number"] for row in self.expected if row["organisation"]}
        voices = {row["voice"]: row["number"] for row in self.expected if row["voice"]}
        lacking = [
            (member, _wanted(member, by_name) - delegates[member.organisation_id]) for member in members
        ]
        return Missing(
            organisations=[
                Lacking(member.organisation.name, n, member.organisation_id) for member, n in lacking if n > 0
            ],
            voices=[
                Lacking(str(voice.label), voices[voice] - heard[voice], voice=voice.value)
                for voice in VOICES
                if voices.get(voice, 0) > heard[voice]
            ],
        )


def _wanted(member: Member, by_name: dict[int, int]) -> int:
    """How many delegates of a member are expected."""
    if by_name:
        return by_name.get(member.organisation_id, 0)
    return int(member.role != MemberRole.OBSERVER)


class GroupSeatQuerySet(models.QuerySet["GroupSeat"]):
    def running(self) -> Self:
        """Seats that hold today."""
        return self.filter(periods.running())

    def held(self) -> Self:
        """Seats that run and still have what they rest on.

        Whoever sits in the name of an organisation has a role there, and it is a member today; anyone else takes part in
        the partnership today.
        """
        joined = Member.objects.running().filter(
            partnership=OuterRef("group__partnership"), organisation=OuterRef("organisation")
        )
        works = Membership.objects.running().filter(
            person=OuterRef("person"), organisation=OuterRef("organisation")
        )
        takes_part = Affiliation.objects.running().filter(
            pk=OuterRef("affiliation"), partnership=OuterRef("group__partnership")
        )
        return self.running().filter(Exists(takes_part) | (Exists(joined) & Exists(works)))

    def giving_papers(self) -> Self:
        """Seats that open the papers of their group today: the one condition for that right.

        They are held, and the group and its partnership run.
        """
        return self.held().filter(group__in=Group.objects.running())

    def with_held(self) -> Self:
        """Adds `is_held`: whether the seat still has what it rests on."""
        return self.annotate(is_held=Exists(GroupSeat.objects.held().filter(pk=OuterRef("pk"))))

    def visible_to(self, actor: Actor) -> Self:
        """Seats in the groups that the actor may see."""
        return self.filter(group__in=Group.objects.visible_to(actor))

    def of(self, actor: Actor) -> Self:
        """The actor's own of all times, with group and partnership, those that run first."""
        running = F("ended_at").asc(nulls_first=True)
        own = self.filter(person=actor.person_id).select_related("group__partnership", "person")
        return own.order_by(running, "group__name", "pk")

    def for_list(self) -> Self:
        """With person and organisation, by organisation and name."""
        return self.select_related(
            "person__user", "organisation", "affiliation__organisation", "invitation"
        ).order_by("organisation__name", "person__sort_name", "pk")


class GroupSeat(Versioned):
    """A person in a group, for an organisation or with another voice; observers only read.

    Who chairs it or is its secretary writes for it, one person each at a time: another office is another seat.
    """

    is_held: bool  # set by `with_held`

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(
        "accounts.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="seats"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
    )
    affiliation = models.ForeignKey(
        Affiliation,
        verbose_name=_("takes part as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
    )
    invitation = models.OneToOneField(
        "accounts.Invitation",
        verbose_name=_("invitation"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="seat",
    )
    perspective = models.CharField(
        _("voice"), max_length=20, choices=Perspective, default=Perspective.DELEGATE
    )
    is_observer = models.BooleanField(_("observer"), default=False)
    is_chair = models.BooleanField(_("chair"), default=False)
    is_secretary = models.BooleanField(_("secretary"), default=False)
    starts_on = models.DateField(_("start"), default=today)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = GroupSeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["pk"]
        constraints = [
            *periods.constraints("seat", "group", "person", overlap=SITS_ALREADY),
            periods.one_at_a_time("seat_one_chair", "group", condition=Q(is_chair=True), overlap=HAS_A_CHAIR),
            periods.one_at_a_time(
                "seat_one_secretary", "group", condition=Q(is_secretary=True), overlap=HAS_A_SECRETARY
            ),
            models.CheckConstraint(
                name="seat_delegate_has_organisation",
                condition=~Q(perspective=Perspective.DELEGATE) | Q(organisation__isnull=False),
                violation_error_message=_("Choose the organisation of this delegate."),
            ),
            # That an affiliation is of the person and the voice of the seat: migrations/0004_joining.py.
            models.CheckConstraint(
                name="seat_for_organisation_or_affiliation",
                condition=Q(organisation__isnull=False, affiliation__isnull=True)
                | Q(organisation__isnull=True, affiliation__isnull=False),
            ),
            models.CheckConstraint(
                name="seat_voice_by_affiliation",
                condition=~Q(perspective__in=(Perspective.STUDENT, Perspective.CARER_OR_CLIENT))
                | Q(affiliation__isnull=False),
            ),
            models.CheckConstraint(
                name="seat_observer_holds_no_office",
                condition=Q(is_observer=False) | ~IS_OFFICE,
                violation_error_message=OBSERVERS_HOLD_NO_OFFICE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.group}"

    @property
    def say(self) -> tuple[int, bool]:
        """How much it gives to say, to be compared: by the offices, then whether it decides."""
        return self.is_chair + self.is_secretary, not self.is_observer

    @property
    def counts(self) -> bool:
        """Whether it counts for the largest size of its group."""
        return not (self.is_observer or self.is_secretary)

    @property
    def waits_for_answer(self) -> bool:
        """Whether the person was invited to it and has not made an account yet; the invitation must be loaded."""
        invited = self.invitation
        return invited is not None and invited.accepted_at is None and invited.revoked_at is None
