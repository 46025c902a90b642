"""Verbs on matches: who is asked, who is told, and what a yes makes."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from agreements.enums import AgreementState
from agreements.models import Agreement
from core.dates import today
from core.models import OutgoingMail
from core.states import advance, history
from placements import tasks
from placements.enums import Cause, MatchState, SlotState
from placements.models import Match, Placement, Slot
from placements.queries import due
from placements.services import closing, matches
from students.models import LearnerAccess
from tests.factories.placements import SupervisorFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import member
from tests.placements.scene import actor, in_days

DAY = dt.timedelta(days=1)


def propose(scene, slot=None, enrolment=None, reason="Dicht bij huis"):
    return matches.propose(
        slot_id=(slot or scene.slot()).pk,
        enrolment_id=(enrolment or scene.enrolment()).pk,
        reason=reason,
        by=actor(scene.teacher),
        read=None,
    )


def say(match, yes, reason="", by=None):
    answer = matches.student_answer if match.state == MatchState.EMPLOYER_AGREED else matches.employer_answer
    return answer(
        match_id=match.pk,
        yes=yes,
        reason=reason,
        by=by or actor(match.enrolment.student.person.user),
        read=None,
    )


def test_propose_asks_the_employer_without_naming_the_student(scene, outbox):
    trainer = member(scene.employer, Role.PRACTICE_TRAINER)
    match = propose(scene)
    assert (match.state, match.proposed_by) == (MatchState.PROPOSED, scene.teacher.person)
    assert outbox() == sorted(("employer_match_proposed", who.email) for who in (scene.contact, trainer))
    mail = OutgoingMail.objects.filter(to_email=scene.contact.email).get()
    student = match.enrolment.student
    assert student.first_name in mail.body
    assert student.person.last_name not in mail.subject + mail.body
    assert str(match.public_id) in mail.link


@pytest.mark.parametrize(
    "fault",
    [
        *("twice", "draft", "over", "full", "placed", "not enrolled", "no reason", "no overlap"),
        "partnership over",
    ],
)
def test_propose_refuses(scene, fault):
    slot, enrolment, reason = scene.slot(seats=1), scene.enrolment(), "Past goed"
    if fault == "twice":
        scene.match(slot, enrolment)
    elif fault == "draft":
        slot = scene.slot(draft=True)
    elif fault == "over":
        slot = scene.slot(starts_on=in_days(-20), ends_on=in_days(-1))
    elif fault == "full":
        scene.placement(slot)
    elif fault == "placed":
        scene.placement(enrolment=enrolment)
    elif fault == "not enrolled":
        enrolment = scene.enrolment(state="waiting")
    elif fault == "no reason":
        reason = "  "
    elif fault == "partnership over":
        slot.partnership.ends_on = in_days(-1)
        slot.partnership.save()
    else:
        slot = scene.slot(starts_on=in_days(700), ends_on=in_days(800))
    before = Match.objects.count()
    with pytest.raises(ValidationError):
        propose(scene, slot, enrolment, reason)
    assert Match.objects.count() == before


def test_employer_yes_asks_the_student(scene, outbox):
    match = scene.match()
    say(match, True, by=actor(scene.contact))
    match.refresh_from_db()
    assert match.state == MatchState.EMPLOYER_AGREED
    assert match.employer_agreed_at == match.asked_at
    assert outbox() == [("student_match_agreed", match.enrolment.student.person.user.email)]


def test_employer_yes_reaches_a_student_without_account(scene, outbox):
    match = scene.match(
        enrolment=scene.enrolment(student__person__user=None, student__person__email="mila@leerling.example")
    )
    say(match, True, by=actor(scene.contact))
    assert outbox() == [("student_match_agreed", "mila@leerling.example")]


def test_employer_no_tells_the_proposer_only(scene, outbox):
    match = scene.match()
    with pytest.raises(ValidationError):
        say(match, False, by=actor(scene.contact))
    say(match, False, "Geen begeleider", by=actor(scene.contact))
    match.refresh_from_db()
    assert (match.state, match.answer_reason) == (MatchState.DECLINED, "Geen begeleider")
    assert outbox() == [("proposer_match_declined", scene.teacher.email)]


def test_employer_yes_on_a_full_slot_is_refused_kindly(scene):
    slot = scene.slot(seats=1)
    match = scene.match(slot)
    scene.placement(slot)
    with pytest.raises(ValidationError):
        say(match, True, by=actor(scene.contact))
    match.refresh_from_db()
    assert match.state == MatchState.PROPOSED


def test_student_yes_makes_the_placement_and_all_that_goes_with_it(scene, outbox):
    slot = scene.slot(supervisor=SupervisorFactory(organisation=scene.employer))
    match = scene.agreed(slot)
    placement = say(match, True)
    match.refresh_from_db()
    assert (match.state, history(match).get().by_id) == (
        MatchState.ACCEPTED,
        match.enrolment.student.person_id,
    )
    assert (placement.seat_no, placement.student, placement.supervisor) == (
        1,
        match.enrolment.student,
        slot.supervisor,
    )
    assert (placement.starts_on, placement.ends_on) == (today(), slot.ends_on)
    access = LearnerAccess.objects.get(membership=None)
    assert (access.organisation, access.ends_on) == (scene.employer, slot.ends_on)
    assert Agreement.objects.get().state == AgreementState.DRAFT
    placed = [mail for mail in outbox() if "placement" in mail[0]]
    assert placed == [
        ("employer_placement_confirmed", scene.contact.email),
        ("student_placement_confirmed", match.enrolment.student.person.user.email),
        ("supervisor_placement_assigned", slot.supervisor.person.email),
        ("teacher_placement_confirmed", scene.teacher.email),
    ]
    told = OutgoingMail.objects.get(kind="employer_placement_confirmed")
    assert match.enrolment.student.full_name in told.body
    assert match.enrolment.student.person.user.email in told.body


def test_student_yes_opens_the_plan_for_the_supervisor_of_the_slot(scene):
    supervisor = scene.supervisor.person.memberships.get()
    say(scene.agreed(scene.slot(supervisor=supervisor)), True)
    assert set(LearnerAccess.objects.values_list("membership", flat=True)) == {None, supervisor.pk}


def test_student_yes_takes_the_lowest_seat_free_in_the_whole_period(scene):
    slot = scene.slot(seats=3)
    scene.placement(slot, seat_no=1, starts_on=in_days(100), ends_on=in_days(120))
    scene.placement(slot, seat_no=2, state="cancelled")
    assert say(scene.agreed(slot), True).seat_no == 2
    assert say(scene.agreed(slot), True).seat_no == 3


def test_last_seat_closes_the_proposals_it_leaves_without_one(scene, outbox):
    slot = scene.slot(seats=2)
    asked, agreed = scene.match(slot), scene.agreed(slot)
    later = scene.match(slot, scene.enrolment(starts_on=in_days(100)))
    elsewhere = scene.match()
    scene.placement(slot, seat_no=2, ends_on=in_days(99))
    say(scene.agreed(slot), True)
    states = dict(Match.objects.exclude(state=MatchState.ACCEPTED).values_list("pk", "state"))
    assert states == {
        asked.pk: MatchState.EXPIRED,
        agreed.pk: MatchState.EXPIRED,
        later.pk: MatchState.PROPOSED,
        elsewhere.pk: MatchState.PROPOSED,
    }
    told = [mail for mail in outbox() if mail[0].endswith(("_match_withdrawn", "_matches_ended"))]
    assert sorted(told) == sorted(
        [
            ("parties_matches_ended", scene.contact.email),  # one mail about both
            ("parties_matches_ended", scene.teacher.email),
            ("student_match_withdrawn", agreed.enrolment.student.person.user.email),
        ]
    )
    bodies = OutgoingMail.objects.filter(kind__endswith="_match_withdrawn").values_list("body", flat=True)
    assert all("Alle plekken" in body for body in bodies)
    with pytest.raises(ValidationError) as caught:  # whoever pressed yes a moment later reads why
        say(agreed, True)
    assert caught.value.code == "full"


def test_student_yes_on_a_full_slot_leaves_the_match_open(scene, outbox):
    slot = scene.slot(seats=1)
    match = scene.agreed(slot)
    scene.placement(slot)
    before = outbox()
    with pytest.raises(ValidationError) as caught:
        say(match, True)
    assert caught.value.code == "full"
    match.refresh_from_db()
    assert (match.state, Placement.objects.count(), outbox()) == (MatchState.EMPLOYER_AGREED, 1, before)


def test_student_yes_withdraws_other_matches_in_the_period(scene, outbox):
    enrolment = scene.enrolment()
    match = scene.agreed(enrolment=enrolment)
    same, later = scene.match(enrolment=enrolment), scene.agreed(enrolment=enrolment)
    after = scene.match(scene.slot(starts_on=in_days(400), ends_on=in_days(500)), enrolment)
    somebody = scene.match()
    say(match, True)
    states = dict(Match.objects.values_list("pk", "state"))
    assert states == {
        match.pk: MatchState.ACCEPTED,
        same.pk: MatchState.WITHDRAWN,
        later.pk: MatchState.WITHDRAWN,
        after.pk: MatchState.PROPOSED,
        somebody.pk: MatchState.PROPOSED,
    }
    assert [mail for mail in outbox() if mail[0] == "parties_matches_ended"] == sorted(
        ("parties_matches_ended", user.email) for user in (scene.contact, scene.teacher)
    )
    assert "student_match_withdrawn" not in dict(outbox())


def test_student_yes_is_refused_when_placed_elsewhere_or_closed(scene):
    match = scene.agreed()
    other = EnrolmentFactory(student=match.enrolment.student)
    placement = scene.placement(enrolment=other)
    with pytest.raises(ValidationError) as caught:
        say(match, True)
    assert caught.value.code == "placed"
    placement.delete()
    type(match.slot).objects.update(state=SlotState.CLOSED)
    with pytest.raises(ValidationError):
        say(match, True)
    assert Placement.objects.count() == 0


def test_student_no_tells_both_sides_and_keeps_the_reason_from_the_employer(scene, outbox):
    match = scene.agreed()
    say(match, False, "Te ver fietsen")
    assert outbox() == [
        ("employer_match_declined", scene.contact.email),
        ("proposer_match_declined", scene.teacher.email),
    ]
    assert "fietsen" not in OutgoingMail.objects.get(kind="employer_match_declined").body
    assert "fietsen" in OutgoingMail.objects.get(kind="proposer_match_declined").body


def test_student_cannot_answer_before_the_employer(scene):
    match = scene.match()
    by = actor(match.enrolment.student.person.user)
    for yes in (True, False):
        with pytest.raises(ValidationError):
            matches.student_answer(match_id=match.pk, yes=yes, reason="x", by=by, read=None)
    match.refresh_from_db()
    assert match.state == MatchState.PROPOSED


def test_second_yes_gives_the_same_place_and_a_no_after_it_is_refused(scene):
    match = scene.agreed()
    assert say(match, True) == say(match, True) == Placement.objects.get()
    with pytest.raises(ValidationError, match="al beantwoord"):
        say(match, False)


def test_withdraw_tells_the_employer_and_a_student_who_was_asked(scene, outbox):
    proposed, agreed = scene.match(), scene.agreed()
    for match in (proposed, agreed):
        matches.withdraw(
            match_id=match.pk, reason="Stopt met de opleiding", by=actor(scene.teacher), read=None
        )
    assert outbox() == [
        ("employer_match_withdrawn", scene.contact.email),
        ("employer_match_withdrawn", scene.contact.email),
        ("student_match_withdrawn", agreed.enrolment.student.person.user.email),
    ]


def test_matches_without_future_expire(scene, outbox):
    stays = scene.match()
    over = scene.agreed(scene.slot(starts_on=in_days(-20), ends_on=in_days(0)))
    gone = scene.match(enrolment=scene.enrolment(state="dropped_out"))
    assert due.matches_over() == [over.pk, gone.pk]
    assert [matches.expire(match_id=pk) for pk in (over.pk, over.pk)] == [True, False]
    stays.refresh_from_db()
    over.refresh_from_db()
    assert (stays.state, over.state) == (MatchState.PROPOSED, MatchState.EXPIRED)
    assert dict(outbox()).keys() == {
        "employer_match_withdrawn",
        "proposer_match_withdrawn",
        "student_match_withdrawn",
    }


def test_silence_ends_a_proposal_after_ten_working_days(scene, outbox):
    waits, silent, agreed = scene.match(), scene.match(), scene.agreed()
    for match, until in ((waits, today()), (silent, today() - DAY), (agreed, today() - DAY)):
        Match.objects.filter(pk=match.pk).update(answer_by=until)
    assert tasks.expire_matches() == 2
    assert tasks.expire_matches() == 0
    assert set(Match.objects.filter(state=MatchState.EXPIRED)) == {silent, agreed}
    assert {match.close_cause for match in Match.objects.filter(state=MatchState.EXPIRED)} == {Cause.SILENCE}
    assert sorted(outbox()) == sorted(
        [("employer_match_withdrawn", scene.contact.email), ("proposer_match_withdrawn", scene.teacher.email)]
        * 2
        + [("student_match_withdrawn", agreed.enrolment.student.person.user.email)]
    )
    assert all("op tijd geen antwoord" in mail.body for mail in OutgoingMail.objects.all())


def test_an_answer_on_the_last_moment_keeps_the_proposal(scene):
    match = scene.match()
    Match.objects.update(answer_by=today() - DAY)
    assert due.matches_silent() == [match.pk]
    say(match, True, by=actor(scene.contact))
    assert not matches.expire_silent(match_id=match.pk)
    match.refresh_from_db()
    assert match.state == MatchState.EMPLOYER_AGREED


def test_mails_speak_the_language_of_the_reader(scene):
    scene.contact.person.language = "en"
    scene.contact.person.save()
    propose(scene)
    assert "A student for" in OutgoingMail.objects.get().subject


def test_visible_to_a_student_once_the_employer_agreed(scene):
    match = scene.match()
    who = actor(match.enrolment.student.person.user)
    assert not Match.objects.visible_to(who).exists()
    say(match, True, by=actor(scene.contact))
    assert Match.objects.visible_to(who).exists()


def test_a_place_takes_no_more_open_proposals_than_the_employer_answers_at_once(scene, outbox):
    slot = scene.slot(seats=1)
    first, _second = scene.match(slot), scene.match(slot)
    with pytest.raises(ValidationError, match="al 2 studenten voorgesteld"):
        propose(scene, slot=slot)
    say(first, False, by=actor(scene.contact), reason="Geen begeleider")
    assert propose(scene, slot=slot).state == MatchState.PROPOSED
    Slot.objects.filter(pk=slot.pk).update(max_open=3)
    assert propose(scene, slot=slot).answer_by == due.answer_by()
    with pytest.raises(ValidationError, match="al 3 studenten"):
        propose(scene, slot=slot)


def test_an_ended_proposal_comes_back_only_where_there_is_room_and_with_new_days(scene):
    slot = scene.slot(seats=1, max_open=1)
    match = scene.match(slot)
    act = closing.close(match=match, why=Cause.ENROLMENT_OVER)
    other = scene.match(slot)
    undo = advance(other, "withdraw", by=None, reason="x", close_cause=Cause.WITHDRAWN)
    again = scene.match(slot)
    with pytest.raises(ValidationError, match="al 1 student voorgesteld"):
        matches.take_back_expire(act=act, by=actor(scene.teacher), cause=undo)
    advance(again, "withdraw", by=None, reason="x", close_cause=Cause.WITHDRAWN)
    Match.objects.filter(pk=match.pk).update(answer_by=today() - DAY)
    back = matches.take_back_expire(act=act, by=actor(scene.teacher), cause=undo)
    assert (back.state, back.close_cause, back.answer_by) == (MatchState.PROPOSED, "", due.answer_by())


@pytest.mark.parametrize(
    ("slot", "enrolment", "why"),
    [
        ({"starts_on": -20, "ends_on": 0}, "enrolled", Cause.SLOT_OVER),
        ({}, "dropped_out", Cause.ENROLMENT_OVER),
    ],
)
def test_what_ended_it_stays_on_record(scene, slot, enrolment, why):
    match = scene.match(
        scene.slot(**{name: in_days(days) for name, days in slot.items()}),
        scene.enrolment(state=enrolment),
    )
    assert tasks.expire_matches() == 1
    match.refresh_from_db()
    assert match.close_cause == why


def test_an_expired_match_without_cause_is_refused_by_the_database(scene):
    match = scene.match()
    with pytest.raises(IntegrityError, match="match_expired_has_cause"), transaction.atomic():
        Match.objects.update(state=MatchState.EXPIRED)
    with pytest.raises(IntegrityError, match="match_cause_of_the_ended"), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(close_cause=Cause.FULL)
