"""Every verb by which something is offered or begun at a place: each makes what it needs and gives the act."""

from partnerships.actors import actor_of
from placements.enums import SlotState, Visibility
from placements.services import matches, placements, slots
from tests.placements.scene import actor


def publish(scene):
    slot = scene.slot(state=SlotState.DRAFT, confirmed_on=None)
    return lambda: slots.publish(
        slot_id=slot.pk, visibility=Visibility.PARTNERSHIP, by=actor(scene.contact), version=None
    )


def reopen(scene):
    slot = scene.slot()
    slots.close(slot_id=slot.pk, reason="Verbouwing", by=actor(scene.contact), read=None)
    return lambda: slots.reopen(slot_id=slot.pk, by=actor(scene.contact), read=None)


def confirm(scene):
    slot = scene.slot()
    return lambda: slots.confirm(slot_id=slot.pk, by=actor(scene.contact), read=None)


def propose(scene):
    slot, enrolment = scene.slot(), scene.enrolment()
    return lambda: matches.propose(
        slot_id=slot.pk, enrolment_id=enrolment.pk, reason="Past goed", by=actor(scene.teacher), read=None
    )


def place_agreed(scene):
    match = scene.agreed()
    return lambda: placements.place(match_id=match.pk, by=actor_of(match.enrolment.student.person.user))


VERBS = [publish, reopen, confirm, propose, place_agreed]
