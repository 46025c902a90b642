"""Races for places, on real connections: 64 people, 10 seats, and what goes wrong without the lock or the constraint."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Person
from core import mail
from core.append_only import as_role
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import Actor
from partnerships.services import memberships
from placements.enums import MatchState, PlacementState, SlotState
from placements.mail import placements as placement_mail
from placements.models import Match, Placement, Slot, Supervisor
from placements.queries.supervising import guided_by_nobody
from placements.services import locks, matches, slots, supervisors
from students.models import Enrolment, Student
from students.services import leavings
from tests.factories.accounts import PersonFactory
from tests.factories.placements import MatchFactory
from tests.factories.students import EnrolmentFactory, StudentFactory
from tests.helpers import acting, meanwhile, side_by_side
from tests.placements.scene import Scene, actor

pytestmark = pytest.mark.django_db(transaction=True)

CONNECTIONS = 64
SEATS = 10
ENOUGH = 20  # connections for the controls: more than seats is what they need
CONSTRAINT = "placement_seat_given_once"
Act = Callable[[], Any]


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    """What is raced for is in the database; the hint to the mail worker is not part of it."""
    monkeypatch.setattr(mail, "_wake", lambda: None)


@pytest.fixture
def scene(db) -> Scene:
    return Scene()


def race(acts: list[Act]) -> list[str]:
    """Run every act at the same moment; gives "ok" or the name of what stopped it."""

    def outcome(result: Any) -> str:
        if isinstance(result, ValidationError):
            return getattr(result, "code", "") or "refused"
        return type(result).__name__ if isinstance(result, Exception) else "ok"

    return [outcome(result) for result in side_by_side(*acts, refusal=(ValidationError, DatabaseError))]


def crowd(scene: Scene, slot: Slot, number: int) -> list[Match]:
    """Students to whom the employer said yes, all for the same slot; written in bulk, for there are many."""
    people = Person.objects.bulk_create(PersonFactory.build_batch(number))
    students = Student.objects.bulk_create([StudentFactory.build(person=person) for person in people])
    enrolments = Enrolment.objects.bulk_create(
        [EnrolmentFactory.build(student=student, cohort=scene.cohort) for student in students]
    )
    return Match.objects.bulk_create(
        [
            MatchFactory.build(
                slot=slot, enrolment=row, state=MatchState.EMPLOYER_AGREED, employer_agreed_at=timezone.now()
            )
            for row in enrolments
        ]
    )


def yes(match: Match) -> Act:
    by = Actor(
        person_id=match.enrolment.student.person_id,
        is_staff=False,
        held=(),
        coordinated=(),
        takes_part=frozenset(),
        provinces=frozenset(),
        groups=frozenset(),
    )
    return lambda: matches.student_answer(match_id=match.pk, yes=True, reason="", by=by, read=None)


def unlocked(monkeypatch, number: int) -> None:
    """Take the locks on slot and matches away and let all that many look for a seat before anyone sits down."""
    everyone, look = threading.Barrier(number), slots.lowest_free_seat
    monkeypatch.setattr(placement_mail, "parties_placement_confirmed", lambda placement: None)
    monkeypatch.setattr(
        locks, "slot", lambda pk: Slot.objects.select_related("organisation", "location").get(pk=pk)
    )

    monkeypatch.setattr(
        locks,
        "matches",
        lambda pks: list(
            Match.objects.filter(pk__in=pks)
            .select_related("slot", "enrolment__student__person", "enrolment__cohort__programme__school")
            .order_by("pk")
        ),
    )

    def look_together(**period: Any) -> int | None:
        seat_no = look(**period)
        everyone.wait(timeout=30)
        return seat_no

    monkeypatch.setattr(slots, "lowest_free_seat", look_together)


@contextmanager
def without_constraint() -> Iterator[None]:
    table = Placement._meta.db_table
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [CONSTRAINT])
        (definition,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {CONSTRAINT}")
    try:
        yield
    finally:
        with as_role("owner"), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {CONSTRAINT} {definition}")


def test_64_students_get_exactly_the_10_seats(scene):
    slot = scene.slot(seats=SEATS)
    answers = Counter(race([yes(match) for match in crowd(scene, slot, CONNECTIONS)]))
    assert answers == {"ok": SEATS, "full": CONNECTIONS - SEATS}
    assert sorted(Placement.objects.values_list("seat_no", flat=True)) == list(range(1, SEATS + 1))
    assert Match.objects.filter(state=MatchState.ACCEPTED).count() == SEATS
    assert Match.objects.filter(state=MatchState.EXPIRED).count() == CONNECTIONS - SEATS
    assert OutgoingMail.objects.filter(kind="student_placement_confirmed").count() == SEATS


def test_control_without_the_lock_seats_stay_unsold(scene, monkeypatch):
    """The constraint alone refuses who looked at the same moment: they all wanted seat 1."""
    slot = scene.slot(seats=SEATS)
    everyone = crowd(scene, slot, ENOUGH)
    unlocked(monkeypatch, ENOUGH)
    answers = Counter(race([yes(match) for match in everyone]))
    assert answers["ok"] == Placement.objects.count()
    assert 0 < Placement.objects.count() < SEATS


def test_control_without_lock_and_constraint_seats_are_given_twice(scene, monkeypatch):
    slot = scene.slot(seats=SEATS)
    everyone = crowd(scene, slot, ENOUGH)
    unlocked(monkeypatch, ENOUGH)
    with without_constraint():
        race([yes(match) for match in everyone])
        given = Placement.objects.values_list("seat_no", flat=True)
        assert len(given) > SEATS
        assert len(set(given)) < len(given)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s", [CONSTRAINT])
        assert cursor.fetchone() == (1,)


def test_lowering_seats_while_students_say_yes_never_leaves_more_students_than_seats(scene):
    slot = scene.slot(seats=8)
    content = {
        "seats": 3,
        "starts_on": slot.starts_on,
        "ends_on": slot.ends_on,
        "qualifications": [scene.qualification],
    }
    fewer = partial(
        slots.save,
        organisation=scene.employer,
        content=content,
        public_id=slot.public_id,
        by=actor(scene.contact),
        version=None,
    )
    acts = [yes(match) for match in crowd(scene, slot, 12)]
    acts.insert(4, fewer)
    answers = race(acts)
    slot.refresh_from_db()
    seats = list(Placement.objects.values_list("seat_no", flat=True))
    assert slot.seats == (3 if answers[4] == "ok" else 8)
    assert len(seats) == len(set(seats)) == slot.seats
    assert max(seats) <= slot.seats


def test_two_yeses_of_one_student_at_once_give_one_place(scene):
    enrolment = scene.enrolment()
    both = [scene.agreed(enrolment=enrolment) for _ in range(2)]
    answers = race([yes(match) for match in both])
    assert sorted(answers) == ["ok", "refused"]
    placement = Placement.objects.get()
    assert Match.objects.get(pk=placement.match_id).state == MatchState.ACCEPTED
    assert Match.objects.exclude(pk=placement.match_id).get().state == MatchState.WITHDRAWN


def test_the_same_yes_twice_at_once_is_one_placement(scene):
    match = scene.agreed()
    assert race([yes(match), yes(match)]) == ["ok", "ok"]  # the second reads what the first one did
    assert Placement.objects.count() == 1


def test_close_against_yes_ends_in_one_of_two_ways(scene):
    slot = scene.slot(seats=5)
    everyone = crowd(scene, slot, 5)
    by = actor(scene.contact)
    acts: list[Act] = [yes(match) for match in everyone]
    acts.insert(2, lambda: slots.close(slot_id=slot.pk, reason="Verbouwing", by=by, read=None))
    answers = race(acts)
    assert answers.pop(2) == "ok"
    slot.refresh_from_db()
    assert slot.state == SlotState.CLOSED
    states = Counter(Match.objects.values_list("state", flat=True))
    assert states == +Counter(
        {MatchState.ACCEPTED: answers.count("ok"), MatchState.EXPIRED: 5 - answers.count("ok")}
    )
    assert Placement.objects.filter(state=PlacementState.CONFIRMED).count() == answers.count("ok")


def test_drop_out_against_yes_ends_in_one_of_two_ways(scene):
    matches_ = crowd(scene, scene.slot(seats=4), 4)
    by = actor(scene.teacher)
    acts: list[Act] = []
    for match in matches_:
        leave = partial(
            leavings.drop_out,
            last_day=today(),
            enrolment_id=match.enrolment_id,
            reason="Verhuisd",
            by=by,
            read=None,
        )
        acts += [yes(match), leave]
    answers = race(acts)
    assert answers[1::2] == ["ok"] * 4
    assert set(answers[::2]) <= {"ok", "refused"}
    assert not Match.objects.open().exists()
    assert not Placement.objects.live().exists()


@pytest.mark.parametrize("drops_first", [True, False])
def test_nobody_who_drops_out_meanwhile_is_proposed(scene, drops_first):
    slot, enrolment, by = scene.slot(), scene.enrolment(), actor(scene.teacher)
    drop = partial(
        leavings.drop_out,
        enrolment_id=enrolment.pk,
        last_day=today(),
        reason="Stopt ermee.",
        by=by,
        read=None,
    )
    propose = partial(
        matches.propose,
        slot_id=slot.pk,
        enrolment_id=enrolment.pk,
        reason="Woont dichtbij.",
        by=by,
        read=None,
    )
    pair = (drop, propose) if drops_first else (propose, drop)
    _first, second = meanwhile(*pair, refusal=ValidationError)
    assert isinstance(second, ValidationError) == drops_first
    assert not Match.objects.open().exists()


@pytest.mark.parametrize("leaves_first", [True, False])
def test_whom_someone_takes_over_who_leaves_meanwhile_is_guided_by_nobody(scene, leaves_first):
    """It is a task then, and no page names who left."""
    placement = scene.placement()
    to = Supervisor.objects.get(person=scene.supervisor.person)
    manager = acting(scene.employer, Role.MANAGER)
    leave = partial(memberships.end, membership_id=to.pk, by=manager, read=None)
    take_over = partial(
        supervisors.hand_over, placement_id=placement.pk, to=to, by=actor(scene.contact), read=None
    )
    meanwhile(*((leave, take_over) if leaves_first else (take_over, leave)))
    assert guided_by_nobody().get() == placement
    assert Placement.objects.for_list().get().guide is None
