"""Whoever left since reads nothing more about a student, also not that something was taken back."""

import pytest
from django.utils import timezone

from accounts.enums import Role
from core.models import OutgoingMail
from core.states import last_act
from partnerships.models import Membership
from placements.enums import PlacementState
from placements.services import matches, slots
from programmes.models import CohortTeacher
from tests.helpers import member
from tests.placements.scene import actor, in_days

pytestmark = pytest.mark.django_db
REASON = "Verbouwing"


def sent() -> None:
    """Every mail so far has gone out, so that none of them can be cancelled any more."""
    whole = OutgoingMail.objects.filter(told_in=None)
    whole.update(state=OutgoingMail.State.SENT, sent_at=timezone.now())


def told() -> list[str]:
    kinds = ["reader_act_taken_back", "reader_acts_taken_back"]
    found = OutgoingMail.objects.filter(kind__in=kinds).exclude(state=OutgoingMail.State.TOLD)
    return sorted(found.values_list("to_email", flat=True))


def another_teacher(scene):
    teacher = member(scene.school, Role.TEACHER)
    CohortTeacher.objects.create(cohort=scene.cohort, membership=teacher.person.memberships.get())
    return teacher


def leaves(person) -> None:
    """The role is over; the account is not."""
    now = timezone.now()
    Membership.objects.filter(person=person.person).update(ends_on=in_days(0), ended_at=now)


def placed(scene, slot, seat_no=1):
    days = {"starts_on": in_days(-40), "ends_on": in_days(90), "state": PlacementState.RUNNING}
    return scene.placement(slot, seat_no=seat_no, **days)


def test_teacher_who_left_does_not_read_that_a_place_is_open_again(scene):
    slot, gone = scene.slot(seats=3), another_teacher(scene)
    rows = [placed(scene, slot, number) for number in (1, 2)]
    slots.close(slot_id=slot.pk, reason=REASON, by=actor(scene.contact), read=None)
    sent()
    leaves(gone)
    slots.reopen(slot_id=slot.pk, by=actor(scene.contact), read=None)
    assert told() == sorted([scene.teacher.email, *(row.student.address for row in rows)])


def test_contact_who_left_does_not_read_that_a_proposal_is_open_again(scene):
    match, gone = scene.match(), member(scene.employer, Role.CONTACT)
    matches.withdraw(match_id=match.pk, reason="Vergissing", by=actor(scene.teacher), read=None)
    sent()
    leaves(gone)
    matches.take_back_act(match_id=match.pk, act_id=last_act(match).pk, by=actor(scene.teacher))
    assert told() == [scene.contact.email]


@pytest.mark.parametrize("how", ["role", "cohort"])
def test_teacher_who_left_does_not_read_what_became_of_an_own_proposal(scene, how):
    proposer = another_teacher(scene)
    match = scene.match(proposed_by=proposer.person)
    if how == "role":
        leaves(proposer)
    else:
        CohortTeacher.objects.filter(membership__person=proposer.person).update(
            ends_on=in_days(0), ended_at=timezone.now()
        )
    slots.close(slot_id=match.slot_id, reason=REASON, by=actor(scene.contact), read=None)
    (mail,) = OutgoingMail.objects.filter(kind="proposer_match_withdrawn")
    assert mail.to_email == scene.teacher.email


def test_coordinator_who_proposed_reads_what_became_of_it(scene):
    match = scene.match(proposed_by=scene.coordinator.person)
    slots.close(slot_id=match.slot_id, reason=REASON, by=actor(scene.contact), read=None)
    (mail,) = OutgoingMail.objects.filter(kind="proposer_match_withdrawn")
    assert mail.to_email == scene.coordinator.email
