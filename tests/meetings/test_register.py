"""What the database holds of meetings: a register that stands, reports that stand, and all of one partnership."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models.functions import Now

from core import states, versions
from core.dates import today
from meetings.models import Action, AgendaItem, Attendance, Decision, Meeting, Need
from meetings.services import meetings as service
from partnerships.actors import actor_of
from tests.factories.accounts import PersonFactory
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    NeedFactory,
)
from tests.factories.partnerships import GroupFactory, PartnershipFactory

pytestmark = pytest.mark.django_db


def at_commit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
            at_commit()
    except (IntegrityError, ProgrammingError):
        return True
    return False


def test_a_decision_is_neither_changed_nor_deleted():
    decision = DecisionFactory()
    assert refused(lambda: Decision.objects.filter(pk=decision.pk).update(text="Toch niet."))
    assert refused(lambda: Decision.objects.filter(pk=decision.pk).delete())


@pytest.mark.parametrize("state", ["draft", "invited", "closed", "cancelled"])
def test_a_decision_is_entered_while_its_meeting_is_held(state):
    item = AgendaItemFactory(meeting__state=state) if state != "closed" else closed_item()
    assert refused(lambda: DecisionFactory(item=item))


def closed_item() -> AgendaItem:
    item = AgendaItemFactory(meeting__held=True, minutes="Zo was het.")
    Meeting.objects.filter(pk=item.meeting_id).update(state="closed")
    item.meeting.refresh_from_db()
    return item


CHANGES = {
    "minutes": lambda item: AgendaItem.objects.filter(pk=item.pk).update(minutes="Anders."),
    "another item": lambda item: AgendaItemFactory(meeting=item.meeting),
    "an item less": lambda item: AgendaItem.objects.filter(pk=item.pk).delete(),
    "another place": lambda item: Meeting.objects.filter(pk=item.meeting_id).update(place="Elders"),
    "who was there": lambda item: Attendance.objects.filter(meeting=item.meeting).update(was_present=True),
    "someone more": lambda item: AttendanceFactory(meeting=item.meeting),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_report_that_has_gone_out_stands(what):
    item = AgendaItemFactory(meeting__held=True, minutes="Zo was het.")
    AttendanceFactory(meeting=item.meeting)
    assert not refused(lambda: CHANGES[what](item))
    Meeting.objects.filter(pk=item.meeting_id).update(state="closed")
    item = AgendaItemFactory(meeting__held=True, minutes="Zo was het.")
    AttendanceFactory(meeting=item.meeting)
    Meeting.objects.filter(pk=item.meeting_id).update(state="closed")
    item.meeting.refresh_from_db()
    assert refused(lambda: CHANGES[what](item))


ELSEWHERE = {
    "group of a meeting": lambda: MeetingFactory(group=GroupFactory(), partnership=PartnershipFactory()),
    "group of an action": lambda: ActionFactory(group=GroupFactory(), partnership=PartnershipFactory()),
    "meeting of an action": lambda: ActionFactory(meeting=MeetingFactory()),
    "item of an action": lambda: action_with(item=AgendaItemFactory()),
    "meeting of a decision": lambda: DecisionFactory(partnership=PartnershipFactory()),
    "group of a decision": lambda: DecisionFactory(group=GroupFactory()),
    "item of a decision": lambda: decision_with(item=AgendaItemFactory(meeting__held=True)),
}


def action_with(item):
    meeting = MeetingFactory()
    return ActionFactory(partnership=meeting.partnership, meeting=meeting, item=item)


def decision_with(item):
    return DecisionFactory(item=item, meeting=MeetingFactory(held=True))


@pytest.mark.parametrize("what", ELSEWHERE)
def test_what_hangs_on_a_meeting_is_of_its_partnership(what):
    assert refused(ELSEWHERE[what])


WRONG = {
    "ends before it starts": lambda: MeetingFactory(ends_at=Now()),
    "invited to nowhere": lambda: MeetingFactory(place=""),
    "someone without a name comes": lambda: AttendanceFactory(answer="substitute", answered_at=Now()),
    "an answer at no moment": lambda: AttendanceFactory(answer="yes"),
    "a need on no agenda": lambda: NeedFactory(state="bundled"),
    "an answer without words": lambda: NeedFactory(state="answered"),
    "dropped for nothing": lambda: NeedFactory(state="dropped"),
    "two numbers": lambda: two_numbers(),
    "a decision of nothing": lambda: DecisionFactory(text=""),
    "an action of nothing": lambda: ActionFactory(title=""),
    "asked twice": lambda: asked_twice(),
}


def two_numbers():
    first = DecisionFactory()
    DecisionFactory(item=first.item, number=first.number)


def asked_twice():
    first = AttendanceFactory()
    AttendanceFactory(meeting=first.meeting, person=first.person)


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_is_refused(what):
    assert refused(WRONG[what])


@pytest.mark.parametrize(
    ("model", "factory"), [(Meeting, MeetingFactory), (Action, ActionFactory), (Need, NeedFactory)]
)
def test_every_state_and_action(model, factory):
    for state in {str(value) for value, _label in model._meta.get_field("state").choices}:
        for action, (sources, _target) in model.TRANSITIONS.items():
            with transaction.atomic():
                row = made(factory, state)
                before, message = row.state, ""
                try:
                    states.advance(row, action, by=None, reason="Daarom", **values_of(model, action))
                except ValidationError as refusal:
                    message = str(refusal.messages)
                assert bool(message) == (before not in sources), (state, action)
                transaction.set_rollback(True)


def made(factory, state):
    if factory is not NeedFactory:
        return factory(state=state)
    item = AgendaItemFactory() if state != "open" else None
    return factory(state=state, item=item, answer="Ja.", drop_reason="Nee.")


def values_of(model, action):
    if model is not Need:
        return {}
    return {"bundle": {"item": AgendaItemFactory()}, "unbundle": {"item": None}}.get(
        action, {"answer": "Ja.", "drop_reason": "Nee."}
    )


def test_the_register_is_numbered_in_each_partnership(table):
    from meetings.services import decisions  # noqa: PLC0415 - beside its one use

    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    DecisionFactory(number=7)  # of another partnership
    chair = actor_of(table.chair)
    numbers = [decisions.record(item=item, text=text, by=chair).number for text in ("Een.", "Twee.")]
    assert numbers == [1, 2]


def test_a_report_is_taken_up_again_by_a_coordinator_and_sent_anew(table):
    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    meeting = item.meeting
    chair, coordinator = actor_of(table.chair), actor_of(table.coordinator)
    service.close(meeting_id=meeting.pk, by=chair, read=versions.of(meeting))
    meeting.refresh_from_db()
    with pytest.raises(ValidationError):
        service.reopen(meeting_id=meeting.pk, reason="Fout", by=chair, read=versions.of(meeting))
    service.reopen(meeting_id=meeting.pk, reason="Naam fout", by=coordinator, read=versions.of(meeting))
    meeting.refresh_from_db()
    assert meeting.state == "held"
    assert states.history(meeting).last().reason == "Naam fout"


def test_two_who_are_one_were_asked_once():
    from core import merging  # noqa: PLC0415
    from meetings.services import people  # noqa: PLC0415

    first = AttendanceFactory()
    other = AttendanceFactory(meeting=first.meeting, person=PersonFactory())
    said = people.merge(kept=first.person, dropped=other.person)
    merging.move(first.person, other.person)
    assert len(said) == 1
    assert list(Attendance.objects.single().filter(meeting=first.meeting)) == [first]
    other.refresh_from_db()
    assert (other.person, other.doubles) == (first.person, first)


def test_late_and_done_are_counted(table):
    from meetings.queries.actions import promised  # noqa: PLC0415

    day = today()
    for state, due in (("open", -1), ("open", 0), ("busy", 3), ("done", -9), ("lapsed", -9)):
        ActionFactory(group=table.group, state=state, due_on=day + timedelta(days=due))
    counts = promised(Action.objects.all())
    assert (counts.all, counts.done, counts.to_do, counts.late) == (4, 1, 2, 1)
