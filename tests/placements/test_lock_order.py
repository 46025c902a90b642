"""Acts on several rows, and those that open again, take locks in the order of all others: none is broken off for another."""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, transaction

from core import mail, versions
from core.bulk import Outcome, Picked
from core.states import last_act, record
from core.versions import NO_PAGE
from placements.enums import SlotState
from placements.models import Match, Slot
from placements.queries.slot_ends import closing_editions
from placements.services import break_offs, locks, many, matches, members, slots, supervisors
from students.models import LearningPlan
from students.services import many as of_students
from tests.factories.placements import SupervisorFactory
from tests.helpers import A_MOMENT, side_by_side
from tests.placements.scene import Scene, actor, in_days

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Verbouwing"


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr(mail, "_wake", lambda: None)


@pytest.fixture
def scene(db) -> Scene:
    return Scene()


def beside(first: Callable[[], Any], then: Callable[[], Any], act: Callable[[], Any]) -> Any:
    """What comes of `act` while someone else takes one lock, is given a moment, and takes another."""
    holds = threading.Event()

    def other() -> None:
        with transaction.atomic():
            first()
            holds.set()
            time.sleep(A_MOMENT)
            then()

    def one() -> Any:
        holds.wait(30)
        return act()

    results = side_by_side(other, one, refusal=OperationalError)
    assert [result for result in results if isinstance(result, Exception)] == []
    return results[1]


def close(scene: Scene, *rows: Slot) -> None:
    for row in rows:
        slots.close(slot_id=row.pk, reason=REASON, by=actor(scene.contact), read=None)


def read(slot: Slot) -> str:
    slot.refresh_from_db()
    return str(slot.row_version)


def states_of(*rows: Slot) -> set[str]:
    return set(Slot.objects.filter(pk__in=[row.pk for row in rows]).values_list("state", flat=True))


def test_place_is_opened_again_while_its_student_is_proposed(scene):
    match = scene.match()
    close(scene, match.slot)
    beside(
        lambda: locks.enrolment(match.enrolment_id),
        lambda: locks.slot(match.slot_id),
        lambda: slots.reopen(slot_id=match.slot_id, by=actor(scene.contact), read=None),
    )
    assert states_of(match.slot) == {SlotState.ONLINE}


@pytest.mark.parametrize("act", ["close", "confirm", "unconfirm"])
def test_places_are_taken_in_the_order_of_their_keys(scene, act):
    low, high = scene.slot(), scene.slot()
    by, rows = actor(scene.contact), [high, low]
    editions = closing_editions([high, low])

    def press() -> list[Outcome]:
        if act == "close":
            picked = [Picked(str(row.public_id), editions[row.pk][0]) for row in rows]
            return many.close(picked=picked, employer=scene.employer, reason=REASON, by=by)
        if act == "confirm":
            return many.confirm(picked=[Picked(str(row.public_id), read(row)) for row in rows], by=by)
        done = [Outcome(str(row.public_id), undo=f"{row.confirmed_on}:{read(row)}") for row in rows]
        return many.unconfirm(outcomes=done, by=by)

    found = beside(lambda: locks.slot(low.pk), lambda: locks.slot(high.pk), press)
    assert [one.refusal for one in found] == ["", ""]


def test_places_are_opened_again_in_that_order_too(scene):
    one, other = scene.match(), scene.match()
    rows = [other.slot, one.slot]
    close(scene, *rows)
    done = [Outcome(str(row.public_id), undo=read(row)) for row in rows]
    found = beside(
        lambda: locks.enrolment(one.enrolment_id),
        lambda: locks.slot(other.slot_id),
        lambda: many.reopen(outcomes=done, by=actor(scene.contact)),
    )
    assert [row.refusal for row in found] == ["", ""]
    assert states_of(*rows) == {SlotState.ONLINE}


def test_a_yes_is_taken_back_in_that_order_too(scene):
    rows = [scene.match(), scene.match()]
    for row in rows:
        matches.employer_answer(match_id=row.pk, yes=True, reason="", by=actor(scene.contact), read=None)
    acts = {str(row.public_id): last_act(Match.objects.get(pk=row.pk)) for row in rows}
    done = [Outcome(str(row.public_id), undo=str(acts[str(row.public_id)].pk)) for row in reversed(rows)]
    low, high = rows
    found = beside(
        lambda: locks.enrolment(low.enrolment_id),
        lambda: locks.slot(high.slot_id),
        lambda: many.unaccept(outcomes=done, by=actor(scene.contact)),
    )
    assert [row.refusal for row in found] == ["", ""]


def test_an_early_end_is_taken_back_while_someone_is_proposed_there(scene):
    placement = scene.placement()
    by = actor(scene.contact)
    break_offs.break_off(placement_id=placement.pk, reason=REASON, by=by, last_day=in_days(9), read=NO_PAGE)
    back = beside(
        lambda: locks.enrolment(placement.enrolment_id),
        lambda: locks.slot(placement.slot_id),
        lambda: break_offs.take_back(placement_id=placement.pk, by=by, read=NO_PAGE),
    )
    assert back.would_end_on is None


def test_students_get_a_guide_while_one_of_them_is_proposed_elsewhere(scene):
    low, high = scene.placement(), scene.placement()
    guide = SupervisorFactory(organisation=scene.employer)
    given = beside(
        lambda: locks.enrolment(high.enrolment_id),
        lambda: locks.slot(low.slot_id),
        lambda: supervisors.fill_gaps(chosen={low.pk: guide, high.pk: guide}, by=actor(scene.contact)),
    )
    assert given == 2


@pytest.mark.parametrize("act", ["withdraw", "discard_plans", "uninvite"])
def test_what_was_just_done_to_students_is_taken_back_in_that_order_too(scene, act):
    rows = [scene.match(enrolment=scene.enrolment(student__person__user=None)) for _number in range(2)]
    low, high = [row.enrolment for row in rows]
    by, known = actor(scene.teacher), {str(row.enrolment.public_id): row.enrolment_id for row in rows}
    picked = [Picked(str(row.enrolment.public_id), versions.of(row.enrolment)) for row in rows]
    first, then = partial(locks.enrolment, low.pk), partial(locks.enrolment, high.pk)
    if act == "withdraw":
        done = [
            Outcome(str(row.enrolment.public_id), undo=f"{row.pk}:{versions.of(fresh(row))}") for row in rows
        ]
        first, then = partial(locks.match, rows[0].pk), partial(locks.match, rows[1].pk)
        take_back = many.withdraw
    elif act == "discard_plans":
        done, take_back = of_students.make_plans(picked=picked, known=known, by=by), of_students.discard_plans
        plans = LearningPlan.objects.order_by("pk").select_for_update(no_key=True)
        first, then = (partial(plans.get, enrolment=enrolment) for enrolment in (low, high))
    else:
        picked = [
            Picked(str(row.public_id), versions.of(fresh(row), fresh(row.student.person)))
            for row in (low, high)
        ]
        done, take_back = of_students.invite(picked=picked, known=known, by=by), of_students.uninvite
    assert [one.refusal for one in done] == ["", ""]
    found = beside(first, then, lambda: take_back(outcomes=done[::-1], by=by))
    assert [one.refusal for one in found] == ["", ""]


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def test_location_closes_while_a_student_says_yes_to_one_of_two_places_there(scene):
    """Whoever says yes to the second place ends the proposal for the first."""
    first, second = scene.match(), scene.match()
    act = record(scene.location, "close", by_id=scene.contact.person.pk)
    beside(
        lambda: locks.slot(second.slot_id),
        lambda: locks.match(first.pk),
        lambda: members.close_slots(
            offered=Slot.objects.filter(location=scene.location),
            reason=REASON,
            by=actor(scene.contact),
            act=act,
        ),
    )
    assert states_of(first.slot, second.slot) == {SlotState.CLOSED}
