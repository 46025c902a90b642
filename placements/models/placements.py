"""Placements: a student on a numbered seat of a slot, for a period."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, FilteredRelation, Func, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import periods
from core.addresses import of_row
from core.dates import today
from core.lookups import keys_of
from core.readlog import AboutSomeone
from core.versions import Versioned
from partnerships.models import Location, Organisation
from partnerships.models.organisations import one_with
from placements.enums import LIVE_PLACEMENT, STOPPED_EARLY, PlacementKind, PlacementState
from placements.models.matches import Match
from placements.models.slots import Slot
from placements.models.supervisors import Supervision, guide_of
from placements.models.terms import PlacementTerms
from programmes.enums import AccreditationStatus
from programmes.models import AccreditationCheck, Qualification, with_is_taught
from students.models import Enrolment, Goal, Student
from students.models.enrolments import UNDO_DAYS

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from placements.models.supervisors import Supervisor
    from programmes.models.accreditations import AccreditationCheckQuerySet

_PERIOD = Func(
    F("starts_on"),
    F("ends_on"),
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="DATERANGE",
    output_field=DateRangeField(),
)

# What the database refuses, in the words in which a service says it beforehand
HAS_PLACE_THEN = _("This student already has a training place in this period.")


SCHOOL = "enrolment__cohort__programme__school"


def _of_placement(checks: AccreditationCheckQuerySet) -> AccreditationCheckQuerySet:
    """Of the employer and a crebo of the programme of the placement in the outer query."""
    crebos = Qualification.objects.filter(programmes=OuterRef(OuterRef("enrolment__cohort__programme")))
    employer = one_with("organisation", OuterRef(OuterRef("organisation")))
    return checks.filter(employer, crebo__in=crebos.values("crebo"))


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Placements, as pages and services ask for them."""

    def live(self) -> Self:
        """Confirmed or running, also until a last day that was chosen: the student has the seat, or will."""
        return self.filter(state__in=LIVE_PLACEMENT)

    def seated(self) -> Self:
        """All but those that never began: on the days of their period nobody else has the seat."""
        return self.exclude(state=PlacementState.CANCELLED)

    def visible_to(self, actor: Actor) -> Self:
        """Student: own; teacher: own cohorts; employer: own slots; supervisor: own students; coordinator: own."""
        ways = Q(student__in=keys_of(Student.objects.filter(person=actor.person_id)))
        if actor.cohorts:
            ways |= Q(enrolment__in=keys_of(Enrolment.objects.taught_by(actor)))
        if actor.employer_organisations:
            ways |= Q(organisation__in=actor.employer_organisations)
        if supervising := actor.memberships(Role.SUPERVISOR):
            guided = Supervision.objects.standing().filter(membership__in=supervising)
            ways |= Q(pk__in=keys_of(guided, "placement"))
        if actor.coordinates:
            ways |= Q(slot__in=keys_of(Slot.objects.filter(partnership__in=actor.coordinates)))
        return self.filter(ways)

    def with_taught(self, actor: Actor) -> Self:
        """Adds `is_taught`: whether the student is in an own cohort of the actor; rules read it."""
        return self.annotate(is_taught=with_is_taught(actor, "enrolment__cohort"))

    def without_accreditation(self, *, crebo: str | None = None) -> Self:
        """Live ones of which the school knows that the employer lost the accreditation (docs/domain.md section 8).

        For any crebo of the programme, or for the one that is given.
        """
        counting = AccreditationCheck.objects.counting_for(OuterRef(SCHOOL))
        lost = _of_placement(counting).filter(status=AccreditationStatus.WITHDRAWN)
        return self.live().filter(Exists(lost.filter(crebo=crebo) if crebo else lost))

    def doubted(self) -> Self:
        """Live ones of which another school found the accreditation withdrawn, after the own school last looked."""
        own = AccreditationCheck.objects.later_than_outer(OuterRef(OuterRef(SCHOOL)))
        elsewhere = _of_placement(AccreditationCheck.objects.counting()).filter(
            ~Exists(own),
            ~one_with("school", OuterRef(OuterRef(SCHOOL))),
            school__isnull=False,
            status=AccreditationStatus.WITHDRAWN,
        )
        known = self.model._default_manager.filter(pk=OuterRef("pk")).without_accreditation()
        return self.live().filter(Exists(elsewhere), ~Exists(known))

    def at_withdrawn(self) -> Self:
        """Live ones at employers that someone once found without accreditation: few, of whom more is asked then."""
        live = self.live()
        found = AccreditationCheck.objects.filter(status=AccreditationStatus.WITHDRAWN)
        there = found.of_employers(keys_of(live, "organisation")).order_by()
        employer = Coalesce("organisation__merged_into", "organisation")
        return live.filter(organisation__in=ArraySubquery(there.values(employer=employer)))

    def relying_on(self, check: AccreditationCheck) -> Self:
        """Live ones at this employer of students in a programme with this crebo; the school's, or all nationally."""
        rows = self.live().filter(
            organisation=check.employer_id,
            enrolment__cohort__programme__qualifications__crebo=check.crebo,
        )
        if check.school_id:
            rows = rows.filter(**{SCHOOL: check.found_by_id})
        return (
            rows.select_related("student__person", "enrolment")
            .order_by("student__person__sort_name", "pk")
            .distinct()
        )

    def for_list(self) -> Self:
        """With what the pages print of each, by student."""
        return self.with_details().by_name()

    def with_details(self) -> Self:
        """The same in the order that the list has already."""
        return self.with_seats().select_related("slot__organisation", "enrolment__cohort__programme__school")

    def with_seats(self) -> Self:
        """With what a seat shows of each: who learns there, where, and who guides."""
        rows = self.select_related("student__person", "slot__location")
        return rows.with_terms().annotate(guide=guide_of("pk"))

    def by_name(self) -> Self:
        """By student."""
        return self.order_by("student__person__sort_name", "pk")

    def with_terms(self) -> Self:
        """With what is agreed: `location` of a row then costs nothing.

        Of a placement to come what holds on its first day, of one that is over what held on its last.
        """
        day = Least(Greatest(Value(today(), output_field=models.DateField()), F("starts_on")), F("ends_on"))
        holds = Q(terms__starts_on__lte=day, terms__ends_on__gte=day)
        return self.annotate(
            agreed=FilteredRelation("terms", condition=holds), knows_terms=Value(True)
        ).select_related("agreed__location")

    def with_supervisors(self) -> Self:
        """With who guides and is to guide: `supervisor` of a row then costs nothing. Lists have a name, as `guide`."""
        return self.prefetch_related(Prefetch("supervisions", Supervision.objects.held().with_people()))


class Placement(AboutSomeone, Versioned):
    """A seat given to a student; a seat is never given twice, a student never in two ordinary places at once."""

    ABOUT = "student"
    TRANSITIONS = {
        "start": ({PlacementState.CONFIRMED}, PlacementState.RUNNING),
        "complete": ({PlacementState.RUNNING}, PlacementState.COMPLETED),
        # What made it end on that day does not count any more.
        "resume": ({PlacementState.COMPLETED}, PlacementState.RUNNING),
        # On a day to come it says so until then; on a day that has come it is over at once.
        "announce": ({PlacementState.CONFIRMED, PlacementState.RUNNING}, PlacementState.ENDING),
        "break_off": (set(LIVE_PLACEMENT), PlacementState.BROKEN_OFF),
        "leave": ({PlacementState.ENDING}, PlacementState.BROKEN_OFF),
        "cancel": (set(LIVE_PLACEMENT), PlacementState.CANCELLED),
    }
    REASON_REQUIRED = frozenset({"announce", "break_off", "cancel"})
    UNDO = dict.fromkeys(("announce", "break_off", "leave", "cancel"), UNDO_DAYS)
    REFUSALS = dict.fromkeys(("announce", "break_off", "cancel"), _("This placement is over."))
    ON_RECORD = ("starts_on", "ends_on")
    is_taught: bool  # set by `with_taught`
    guide: str | None  # who guides, by name; set by `for_list`
    agreed: PlacementTerms | None = None  # set by `with_terms`, which says so in `knows_terms`
    knows_terms = False

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    match = models.OneToOneField(
        Match,
        verbose_name=_("match"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placement",
    )
    slot = models.ForeignKey(
        Slot, verbose_name=_("slot"), on_delete=models.PROTECT, related_name="placements"
    )
    seat_no = models.PositiveSmallIntegerField(_("seat"))
    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="placements"
    )
    # A column of its own: the exclusion constraint below cannot look through the enrolment.
    student = models.ForeignKey(
        Student, verbose_name=_("student"), on_delete=models.PROTECT, related_name="placements"
    )
    # Of the slot. A column of its own: who may look in a learning plan is asked by employer, on every page.
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("employer"), on_delete=models.PROTECT, related_name="placements"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=PlacementKind, default=PlacementKind.ORDINARY)
    state = models.CharField(
        _("state"), max_length=10, choices=PlacementState, default=PlacementState.CONFIRMED
    )
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"))
    goals = models.ManyToManyField(Goal, verbose_name=_("goals"), blank=True, related_name="placements")
    confirmed_on = models.DateField(_("confirmed on"), default=today)
    # When it is broken off, `ends_on` becomes the last day that was chosen; this is the one it had, for the way back.
    would_end_on = models.DateField(_("would have ended on"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["-starts_on", "pk"]
        constraints = [
            # One can be broken off on its first day.
            periods.ends_after_start("placement_ends_after_start", may_be_one_day=True),
            models.CheckConstraint(
                name="placement_stopped_early_would_end",
                condition=Q(state__in=STOPPED_EARLY, would_end_on__gte=F("ends_on"))
                | (~Q(state__in=STOPPED_EARLY) & Q(would_end_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="placement_ended_by_someone",
                condition=Q(
                    state__in=(PlacementState.BROKEN_OFF, PlacementState.CANCELLED), ended_at__isnull=False
                )
                | (
                    ~Q(state__in=(PlacementState.BROKEN_OFF, PlacementState.CANCELLED))
                    & Q(ended_at__isnull=True)
                ),
            ),
            models.CheckConstraint(name="placement_seat_positive", condition=Q(seat_no__gte=1)),
            ExclusionConstraint(
                name="placement_seat_given_once",
                expressions=[
                    ("slot", RangeOperators.EQUAL),
                    ("seat_no", RangeOperators.EQUAL),
                    (_PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=PlacementState.CANCELLED),
                violation_error_message=_("This seat is already taken in this period."),
            ),
            ExclusionConstraint(
                name="placement_ordinary_one_at_a_time",
                expressions=[("student", RangeOperators.EQUAL), (_PERIOD, RangeOperators.OVERLAPS)],
                condition=~Q(state=PlacementState.CANCELLED) & Q(kind=PlacementKind.ORDINARY),
                violation_error_message=HAS_PLACE_THEN,
            ),
            ExclusionConstraint(
                name="placement_exchange_one_at_a_time",
                expressions=[("student", RangeOperators.EQUAL), (_PERIOD, RangeOperators.OVERLAPS)],
                condition=~Q(state=PlacementState.CANCELLED) & Q(kind=PlacementKind.EXCHANGE),
                violation_error_message=HAS_PLACE_THEN,
            ),
        ]
        indexes = [
            models.Index(fields=["enrolment", "state"], name="placement_enrolment_state"),
            models.Index(fields=["organisation", "enrolment"], name="placement_employer_enrolment"),
            models.Index(fields=["confirmed_on"], name="placement_confirmed_on"),
            models.Index(
                fields=["slot", "ends_on"],
                name="placement_live_of_slot",
                condition=Q(state__in=LIVE_PLACEMENT),
            ),
            models.Index(
                fields=["starts_on"],
                name="placement_to_start",
                condition=Q(state=PlacementState.CONFIRMED),
            ),
            models.Index(
                fields=["ends_on"],
                name="placement_to_complete",
                condition=Q(state__in=(PlacementState.RUNNING, PlacementState.ENDING)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} – {self.slot}"

    def get_absolute_url(self) -> str:
        return of_row("placement-detail", self.public_id)

    @property
    def edition(self) -> str:
        """What a page shows of it with who guides: another one when either changed."""
        standing = sorted(row.pk for row in self.supervisions.all() if not periods.is_over(row))
        return ".".join(str(number) for number in (self.row_version, *standing))

    @property
    def supervisor(self) -> Supervisor | None:
        """Who guides the student now, or is the first to; loaded by `with_supervisors`."""
        standing = (row for row in self.supervisions.all() if not periods.is_over(row))
        first = min(standing, key=lambda row: (row.starts_on, row.pk), default=None)
        return first.membership if first else None

    @property
    def next_supervision(self) -> Supervision | None:
        """Who takes over on a day to come; loaded by `with_supervisors`."""
        coming = (
            row for row in self.supervisions.all() if not periods.is_over(row) and row.starts_on > today()
        )
        first = min(coming, key=lambda row: (row.starts_on, row.pk), default=None)
        return None if first is None or first.membership == self.supervisor else first

    @property
    def title(self) -> str:
        """The title of its place and where the student works, each named once."""
        return f"{self.slot.title}, {self.location.beside(self.slot.title)}"

    @property
    def location(self) -> Location:
        """Where the student works by what is agreed, or else by the slot; loaded by `with_terms`."""
        agreed = self.agreed
        if not self.knows_terms:
            day = min(max(today(), self.starts_on), self.ends_on)
            holding = self.terms.filter(starts_on__lte=day, ends_on__gte=day)
            agreed = holding.select_related("location").first()
        return agreed.location if agreed else self.slot.location
