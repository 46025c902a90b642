"""Slots: places that an employer offers."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, functions
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models.people import name_at
from core import periods, weeks
from core.addresses import of_row
from core.dates import today
from core.lookups import array_of, holds_any
from core.versions import Versioned
from core.walks import Walk
from partnerships.models import Call, Location, Membership, Organisation, Partnership
from partnerships.roles import KEEPS_SLOTS, LOOKS_FOR_SLOTS
from placements.distances import kilometres_from
from placements.enums import FRESH_DAYS, OPEN_PER_SEAT, Setting, SlotState, Visibility
from programmes.enums import Route
from programmes.models import Qualification
from students.models import Enrolment
from students.models.enrolments import UNDO_DAYS

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from placements.models.supervisors import Supervisor
    from placements.queries.sight import Sight


ASKED_OF_EACH = [
    "organisation", "visibility", "confirmed_on", "ends_on", "setting", "seats", "taken", "qualification_ids"
]  # fmt: skip


class SlotQuerySet(models.QuerySet["Slot"]):
    """Slots, as pages, figures and matching ask for them."""

    def own(self, actor: Actor) -> Self:
        """The own part of `visible_to`: of organisations where the actor is manager, contact or practice trainer."""
        return self.filter(organisation__in=actor.organisations(*KEEPS_SLOTS))

    def findable(self) -> Self:
        """Online, confirmed in the last 45 days and not over, of organisations that are there: what others may find."""
        return self.filter(_findable())

    def found_by(self, actor: Actor, sight: Sight) -> Self:
        """What the finder shows: the findable part of `visible_to`.

        All partnerships are known beforehand (`sight_of`), so that at a million slots the index on partnership serves
        the list; the conditions of `visible_to` would be looked at row by row.
        """
        reach = _reach(actor, sight, lambda partnerships: Q(partnership__in=partnerships))
        return self.findable().filter(Q(partnership__in=in_sight(actor, sight)) & reach)

    def found_along(self, walk: Walk, actor: Actor, sight: Sight) -> Self:
        """The same for the first of each partnership (`in_sight`)."""
        return self.findable().filter(_reach(actor, sight, walk.among), partnership=walk.key)

    def visible_to(self, actor: Actor) -> Self:
        """Own slots; findable ones as far as their visibility reaches; a student those of the own programme."""
        return self.filter(
            Q(organisation__in=actor.organisations(*KEEPS_SLOTS))
            | Q(partnership__in=actor.coordinates, state__in=[SlotState.ONLINE, SlotState.CLOSED])
            | (_findable() & (_in_reach(actor) | _studying(actor) if actor.studies else _in_reach(actor)))
        )

    def with_open_matches(self) -> Self:
        """Adds `open_matches`: proposals that wait for an answer."""
        from placements.models.matches import Match  # noqa: PLC0415  the two models need each other

        waiting = (
            Match.objects.open()
            .filter(slot=OuterRef("pk"))
            .order_by()
            .values("slot")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return self.annotate(open_matches=functions.Coalesce(Subquery(waiting), 0))

    def with_free(self) -> Self:
        """Only slots with a seat that nobody has, now or later."""
        return self.filter(seats__gt=F("taken"))

    def meant_for(self, qualifications: Collection[int]) -> Self:
        """Those for at least one of these qualifications."""
        return self.filter(_meant_for(qualifications))

    def within(self, point: tuple[float, float], kilometres: int) -> Self:
        """Adds `distance` (km) from the point and keeps what is near; locations without coordinates drop out."""
        latitude, longitude = point
        high = kilometres / 111.0  # a degree of latitude
        wide = kilometres / (111.0 * max(0.1, math.cos(math.radians(latitude))))
        return (
            self.filter(
                location__latitude__range=(latitude - high, latitude + high),
                location__longitude__range=(longitude - wide, longitude + wide),
            )
            .with_distance(point)
            .filter(distance__lte=kilometres)
        )

    def with_distance(self, point: tuple[float, float]) -> Self:
        """Adds `distance` in kilometres as the crow flies (haversine); null where a location has no coordinates."""
        return self.annotate(distance=kilometres_from(point))

    def with_contact_names(self) -> Self:
        """Adds `contact_names`: who answers for the employer of each, as pages write their names."""
        contacts = Membership.objects.working().filter(role=Role.CONTACT)
        contacts = contacts.filter(organisation=OuterRef("organisation"))
        names = contacts.order_by("person__sort_name", "pk").values(name=name_at("person"))
        return self.annotate(contact_names=ArraySubquery(names))

    def for_list(self) -> Self:
        """With what the pages print of each: seats taken, people around it, crebos."""
        return self.with_details().order_by("starts_on", "title", "pk")

    def with_details(self) -> Self:
        """The same in the order that the list has already."""
        around = ("organisation", "location", "partnership", "supervisor__person")
        return self.select_related(*around).prefetch_related("qualifications")


def in_sight(actor: Actor, sight: Sight) -> frozenset[int]:
    """The partnerships of which an actor finds any place at all."""
    own = actor.coordinates | actor.takes_part_as(*LOOKS_FOR_SLOTS) | sight.region
    return own.union(*(study.partnership | study.region for study in sight.studies))


def _reach(actor: Actor, sight: Sight, among: Callable[[Collection[int]], Q]) -> Q:
    """How far is seen; `among` says of a place whether its partnership is one of these."""
    member = actor.takes_part_as(*LOOKS_FOR_SLOTS)
    reach = (
        among(actor.coordinates)
        | (among(member) & (Q(visibility=Visibility.PARTNERSHIP) | Exists(_named_to(actor))))
        | (among(sight.region) & Q(visibility=Visibility.REGION))
    )
    for study in sight.studies:
        own = among(study.partnership) & (~Q(visibility=Visibility.NAMED) | Exists(_offered_to(study.school)))
        region = among(study.region) & Q(visibility=Visibility.REGION)
        reach |= _meant_for(study.qualifications) & (own | region)
    return reach


def _findable() -> Q:
    day = today()
    over = Organisation.objects.filter(valid_until__lt=day)
    online = Q(state=SlotState.ONLINE, confirmed_on__gte=day - timedelta(days=FRESH_DAYS), ends_on__gte=day)
    return online & ~Q(organisation__in=over.values("pk"))


def _in_reach(actor: Actor) -> Q:
    """Named to an organisation of the actor, or in a partnership or region where that takes part."""
    partnerships = actor.takes_part_as(*LOOKS_FOR_SLOTS)
    region = Partnership.objects.filter(provinces__overlap=array_of(actor.provinces_as(*LOOKS_FOR_SLOTS)))
    return (
        # Named partners are members of the slot's partnership, so that its index serves them too.
        (Q(partnership__in=partnerships) & (Q(visibility=Visibility.PARTNERSHIP) | Exists(_named_to(actor))))
        | Q(visibility=Visibility.REGION, partnership__in=region)
    )


def _studying(actor: Actor) -> Q:
    """A running enrolment of the actor fits: same partnership, crebo of the programme, and the slot reaches it."""
    mine = (
        Enrolment.objects.own(actor).running().filter(cohort__programme__qualifications__slots=OuterRef("pk"))
    )
    here = mine.filter(cohort__programme__partnership=OuterRef("partnership"))
    named = here.filter(cohort__programme__school__slots_offered_to=OuterRef("pk"))
    near = mine.filter(cohort__programme__partnership__provinces__overlap=OuterRef("partnership__provinces"))
    return (
        Q(Exists(named))
        | (~Q(visibility=Visibility.NAMED) & Exists(here))
        | (Q(visibility=Visibility.REGION) & Exists(near))
    )


def _named_to(actor: Actor) -> models.QuerySet[Any]:
    return _offered_to(actor.organisations(*LOOKS_FOR_SLOTS))


def _offered_to(organisations: Collection[int]) -> models.QuerySet[Any]:
    return Slot.partners.through.objects.filter(slot=OuterRef("pk"), organisation__in=organisations)


def _meant_for(qualifications: Collection[int]) -> Q:
    return holds_any("qualification_ids", qualifications)


class Slot(Versioned):
    """Some seats at one location for one or more crebos in one period.

    The names of its fields are the words that forms and pages show, with a capital.
    """

    TRANSITIONS = {
        "publish": ({SlotState.DRAFT}, SlotState.ONLINE),
        "close": ({SlotState.DRAFT, SlotState.ONLINE}, SlotState.CLOSED),
        "reopen": ({SlotState.CLOSED}, SlotState.ONLINE),
    }
    REASON_REQUIRED = frozenset({"close"})
    UNDO = {"close": UNDO_DAYS}
    REFUSALS = {
        "publish": _("This training place is not a draft any more."),
        "close": _("This training place is already closed."),
        "reopen": _("This training place is not closed."),
    }

    ON_RECORD = ("visibility", "partnership", "partners", "starts_on", "ends_on")
    COUNTED = ("taken", "qualification_ids")

    open_matches: int  # set by `with_open_matches`
    contact_names: list[str]  # set by `with_contact_names`

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="slots"
    )
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="slots"
    )
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="slots"
    )
    call = models.ForeignKey(
        Call,
        verbose_name=_("call for employers"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="slots",
    )
    title = models.CharField(_("name of the training place"), max_length=120)
    qualifications = models.ManyToManyField(
        Qualification, verbose_name=_("for which programme"), related_name="slots"
    )
    # Kept by database triggers (0010_qualifications_kept), whatever is written here: the ids of `qualifications`, sorted.
    qualification_ids = ArrayField(models.BigIntegerField(), default=list, db_default=[], editable=False)
    route = models.CharField(_("learning route"), max_length=5, choices=Route, default=Route.BBL)
    seats = models.PositiveSmallIntegerField(
        _("number of training places"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    # Those with a placement that is confirmed or running: the database counts them (migration 0006), nothing else writes
    # it. Lists read it; whoever gives a seat looks at the placements. One past its last day counts until the night after.
    taken = models.PositiveSmallIntegerField(_("seats given"), default=0, db_default=0, editable=False)
    max_open = models.PositiveSmallIntegerField(
        _("proposals at the same time"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    # Minutes for each day, Monday first: of every week, or of two that take turns. Where the days vary only the hours a
    # week are known.
    week = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(24 * 60)]),
        verbose_name=_("working days and hours"),
        default=list,
        blank=True,
    )
    hours_per_week = models.PositiveSmallIntegerField(
        _("hours a week"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(40)]
    )
    setting = models.CharField(_("kind of workplace"), max_length=20, choices=Setting, default=Setting.OTHER)
    tasks = models.CharField(_("what does a student do here"), max_length=500, blank=True)
    learns = models.TextField(_("what does a student learn here"), max_length=2000, blank=True)
    supervisor = models.ForeignKey(
        "placements.Supervisor",
        verbose_name=_("work supervisor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="slots",
    )
    supervision_hours = models.PositiveSmallIntegerField(
        _("hours of guidance a week"), null=True, blank=True, validators=[MaxValueValidator(40)]
    )
    visibility = models.CharField(
        _("who may find this training place"),
        max_length=12,
        choices=Visibility,
        default=Visibility.PARTNERSHIP,
    )
    partners = models.ManyToManyField(
        Organisation, verbose_name=_("named partners"), blank=True, related_name="slots_offered_to"
    )
    state = models.CharField(_("state"), max_length=6, choices=SlotState, default=SlotState.DRAFT)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("copied from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copies",
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["starts_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="slot_seats_positive",
                condition=Q(seats__gte=1),
                violation_error_message=_("Give a number of 1 or more."),
            ),
            models.CheckConstraint(
                name="slot_max_open_positive",
                condition=Q(max_open__gte=1),
                violation_error_message=_("Give a number of 1 or more."),
            ),
            periods.ends_after_start("slot_ends_after_start"),
            models.CheckConstraint(name="slot_week_is_one_or_two", condition=weeks.has_length()),
            models.CheckConstraint(
                name="slot_hours_a_week_where_days_vary",
                condition=Q(week__len=0) | Q(hours_per_week__isnull=True),
            ),
            models.CheckConstraint(
                name="slot_online_is_confirmed",
                condition=~Q(state=SlotState.ONLINE) | Q(confirmed_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "starts_on", "title", "id"], name="slot_of_organisation"),
            # All that finding and counting places asks of each, so that a list reads only those of its page.
            models.Index(
                fields=["partnership", "starts_on", "title", "id"],
                include=ASKED_OF_EACH,
                name="slot_found_in_partnership",
                condition=Q(state=SlotState.ONLINE),
            ),
            models.Index(
                fields=["confirmed_on", "id"],
                name="slot_online_by_confirmation",
                condition=Q(state=SlotState.ONLINE),
            ),
            models.Index(
                fields=["partnership", "setting"],
                name="slot_online_by_setting",
                condition=Q(state=SlotState.ONLINE),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return of_row("placements:slot-detail", self.public_id)

    @property
    def place(self) -> str:
        """Where it is, as it stands beside its title, which often names the location already."""
        return self.location.beside(self.title)

    @property
    def full_title(self) -> str:
        """Its title and where it is, each named once: composed here and nowhere else."""
        return f"{self.title}, {self.place}"

    @property
    def minutes_per_week(self) -> int | None:
        """By the days, or else by the hours a week; None where neither is known."""
        return weeks.minutes_a_week(self.week) or (self.hours_per_week or 0) * 60 or None

    @property
    def most_open(self) -> int:
        """How many proposals may wait for an answer at the same time: as the employer says, or by the number of seats."""
        return self.max_open or self.seats * OPEN_PER_SEAT

    @property
    def names(self) -> Supervisor | None:
        """Who guides new students here: whom the employer named, unless that role has ended or is about to."""
        named = self.supervisor
        return named if named and named.ends_on is None else None

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return periods.is_over(self)

    @property
    def days_since_confirmed(self) -> int | None:
        """How long ago the employer said that it still stands; None before it was ever online."""
        return (today() - self.confirmed_on).days if self.confirmed_on else None
