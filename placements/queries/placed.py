"""Who has a place, and who seeks one."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from core.dates import today
from core.lookups import keys_of
from placements.enums import OPEN_MATCH, STOPPED_EARLY, PlacementKind
from placements.models import Match, Placement
from placements.models.placements import PlacementQuerySet
from students.enums import EnrolmentState
from students.models import Enrolment
from students.models.enrolments import EnrolmentQuerySet


def ordinary() -> PlacementQuerySet:
    """Live ordinary placements that are not over."""
    return Placement.objects.live().filter(kind=PlacementKind.ORDINARY, ends_on__gte=today())


def has_place(student: str = "student", **conditions: object) -> Exists:
    """A condition: a live ordinary placement that is not over, through whichever enrolment.

    One works in one place, so what counts is the person and not the enrolment. `student` is the path from the row that
    is asked about to the student; `conditions` narrow the placements.
    """
    return Exists(ordinary().filter(student=OuterRef(student), **conditions))


def live_of(enrolment: Enrolment) -> PlacementQuerySet:
    """The ordinary places of a student that are not over, now or to come."""
    return ordinary_of(enrolment.student_id)


def ordinary_of(student_id: int) -> PlacementQuerySet:
    """The same by the key of the student."""
    return ordinary().filter(student=student_id)


def seeking(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Those of the enrolments that run, of students without an ordinary place now or to come that goes on."""
    rows = enrolments.running()
    going_on = Placement.objects.live().filter(
        kind=PlacementKind.ORDINARY,
        ends_on__gte=today(),
        would_end_on__isnull=True,
        student__in=keys_of(rows, "student"),
    )
    return rows.exclude(student__in=going_on.order_by().values("student"))


def with_proposed(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Adds `is_proposed`: whether a proposal for the student waits for an answer."""
    waiting = Match.objects.filter(enrolment=OuterRef("pk"), state__in=OPEN_MATCH)
    return enrolments.annotate(is_proposed=Exists(waiting))


def has_ordinary_place(
    student_id: int, starts_on: date, ends_on: date, *, among: PlacementQuerySet | None = None
) -> bool:
    """Whether a student has an ordinary place on any day of a period, `among` these placements or all."""
    rows = Placement.objects.all() if among is None else among
    return (
        rows.seated()
        .filter(
            student=student_id,
            kind=PlacementKind.ORDINARY,
            starts_on__lte=ends_on,
            ends_on__gte=starts_on,
        )
        .exists()
    )


def left_without() -> PlacementQuerySet:
    """Ordinary placements that ended early, or will, of enrolled students who have no other since and wait for no answer.

    The school looks for a new place for them. It is asked anew each time, so that the task is there as long as it is
    true and no longer.
    """
    own = Placement.objects.filter(kind=PlacementKind.ORDINARY, student=OuterRef("student"))
    others = own.exclude(pk=OuterRef("pk"))
    waiting = Match.objects.filter(enrolment=OuterRef("enrolment"), state__in=OPEN_MATCH)
    return Placement.objects.filter(
        ~Exists(others.live().filter(ends_on__gte=today())),
        ~Exists(others.filter(pk__gt=OuterRef("pk"))),
        ~Exists(waiting),
        kind=PlacementKind.ORDINARY,
        state__in=STOPPED_EARLY,
        enrolment__state=EnrolmentState.ENROLLED,
        enrolment__ends_on__gt=today(),
    )
