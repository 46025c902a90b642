"""A goal handed in with evidence that can be read, taken back, assessed, corrected; and the plan closed and reopened."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from core import states
from core.dates import today
from core.models import OutgoingMail
from students.enums import GoalResult, GoalState, Party, PlanState, Reader
from students.models import Assessment, Evidence, Goal, HandIn
from students.services import evidence as evidence_service
from students.services import goals, plans
from tests.factories.students import EvidenceFactory, GoalFactory, LearningPlanFactory
from tests.helpers import edit, login, press
from tests.students.worlds import url

pytestmark = pytest.mark.django_db
TOO_LATE = timedelta(days=15)


@pytest.fixture
def goal(made):
    return GoalFactory(plan=made.plan, state=GoalState.BUSY)


def post(client, user, name, item, data=None):
    return press(login(client, user), url(name, item), item, data, follow=True)


def told(response) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def act_of(goal: Goal) -> dict[str, int]:
    """What the page sends along with a button that takes something back."""
    act = states.last_act(goal)
    assert act
    return {"act": act.pk}


# Handing in


def test_nothing_is_handed_in_that_the_teacher_cannot_read(client, made, goal):
    piece = EvidenceFactory(goal=goal, text="Alleen voor mij")
    page = login(client, made.student).get(goal.get_absolute_url()).content.decode()
    assert "Je docent kan dit nog niet lezen." in page
    sent = {"shown": piece.pk, f"bewijs-{piece.pk}-readers": ["supervisor"]}
    response = post(client, made.student, "goal-hand-in", goal, sent)
    assert "Je docent kan nog niets van je bewijs lezen" in response.content.decode()
    rows = response.context["hand_in_forms"].rows
    assert [form["readers"].value() for _piece, form in rows] == [
        ["supervisor"]
    ]  # what was chosen is still there
    goal.refresh_from_db()
    piece.refresh_from_db()
    assert (goal.state, piece.readers) == (GoalState.BUSY, frozenset())


def test_handing_in_asks_who_may_read_and_leaves_out_what_stays_private(client, made, goal):
    shown, private = EvidenceFactory(goal=goal), EvidenceFactory(goal=goal)
    data = {
        "shown": [shown.pk, private.pk],
        f"bewijs-{shown.pk}-readers": ["teachers", "employer"],
    }
    for _ in range(2):
        response = post(client, made.student, "goal-hand-in", goal, data)
        assert told(response) == [("success", "Ingeleverd. Je docent beoordeelt het.")]
    hand_in = goal.hand_ins.get()
    assert (hand_in.version, list(hand_in.evidence.all())) == (goal.current, [shown])
    shown.refresh_from_db()
    assert shown.readers == {Reader.TEACHERS, Reader.EMPLOYER}
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == ("teachers_goal_handed_in", made.teacher.email)
    page = login(client, made.teacher).get(goal.get_absolute_url()).content.decode()
    assert shown.text in page
    assert "goal-assess" not in page
    assert url("goal-assess", goal) in page


def test_what_was_not_on_the_page_keeps_its_readers(client, made, goal):
    seen, added = EvidenceFactory(goal=goal), EvidenceFactory(goal=goal, for_supervisor=True)
    data = {"shown": seen.pk, f"bewijs-{seen.pk}-readers": ["teachers"]}
    post(client, made.student, "goal-hand-in", goal, data)
    added.refresh_from_db()
    assert added.readers == {Reader.SUPERVISOR}


def test_what_is_handed_in_stays_readable_and_stays(client, made, goal):
    made.hand_in(goal)
    piece = goal.evidence.get()
    login(client, made.student)
    response = edit(client, url("evidence-share", piece), {"readers": ["employer"]})
    assert "lezen je docenten het" in response.content.decode()
    assert "blijft het" in post(client, made.student, "evidence-remove", piece).content.decode()
    piece.refresh_from_db()
    assert piece.readers == {Reader.TEACHERS}
    evidence_service.share(
        evidence_id=piece.pk, readers=["teachers", "employer"], by=made.actors[Party.STUDENT], version=None
    )


def piece_of_another(goal: Goal) -> Evidence:
    """What teachers read of another goal of the same plan."""
    other = GoalFactory(plan=goal.plan, state=GoalState.BUSY)
    return EvidenceFactory(goal=other, for_teachers=True)


def of_another(goal: Goal) -> HandIn:
    """A hand-in of another goal of the same plan, that was taken back."""
    other = GoalFactory(plan=goal.plan, state=GoalState.BUSY)
    at = goal.plan.created_at
    return HandIn.objects.create(goal=other, version=other.current, at=at, taken_back_at=at)


def _write_and_check(write, goal: Goal) -> None:
    """As the end of a transaction would."""
    write(goal)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "write",
    [
        lambda goal: Evidence.objects.filter(goal=goal).update(for_teachers=False),
        lambda goal: HandIn.evidence.through.objects.filter(handin__goal=goal).delete(),
        lambda goal: goal.hand_ins.get().evidence.add(EvidenceFactory(goal=goal)),
        lambda goal: goal.hand_ins.get().evidence.add(piece_of_another(goal)),
        lambda goal: HandIn.evidence.through.objects.update(evidence=EvidenceFactory(goal=goal)),
        lambda goal: HandIn.evidence.through.objects.update(evidence=piece_of_another(goal)),
        lambda goal: HandIn.evidence.through.objects.update(handin=of_another(goal)),
        lambda goal: HandIn.objects.filter(goal=goal).update(goal=GoalFactory(plan=goal.plan)),
        lambda goal: HandIn.objects.filter(goal=goal).update(version=GoalFactory(plan=goal.plan).current),
        lambda goal: HandIn.objects.filter(goal=goal).update(taken_back_at=goal.plan.created_at),
        lambda goal: Goal.objects.filter(pk=goal.pk).update(state=GoalState.BUSY),
        lambda goal: Goal.objects.filter(pk=goal.pk).update(
            state=GoalState.ASSESSED, result="passed", assessed_at=goal.plan.created_at
        ),
    ],
)
def test_a_writer_past_the_services_is_refused(made, goal, write):
    made.hand_in(goal)
    with pytest.raises(IntegrityError), transaction.atomic():
        _write_and_check(write, goal)
    connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")


# Taking back


def test_hand_in_is_taken_back_until_it_is_judged(client, made, goal):
    made.hand_in(goal)
    page = login(client, made.student).get(goal.get_absolute_url()).content.decode()
    assert "Bewijs terughalen" in page
    data = act_of(goal)
    for _ in range(2):
        response = post(client, made.student, "goal-take-back", goal, data)
        assert [level for level, _words in told(response)] == ["success"]
    goal.refresh_from_db()
    assert (goal.state, goal.hand_ins.get().taken_back_at is None) == (GoalState.BUSY, False)
    assert OutgoingMail.objects.get().state == OutgoingMail.State.CANCELLED
    post(client, made.student, "evidence-remove", goal.evidence.get())
    assert not goal.evidence.exists()


def test_teacher_who_was_mailed_about_a_hand_in_hears_that_it_is_back(made, goal):
    made.hand_in(goal)
    mail = OutgoingMail.objects.get()
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, sent_at=mail.created_at)
    goals.take_back(goal_id=goal.pk, act_id=act_of(goal)["act"], by=made.actors[Party.STUDENT])
    told_so = OutgoingMail.objects.get(kind="reader_act_taken_back")
    assert told_so.to_email == made.teacher.email


def test_teacher_who_left_the_cohort_does_not_hear_that_a_hand_in_is_back(made, goal):
    made.hand_in(goal)
    now = timezone.now()
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, sent_at=now)
    made.enrolment.cohort.cohort_teachers.update(ends_on=today(), ended_at=now)
    goals.take_back(goal_id=goal.pk, act_id=act_of(goal)["act"], by=made.actors[Party.STUDENT])
    assert not OutgoingMail.objects.filter(kind="reader_act_taken_back").exists()


def test_judged_hand_in_is_not_taken_back(made, goal):
    made.hand_in(goal)
    handed_in = states.last_act(goal)
    made.assess(goal)
    with pytest.raises(ValidationError):
        goals.take_back(goal_id=goal.pk, act_id=handed_in.pk, by=made.actors[Party.STUDENT])
    with pytest.raises(ValidationError, match="docenten"):
        goals.take_back(goal_id=goal.pk, act_id=act_of(goal)["act"], by=made.actors[Party.STUDENT])


def test_assessing_a_hand_in_that_came_in_its_place_is_refused(client, made, goal):
    made.hand_in(goal)
    read = goal.hand_ins.get()
    goals.take_back(goal_id=goal.pk, act_id=act_of(goal)["act"], by=made.actors[Party.STUDENT])
    goals.hand_in(goal_id=goal.pk, by=made.actors[Party.STUDENT], read=None)
    data = {"assess-result": "passed", "assess-feedback": "Prima zo", "hand_in": read.pk}
    page = post(client, made.teacher, "goal-assess", goal, data).content.decode()
    assert "Er is iets gewijzigd" in page
    assert "Prima zo" in page
    goal.refresh_from_db()
    assert goal.state == GoalState.DEMONSTRATED


def test_second_teacher_hears_that_there_is_a_result_already(client, made, goal):
    made.hand_in(goal)
    read = goal.hand_ins.get()
    made.assess(goal)
    data = {"assess-result": "not_yet", "assess-feedback": "Nog niet", "hand_in": read.pk}
    page = post(client, made.teacher, "goal-assess", goal, data).content.decode()
    assert "er is al een resultaat. Dat kun je corrigeren." in page


def test_result_is_taken_back_within_two_weeks(client, made, goal):
    made.hand_in(goal)
    made.assess(goal)
    page = login(client, made.teacher).get(goal.get_absolute_url()).content.decode()
    assert "Haal dit resultaat terug" in page
    data = act_of(goal)
    for _ in range(2):
        response = post(client, made.teacher, "goal-take-back", goal, data)
        assert [level for level, _words in told(response)] == ["success"]
    goal.refresh_from_db()
    assert (goal.state, goal.result) == (GoalState.DEMONSTRATED, "")
    assert [row.result for row in Assessment.objects.of_goal(goal)] == ["", "passed"]
    made.assess(goal, GoalResult.NOT_YET, "Nog een keer")
    assert goal.result == GoalResult.NOT_YET


def test_result_stands_after_two_weeks_and_can_then_be_corrected(client, made, goal):
    made.hand_in(goal)
    made.assess(goal)
    with time_machine.travel(goal.assessed_at + TOO_LATE, tick=False):
        page = login(client, made.teacher).get(goal.get_absolute_url()).content.decode()
        assert "Haal dit resultaat terug" not in page
        assert url("goal-correct", goal) in page
        with pytest.raises(ValidationError, match="14 dagen"):
            goals.take_back(goal_id=goal.pk, act_id=act_of(goal)["act"], by=made.actors[Party.SCHOOL])


# Correcting


def correction(goal: Goal, **more) -> dict[str, object]:
    newest = Assessment.objects.of_goal(goal)[0]
    return {
        "assessment_id": newest.pk,
        "result": "not_yet",
        "feedback": "Nog eens",
        "reason": "Vergissing",
    } | more


def test_correction_stands_beside_what_it_corrects_and_the_student_hears(client, made, goal):
    made.hand_in(goal)
    made.assess(goal)
    data = correction(goal)
    for _ in range(2):
        response = post(client, made.teacher, "goal-correct", goal, data)
        assert [level for level, _words in told(response)] == ["success"]
    goal.refresh_from_db()
    assert (goal.state, goal.result) == (GoalState.ASSESSED, GoalResult.NOT_YET)
    newest, first = Assessment.objects.of_goal(goal)
    assert (newest.corrects, newest.reason, first.result) == (first, "Vergissing", "passed")
    mail = OutgoingMail.objects.get(kind="student_goal_corrected")
    assert mail.to_email == made.student.email
    assert "Vergissing" not in mail.body
    page = login(client, made.student).get(goal.get_absolute_url()).content.decode()
    assert "geldt niet meer" in page
    assert "Vergissing" in page


@pytest.mark.parametrize(
    "more",
    [
        {"reason": ""},
        {"result": "toppie"},
        {"feedback": ""},
        {"result": "passed", "feedback": ""},  # as it was
        {"assessment_id": 0},
        {"assessment_id": "x"},
        {"reason": "x" * 501},
    ],
)
def test_correction_that_cannot_be_comes_back_with_what_was_typed(client, made, goal, more):
    made.hand_in(goal)
    made.assess(goal)
    response = post(client, made.teacher, "goal-correct", goal, correction(goal, **more))
    assert response.context["form"].errors
    assert Assessment.objects.count() == 1


def test_correcting_what_was_corrected_meanwhile_is_refused(client, made, goal):
    made.hand_in(goal)
    made.assess(goal)
    read = correction(goal, feedback="De mijne")
    post(client, made.teacher, "goal-correct", goal, correction(goal))
    page = post(client, made.teacher, "goal-correct", goal, read).content.decode()
    assert "Er is iets gewijzigd" in page
    assert "De mijne" in page


def test_decision_cannot_be_changed(made, goal):
    made.hand_in(goal)
    made.assess(goal)
    with pytest.raises(DatabaseError, match=r"permission denied|History stands"), transaction.atomic():
        Assessment.objects.update(feedback="Anders")


# Dropping, closing


@pytest.mark.parametrize("state", [GoalState.PROPOSED, GoalState.AGREED, GoalState.BUSY])
def test_dropped_goal_is_put_back_where_it_was_within_two_weeks(client, made, state):
    goal = GoalFactory(plan=made.plan, state=state)
    goals.lapse(goal_id=goal.pk, reason="Past niet", by=made.actors[Party.SCHOOL], read=None)
    page = login(client, made.teacher).get(goal.get_absolute_url()).content.decode()
    assert "Zet het doel terug" in page
    data = act_of(goal)
    for _ in range(2):
        response = post(client, made.teacher, "goal-take-back", goal, data)
        assert [level for level, _words in told(response)] == ["success"]
    goal.refresh_from_db()
    assert goal.state == state


@pytest.mark.parametrize("act", ["", "x", "0", "9" * 30])
def test_taking_back_what_was_not_on_the_page_is_refused(client, made, goal, act):
    response = post(client, made.student, "goal-take-back", goal, {"act": act})
    assert "Er is iets gewijzigd" in response.content.decode()


def test_plan_is_closed_and_opened_again(client, made):
    page = login(client, made.teacher).get(made.plan.get_absolute_url()).content.decode()
    assert url("plan-close", made.plan) in page
    for _ in range(2):
        response = post(client, made.teacher, "plan-close", made.plan)
        assert told(response) == [("success", "Het leerplan is afgesloten.")]
    assert url("plan-reopen", made.plan) in response.content.decode()
    for _ in range(2):
        response = post(client, made.teacher, "plan-reopen", made.plan)
        assert told(response) == [("success", "Het leerplan is weer open.")]
    made.plan.refresh_from_db()
    assert made.plan.state == PlanState.DRAFT


def test_student_hears_that_a_goal_was_dropped_and_that_it_is_there_again(made, outbox):
    goal = made.asked_goal()
    teacher, before = made.actors[Party.SCHOOL], len(outbox())
    for _press in range(2):
        goals.lapse(goal_id=goal.pk, reason="Past niet", by=teacher, read=None)
    sent = OutgoingMail.objects.get(kind="student_goal_dropped")
    assert (sent.to_email, "Past niet" in sent.body) == (made.student.email, False)
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, sent_at=timezone.now())
    goals.take_back(goal_id=goal.pk, act_id=act_of(goal)["act"], by=teacher)
    assert len(outbox()) == before + 2


def test_student_hears_that_the_plan_was_closed_and_not_when_that_is_taken_back_before_the_mail_went(made):
    teacher = made.actors[Party.SCHOOL]
    plans.close(plan_id=made.plan.pk, by=teacher, read=None)
    assert OutgoingMail.objects.get(kind="student_plan_closed").to_email == made.student.email
    plans.reopen(plan_id=made.plan.pk, by=teacher, read=None)
    assert not OutgoingMail.objects.filter(
        kind="student_plan_closed", state=OutgoingMail.State.QUEUED
    ).exists()


def test_plan_stays_closed_beside_a_new_one_and_after_two_weeks(made):
    teacher = made.actors[Party.SCHOOL]
    plans.close(plan_id=made.plan.pk, by=teacher, read=None)
    other = LearningPlanFactory(enrolment=made.enrolment)
    with pytest.raises(ValidationError, match="al een leerplan"):
        plans.reopen(plan_id=made.plan.pk, by=teacher, read=None)
    other.delete()
    with time_machine.travel(made.plan.created_at + TOO_LATE, tick=False), pytest.raises(ValidationError):
        plans.reopen(plan_id=made.plan.pk, by=teacher, read=None)
