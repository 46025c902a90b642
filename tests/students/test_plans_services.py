"""Consent, goal by goal: who agreed to what, when a text holds and when a plan is active."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import ProtectedError

from accounts.enums import Role
from core.dates import today
from core.models import OutgoingMail, StateChange
from core.states import IllegalTransition, advance
from partnerships.actors import actor_of
from students.enums import Answer, GoalState, Party, PlanState
from students.models import Consent, Goal, GoalVersion, LearningPlan
from students.queries.suggestions import first_person
from students.services import goals, plans
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import access, ended
from tests.factories.programmes import CoreTaskFactory, QualificationFactory, WorkProcessFactory
from tests.factories.students import EnrolmentFactory, GoalFactory, LearningPlanFactory
from tests.helpers import acting, member
from tests.students.worlds import world

pytestmark = pytest.mark.django_db
ALL = (Party.STUDENT, Party.EMPLOYER)


def test_create_suggests_a_goal_per_work_process_of_the_own_programme(made):
    made.plan.delete()
    qualification = QualificationFactory()
    made.enrolment.cohort.programme.qualifications.add(qualification)
    task = CoreTaskFactory(qualification=qualification)
    own = WorkProcessFactory(core_task=task, title="Ondersteunt bij persoonlijke verzorging")
    foreign = WorkProcessFactory(title="Verft kozijnen")

    plan = plans.create(
        enrolment_id=made.enrolment.pk, by=made.actors[Party.SCHOOL], work_process_ids=[own.pk, foreign.pk]
    )

    assert [goal.latest.text for goal in plan.goals.all()] == ["Ik ondersteun bij persoonlijke verzorging"]
    assert plan.state == PlanState.DRAFT


def test_create_second_open_plan_is_refused(made):
    with pytest.raises(ValidationError):
        plans.create(enrolment_id=made.enrolment.pk, by=made.actors[Party.SCHOOL])


def test_create_for_waiting_student_is_refused():
    enrolment = EnrolmentFactory(state="waiting")
    with pytest.raises(ValidationError):
        plans.create(enrolment_id=enrolment.pk, by=acting(OrganisationFactory(), Role.TEACHER))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Voert verpleegtechnische handelingen uit", "Ik voer verpleegtechnische handelingen uit"),
        ("Verricht metingen", "Ik verricht metingen"),
        ("Biedt begeleiding", "Ik bied begeleiding"),
        ("Gaat om met collega's", "Ik ga om met collega's"),
        ("Zet materiaal klaar", "Ik zet materiaal klaar"),
        ("Werk voorbereiden en afstemmen", "Ik kan werk voorbereiden en afstemmen"),
        ("Contact onderhouden", "Ik kan contact onderhouden"),
    ],
)
def test_suggestion_is_in_the_first_person(title, text):
    assert first_person(title) == text


def test_ask_without_employer_keeps_a_draft():
    made = world(with_employer=False)
    GoalFactory(plan=made.plan)
    with pytest.raises(ValidationError):
        plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    assert made.plan.versions.count() == 0


def test_ask_numbers_the_version_and_counts_as_own_yes(made):
    goal = GoalFactory(plan=made.plan)
    version = plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.EMPLOYER])
    goal.refresh_from_db()
    assert version.number == 1
    assert list(version.goal_versions.all()) == [goal.latest]
    consent = goal.latest.consents.get()
    assert (consent.party, consent.answer, consent.organisation) == (
        Party.EMPLOYER,
        Answer.YES,
        made.employer,
    )


def test_ask_without_new_text_is_refused_to_whom_did_not_ask_last(made):
    made.asked_goal()
    with pytest.raises(ValidationError):
        plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.EMPLOYER])
    asked = plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])  # a button pressed twice
    assert made.plan.versions.get() == asked


def test_third_yes_puts_the_text_in_force_and_activates_the_plan_once(made):
    goal = made.asked_goal()
    made.answer(goal, Party.STUDENT)
    assert (goal.state, goal.current, made.plan.state) == (GoalState.PROPOSED, None, PlanState.DRAFT)
    made.answer(goal, Party.EMPLOYER)
    assert (goal.state, goal.current, made.plan.state) == (GoalState.AGREED, goal.latest, PlanState.ACTIVE)
    assert made.plan.activated_at is not None
    assert StateChange.objects.filter(model="students.learningplan", action="activate").count() == 1


def test_plan_waits_for_its_last_goal_and_stays_active_afterwards(made):
    first, second = GoalFactory(plan=made.plan), GoalFactory(plan=made.plan)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    made.answer(first, *ALL)
    assert made.plan.state == PlanState.DRAFT
    made.answer(second, *ALL)
    assert made.plan.state == PlanState.ACTIVE
    made.asked_goal()
    made.plan.refresh_from_db()
    assert made.plan.state == PlanState.ACTIVE


def test_change_keeps_the_earlier_text_until_three_agree_and_leaves_the_other_nine(made):
    ten = [GoalFactory(plan=made.plan) for _ in range(10)]
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    for goal in ten:
        made.answer(goal, *ALL)
    changed = ten[0]
    earlier = changed.current
    before = Consent.objects.count()

    plans.change_goal(goal_id=changed.pk, by=made.actors[Party.STUDENT], text="Ik rapporteer zelfstandig")
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.STUDENT])

    changed.refresh_from_db()
    assert (changed.shown, changed.pending.text) == (earlier, "Ik rapporteer zelfstandig")
    assert Consent.objects.count() == before + 1  # the asker's own; nine goals were not asked again
    assert list(made.plan.goals.awaiting(Party.SCHOOL)) == [changed]
    assert list(made.plan.goals.awaiting(Party.EMPLOYER)) == [changed]
    made.answer(changed, Party.SCHOOL, Party.EMPLOYER)
    assert changed.shown.text == "Ik rapporteer zelfstandig"
    assert made.plan.versions.count() == 2


def test_same_answer_twice_is_one(made):
    goal = made.asked_goal()
    made.answer(goal, Party.STUDENT)
    made.answer(goal, Party.STUDENT)
    assert goal.latest.consents.filter(party=Party.STUDENT).count() == 1


def test_answer_to_replaced_text_is_refused(made):
    goal = made.asked_goal()
    old = goal.latest_id
    plans.change_goal(goal_id=goal.pk, by=made.actors[Party.SCHOOL], text="Ik rapporteer korter")
    with pytest.raises(ValidationError, match="nieuwere tekst"):
        plans.answer(goal_version_id=old, answer="yes", by=made.actors[Party.STUDENT])


def test_asking_consent_tells_the_other_parties_where_to_answer(made):
    """parties_consent_asked: not the one who asked, and the link leads to the answer."""
    made.asked_goal()
    mails = OutgoingMail.objects.filter(kind="parties_consent_asked")
    assert {mail.to_email for mail in mails} == {made.student.email, made.trainer.email}
    assert all(f"/leerplannen/{made.plan.public_id}/akkoord/" in mail.link for mail in mails)
    assert any("1 doel in je leerplan" in mail.body for mail in mails)


def test_answer_before_asking_is_refused(made):
    goal = GoalFactory(plan=made.plan)
    with pytest.raises(ValidationError, match="nog geen akkoord gevraagd"):
        made.answer(goal, Party.STUDENT)


def test_change_request_needs_a_reason_and_tells_the_others(made):
    goal = made.asked_goal()
    with pytest.raises(ValidationError):
        made.answer(goal, Party.EMPLOYER, answer="change", remark="  ")
    made.answer(goal, Party.EMPLOYER, answer="change", remark="Noem de methode.")
    mails = OutgoingMail.objects.filter(kind="parties_goal_sent_back")
    assert {mail.to_email for mail in mails} == {made.student.email, made.teacher.email}
    assert all(goal.get_absolute_url() in mail.link for mail in mails)
    assert not any("Noem de methode" in mail.body for mail in mails)
    assert list(made.plan.goals.sent_back()) == [goal]
    # Nobody is chased for a text that will be rewritten, and the same words may be put to consent again.
    assert not made.plan.goals.awaiting(Party.STUDENT).exists()
    plans.change_goal(goal_id=goal.pk, by=made.actors[Party.SCHOOL])


def test_change_goal_without_a_difference_is_refused(made):
    goal = made.asked_goal()
    with pytest.raises(ValidationError, match="nog niets veranderd"):
        plans.change_goal(goal_id=goal.pk, by=made.actors[Party.SCHOOL], text=goal.latest.text)


def test_change_goal_based_on_an_older_text_is_refused(made):
    goal = made.asked_goal()
    old = goal.latest_id
    plans.change_goal(goal_id=goal.pk, by=made.actors[Party.SCHOOL], text="Ik eerst")
    with pytest.raises(ValidationError, match="Iemand anders"):
        plans.change_goal(goal_id=goal.pk, by=made.actors[Party.STUDENT], based_on=old, text="Ik daarna")


def test_new_employer_is_asked_about_goals_not_yet_assessed(made):
    kept, done = GoalFactory(plan=made.plan), GoalFactory(plan=made.plan)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    for goal in (kept, done):
        made.answer(goal, *ALL)
    made.hand_in(done)
    made.assess(done)
    newcomer = OrganisationFactory()
    trainer = actor_of(member(newcomer, Role.CONTACT))
    ended(made.enrolment, today() - timedelta(days=1))
    access(enrolment=made.enrolment, organisation=newcomer, starts_on=today())

    assert list(made.plan.goals.awaiting(Party.EMPLOYER)) == [kept]
    kept.refresh_from_db()
    plans.answer(goal_version_id=kept.latest_id, answer="yes", by=trainer)

    kept.refresh_from_db()
    made.plan.refresh_from_db()
    assert (kept.state, made.plan.state) == (GoalState.AGREED, PlanState.ACTIVE)
    answers = kept.latest.consents.filter(party=Party.EMPLOYER).values_list("organisation", flat=True)
    assert set(answers) == {made.employer.pk, newcomer.pk}  # the earlier answer stays as history
    assert not made.plan.goals.awaiting(Party.EMPLOYER).exists()


def test_draft_plan_needs_todays_employer(made):
    first, second = GoalFactory(plan=made.plan), GoalFactory(plan=made.plan)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    made.answer(first, *ALL)
    newcomer = OrganisationFactory()
    made.actors[Party.EMPLOYER] = actor_of(member(newcomer, Role.CONTACT))
    ended(made.enrolment, today() - timedelta(days=1))
    access(enrolment=made.enrolment, organisation=newcomer, starts_on=today())
    made.answer(second, *ALL)
    assert made.plan.state == PlanState.DRAFT
    made.answer(first, Party.EMPLOYER)
    assert made.plan.state == PlanState.ACTIVE


def test_answer_many_is_all_or_nothing(made):
    first, second = GoalFactory(plan=made.plan), GoalFactory(plan=made.plan)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    first.refresh_from_db()
    second.refresh_from_db()
    answers = {first.latest_id: ("yes", ""), second.latest_id: ("change", "")}
    with pytest.raises(ValidationError):
        plans.answer_many(plan_id=made.plan.pk, answers=answers, by=made.actors[Party.STUDENT])
    assert not first.latest.consents.filter(party=Party.STUDENT).exists()


@pytest.mark.parametrize("field", ["text", "criterion", "due_on", "number"])
def test_goal_version_cannot_be_changed(field):
    version = GoalFactory().latest
    value = {"text": "Anders", "criterion": "Anders", "due_on": today(), "number": 7}[field]
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        GoalVersion.objects.filter(pk=version.pk).update(**{field: value})


def test_consent_stands_with_who_gave_it(made):
    goal = made.asked_goal()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Consent.objects.filter(goal_version=goal.latest).update(answer=Answer.CHANGE, remark="x")
    with pytest.raises(ProtectedError):
        made.teacher.person.delete()
    assert Consent.objects.get(goal_version=goal.latest).by == made.teacher.person


def test_closed_plan_takes_nothing(made):
    goal = made.asked_goal()
    plans.close(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL], read=None)
    for act in (
        lambda: made.answer(goal, Party.STUDENT),
        lambda: plans.add_goal(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL], text="Ik", due_on=today()),
        lambda: goals.hand_in(goal_id=goal.pk, by=made.actors[Party.STUDENT], read=None),
    ):
        with pytest.raises(ValidationError):
            act()


@pytest.mark.parametrize(("state", "action"), list(product(GoalState, Goal.TRANSITIONS)))
def test_every_goal_state_and_action(state, action):
    goal = GoalFactory(state=state)
    sources, target = Goal.TRANSITIONS[action]
    values = {"result": "passed", "assessed_at": goal.plan.created_at} if action == "assess" else {}
    if action == "resume":
        values = {"result": "", "assessed_at": None}
    if action == "agree":
        values = {"current": goal.latest}
    if state in sources:
        advance(goal, action, by=None, reason="omdat", **values)
    else:
        with pytest.raises(IllegalTransition):
            advance(goal, action, by=None, reason="omdat", **values)
    assert Goal.objects.get(pk=goal.pk).state == (target if state in sources else state)
    transaction.set_rollback(True)  # the table alone was tried: no hand-in goes with it


@pytest.mark.parametrize(("state", "action"), list(product(PlanState, LearningPlan.TRANSITIONS)))
def test_every_plan_state_and_action(state, action):
    made = LearningPlanFactory()
    plan = LearningPlanFactory(state=state, activated_at=made.created_at if state == "active" else None)
    sources, target = LearningPlan.TRANSITIONS[action]
    values = {"activated_at": plan.created_at} if action in {"activate", "reopen"} else {}
    if state in sources:
        advance(plan, action, by=None, **values)
    else:
        with pytest.raises(IllegalTransition):
            advance(plan, action, by=None, **values)
    assert LearningPlan.objects.get(pk=plan.pk).state == (target if state in sources else state)
