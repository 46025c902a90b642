"""What waits around slots, matches and placements, read for each first page: one statement a reader, written once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from core.dates import today
from core.limits import MOST_STEPS
from core.lookups import keys_of
from core.written import written
from partnerships.actors import Actor
from placements.enums import CONFIRM_AFTER_DAYS, OPEN_MATCH, MatchState, SlotState
from placements.models import Match, Placement, Slot
from placements.queries.placed import has_place, left_without
from placements.queries.supervising import guided_by_nobody
from students.enums import EnrolmentState
from students.models import Enrolment


@written
def of_student(*, person: int) -> QuerySet[Match]:
    """Proposals to which the employer said yes: now the student's answer."""
    return (
        Match.objects.filter(enrolment__student__person=person, state=MatchState.EMPLOYER_AGREED)
        .select_related("slot__organisation")
        .order_by("answer_by", "pk")[:MOST_STEPS]
    )


@written
def of_employer(asks: bool, *, actor: Actor, organisation: int) -> QuerySet[Any, tuple[Any, ...]]:
    """Slots to confirm, and for who `asks` proposals to answer and students whom nobody guides.

    Columns: kind, student and person (none where it is about nobody), name, title, address, organisation and day.
    """
    stale = (
        Slot.objects.own(actor)
        .filter(
            organisation=organisation,
            state=SlotState.ONLINE,
            ends_on__gte=today(),
            confirmed_on__lte=today() - timedelta(days=CONFIRM_AFTER_DAYS),
        )
        .order_by("confirmed_on", "pk")
        .values_list(
            _text("slot"),
            Value(None, output_field=UUIDField()),
            Value(None, output_field=BigIntegerField()),
            _text(""),
            "title",
            "public_id",
            "organisation__slug",
            "confirmed_on",
        )[:MOST_STEPS]
    )
    rows: QuerySet[Any, Any] = stale
    if asks:
        asked = Match.objects.filter(slot__organisation=organisation, state=MatchState.PROPOSED)
        rows = (
            asked.order_by("answer_by", "pk")
            .values_list(
                _text("match"),
                "enrolment__student__public_id",
                "enrolment__student__person",
                "enrolment__student__person__first_name",
                "slot__title",
                "public_id",
                "slot__organisation__slug",
                "answer_by",
            )[:MOST_STEPS]
            .union(stale, _gaps(organisation), all=True)
        )
    return rows


def _gaps(organisation: int) -> QuerySet[Any, Any]:
    """The employer once, with how many students nobody guides and the first day of that; no row when there is none."""
    nobody = Value(None, output_field=UUIDField())
    rows = guided_by_nobody().filter(organisation=organisation).order_by()
    return (
        rows.values("organisation__slug")
        .annotate(number=Cast(Count("pk"), CharField()), first=Min("starts_on"))
        .values_list(
            _text("gap"),
            nobody,
            Value(None, output_field=BigIntegerField()),
            "number",
            _text(""),
            nobody,
            "organisation__slug",
            "first",
        )
    )


@written
def of_teacher(*, cohorts: Collection[int]) -> QuerySet[Any, tuple[Any, ...]]:
    """Of students in these cohorts: a place that lost its accreditation or is in doubt, and none after a no or an end.

    Columns: kind, student, person and three parts of the name, where, address, school and cohort.
    """
    taught = {"enrolment__in": keys_of(Enrolment.objects.filter(cohort__in=cohorts))}
    placed = Placement.objects.filter(**taught).order_by("pk")
    doubtful = placed.at_withdrawn()
    lost, doubted = doubtful.without_accreditation(), doubtful.doubted()
    again = Match.objects.filter(
        enrolment=OuterRef("enrolment"), state__in=[*OPEN_MATCH, MatchState.ACCEPTED]
    )
    ended = (MatchState.DECLINED, MatchState.EXPIRED)
    later = Match.objects.filter(enrolment=OuterRef("enrolment"), state__in=ended, pk__gt=OuterRef("pk"))
    declined = Match.objects.filter(
        ~Exists(again),
        ~Exists(later),
        ~has_place("enrolment__student"),
        ~Exists(left_without().filter(enrolment=OuterRef("enrolment"))),  # one task for one student
        state__in=ended,
        enrolment__state=EnrolmentState.ENROLLED,
        **taught,
    ).order_by("pk")
    return (
        lost.values_list(_text("lost"), *_person(), "slot__organisation__name", "public_id", *_cohort())[
            :MOST_STEPS
        ]
        .union(
            declined.values_list("state", *_person(), "slot__title", F("enrolment__public_id"), *_cohort())[
                :MOST_STEPS
            ],
            left_without()
            .filter(**taught)
            .order_by("pk")
            .values_list(
                _text("ended"), *_person(), "slot__organisation__name", F("enrolment__public_id"), *_cohort()
            )[:MOST_STEPS],
            doubted.values_list(
                _text("doubted"), *_person(), "slot__organisation__name", "public_id", *_cohort()
            )[:MOST_STEPS],
            all=True,
        )
        .order_by()
    )


def _person() -> list[str]:
    names = [f"person__{part}" for part in ("first_name", "name_prefix", "last_name")]
    return [f"enrolment__student__{column}" for column in ("public_id", "person", *names)]


def _cohort() -> tuple[str, str]:
    return "enrolment__cohort__programme__school__slug", "enrolment__cohort__public_id"


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())
