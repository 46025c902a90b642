"""What waits for which party: one answer, in SQL and on rows, for every state that can come about."""

import random
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from partnerships.actors import actor_of
from students.enums import AccessScope, Answer, GoalResult, GoalState, Party, PlanState
from students.models import Consent, Goal, GoalVersion, LearningPlan
from students.models.answers import Said
from students.presenters import next_steps
from students.presenters.cohorts import plans_of
from students.queries.cohorts import students_of
from students.queries.consent import of_whole_plan, standing_from, standing_of
from students.queries.people import people, people_of
from students.rules import party_of
from students.services import plans
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import access, ended
from tests.factories.students import EnrolmentFactory, GoalFactory, LearningPlanFactory
from tests.helpers import closed, login, member
from tests.students.standing import counted
from tests.students.worlds import supervisor

pytestmark = pytest.mark.django_db

OURS, FORMER = 1, 2
YES, CHANGE = Answer.YES, Answer.CHANGE
STUDENT, EMPLOYER, SCHOOL = Party.STUDENT, Party.EMPLOYER, Party.SCHOOL
ALL = frozenset(Party)

# Answers as (party, answer, organisation); what differs from a text asked in an open plan with an employer;
# for whom it waits; to whom it was sent back; what the strip shows of student, employer and school.
CASES = [
    ("asked", [], {}, ALL, set(), "wait wait wait"),
    ("not asked", [], {"is_asked": False}, set(), set(), "none none none"),
    ("student said yes", [(STUDENT, YES, None)], {}, {EMPLOYER, SCHOOL}, set(), "ok wait wait"),
    (
        "all said yes",
        [(STUDENT, YES, None), (EMPLOYER, YES, OURS), (SCHOOL, YES, None)],
        {},
        set(),
        set(),
        "ok ok ok",
    ),
    ("school sent back", [(SCHOOL, CHANGE, None)], {}, set(), {STUDENT, EMPLOYER}, "wait wait back"),
    ("employer sent back", [(EMPLOYER, CHANGE, OURS)], {}, set(), {STUDENT, SCHOOL}, "wait back wait"),
    ("former employer's yes", [(EMPLOYER, YES, FORMER)], {}, ALL, set(), "wait wait wait"),
    ("former employer's change", [(EMPLOYER, CHANGE, FORMER)], {}, ALL, set(), "wait wait wait"),
    (
        "former employer's change, today's yes",
        [(EMPLOYER, CHANGE, FORMER), (EMPLOYER, YES, OURS)],
        {},
        {STUDENT, SCHOOL},
        set(),
        "wait ok wait",
    ),
    ("no employer", [], {"employer_id": None}, {STUDENT, SCHOOL}, set(), "wait wait wait"),
    (
        "no employer, the last one said yes",
        [(EMPLOYER, CHANGE, OURS), (EMPLOYER, YES, FORMER)],
        {"employer_id": None},
        {STUDENT, SCHOOL},
        set(),
        "wait ok wait",
    ),
    (
        "no employer, the last one sent back",
        [(EMPLOYER, YES, OURS), (EMPLOYER, CHANGE, FORMER)],
        {"employer_id": None},
        set(),
        {STUDENT, SCHOOL},
        "wait back wait",
    ),
    ("plan closed", [], {"plan_state": PlanState.CLOSED}, set(), set(), "wait wait wait"),
    (
        "plan closed, sent back",
        [(SCHOOL, CHANGE, None)],
        {"plan_state": PlanState.CLOSED},
        set(),
        set(),
        "wait wait back",
    ),
    (
        "handed in",
        [(SCHOOL, YES, None)],
        {"state": GoalState.DEMONSTRATED},
        {STUDENT, EMPLOYER},
        set(),
        "wait wait ok",
    ),
    ("lapsed", [], {"state": GoalState.LAPSED}, set(), set(), "wait wait wait"),
    (
        "assessed, employer of then",
        [(STUDENT, YES, None), (EMPLOYER, YES, FORMER), (SCHOOL, YES, None)],
        {"state": GoalState.ASSESSED},
        set(),
        set(),
        "ok ok ok",
    ),
    ("assessed, never answered", [], {"state": GoalState.ASSESSED}, set(), set(), "none none none"),
]


@pytest.mark.parametrize(
    ("answers", "facts", "waits", "back", "strip"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_standing(answers, facts, waits, back, strip):
    usual = {
        "state": GoalState.PROPOSED,
        "plan_state": PlanState.DRAFT,
        "is_asked": True,
        "is_agreed": False,
        "employer_id": OURS,
    }
    found = standing_from([Said(*answer) for answer in answers], **(usual | facts))
    assert {party for party in Party if found.waits_for(party)} == waits
    to = {party for party in Party if found.is_sent_back(to=party)}
    assert to == back if back else not found.is_sent_back()
    assert " ".join(found.state(party) for party in Party) == strip
    assert not found.waits_for(None)


def random_plan(chance: random.Random, organisations, goals: int = 8) -> None:
    """A plan as it may have become: employers that came and went, texts asked, answered, sent back and replaced."""
    enrolment = EnrolmentFactory()
    for organisation in chance.sample(organisations, chance.randint(0, 3)):
        begun = today() - timedelta(days=chance.choice([-3, 0, 10, 10, 40]))
        ended = begun + timedelta(days=chance.choice([5, 30, 400]))
        scope = chance.choice([AccessScope.PLAN, AccessScope.PLAN, AccessScope.EXCHANGE])
        access(enrolment=enrolment, organisation=organisation, scope=scope, starts_on=begun, ends_on=ended)
    state = chance.choice([PlanState.DRAFT, PlanState.ACTIVE, PlanState.ACTIVE, PlanState.CLOSED])
    moment = timezone.now() if state == PlanState.ACTIVE else None
    plan = LearningPlanFactory(enrolment=enrolment, state=state, activated_at=moment)
    for _goal in range(goals):
        random_goal(chance, plan, organisations)


def random_goal(chance: random.Random, plan, organisations) -> None:
    state = chance.choice(list(GoalState))
    result = chance.choice(list(GoalResult)) if state == GoalState.ASSESSED else ""
    goal = GoalFactory(plan=plan, state=state, result=result)
    versions = [goal.latest]
    if chance.random() < 0.3:
        versions.append(GoalVersion.objects.create(goal=goal, number=2, text="Ik ook", due_on=today()))
        Goal.objects.filter(pk=goal.pk).update(latest=versions[-1])
    for version in versions:
        if chance.random() < 0.85:
            GoalVersion.objects.filter(pk=version.pk).update(asked_at=timezone.now())
            random_answers(chance, version, organisations)


def random_answers(chance: random.Random, version, organisations) -> None:
    by = [(party, None) for party in (STUDENT, SCHOOL, STUDENT, SCHOOL) if chance.random() < 0.3]
    by += [(EMPLOYER, organisation) for organisation in organisations if chance.random() < 0.25]
    for number, (party, organisation) in enumerate(by, 1):
        answer = YES if chance.random() < 0.75 else CHANGE
        at = timezone.now() - timedelta(minutes=chance.randint(0, 2))  # at the same moment too
        Consent.objects.create(
            goal_version=version,
            number=number,
            party=party,
            capacity=Role.STUDENT,
            organisation=organisation,
            answer=answer,
            remark="Anders",
            at=at,
        )


@pytest.mark.parametrize("seed", range(3))
def test_sql_and_rows_give_the_same_over_random_plans(seed):
    chance = random.Random(seed)
    organisations = OrganisationFactory.create_batch(3)
    for _plan in range(12):
        random_plan(chance, organisations)
    found = counted()
    kinds = {f"waits {party}" for party in Party} | {f"back {party}" for party in ("all", *Party)}
    assert set(found) == kinds
    assert min(found.values()) >= 3


def test_employer_of_then_stays_with_an_assessed_goal(client, made):
    """The page once said "asked" of an achieved goal after a new employer, the list of next steps did not."""
    done, kept = GoalFactory(plan=made.plan), GoalFactory(plan=made.plan)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[SCHOOL])
    for goal in (done, kept):
        made.answer(goal, STUDENT, EMPLOYER)
    made.hand_in(done)
    made.assess(done)
    new_employer(made)
    rows = login(client, made.student).get(made.plan.get_absolute_url()).context["groups"][0].rows
    assert {row.goal.pk: row.parties[1].state for row in rows} == {done.pk: "ok", kept.pk: "wait"}


def test_agreed_text_shows_who_agreed_then_whoever_is_the_employer_now(client, made):
    goal = made.asked_goal()
    made.answer(goal, STUDENT, EMPLOYER)
    then = goal.latest.consents.latest("number")
    assert GoalVersion.objects.get().agreed_at == then.at
    later = new_employer(made)
    page = login(client, later).get(goal.get_absolute_url())
    assert [answer.party for answer in page.context["agreed"]] == [STUDENT, EMPLOYER, SCHOOL]
    assert page.context["agreed"][1] == then
    assert f"({made.employer.name})" in page.content.decode()
    assert page.context["row"].parties[1].state == "wait"  # the one of today is asked all the same
    plans.answer(goal_version_id=goal.latest_id, answer=YES, by=actor_of(later))
    plans.change_goal(goal_id=goal.pk, by=actor_of(later), text="Anders")
    page = login(client, made.student).get(goal.get_absolute_url())
    assert page.context["agreed"][1] == then
    assert f"({made.employer.name})" in page.content.decode()


def test_text_that_holds_was_agreed_and_stays_so(made):
    goal = made.asked_goal()
    with transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(current=goal.latest)
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)
    made.answer(goal, STUDENT, EMPLOYER)
    with pytest.raises(IntegrityError), transaction.atomic():
        GoalVersion.objects.update(agreed_at=None)


def test_agreed_goal_stays_agreed_while_a_new_text_is_only_written(client, made):
    """The page once said "not yet" of a goal that all three had agreed, as soon as someone wrote a new draft."""
    goal = made.asked_goal()
    made.answer(goal, STUDENT, EMPLOYER)
    goal.refresh_from_db()
    draft = GoalVersion.objects.create(goal=goal, number=2, text="Anders", due_on=goal.current.due_on)
    Goal.objects.filter(pk=goal.pk).update(latest=draft)
    rows = login(client, made.student).get(made.plan.get_absolute_url()).context["groups"][0].rows
    assert [party.state for party in rows[0].parties] == ["ok", "ok", "ok"]
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[SCHOOL])
    rows = login(client, made.student).get(made.plan.get_absolute_url()).context["groups"][0].rows
    assert [party.state for party in rows[0].parties] == ["wait", "wait", "ok"]


def test_change_asked_by_a_former_employer_is_put_to_the_new_one(client, made):
    """Page and list of next steps say the same: the text waits for the new employer."""
    goal = made.asked_goal()
    made.answer(goal, EMPLOYER, answer="change", remark="Anders")
    trainer = new_employer(made)
    organisation = trainer.person.memberships.get().organisation_id
    assert [step.kind for step in next_steps.for_employer(actor_of(trainer), organisation)] == ["consent"]
    page = login(client, trainer).get(made.plan.get_absolute_url())
    assert page.context["waiting"] == 1
    assert [step.kind for step in next_steps.for_student(made.actors[STUDENT])] == ["consent"]


def test_only_the_newest_of_two_employers_is_asked(made):
    made.asked_goal()
    newest = OrganisationFactory()
    ended(made.enrolment, today() + timedelta(days=5))
    access(enrolment=made.enrolment, organisation=newest, starts_on=today() + timedelta(days=6))
    made.enrolment.placements.filter(organisation=newest).update(confirmed_on=today())
    trainer = actor_of(member(newest, Role.CONTACT))
    assert [step.kind for step in next_steps.for_employer(trainer, newest.pk)] == ["consent"]
    assert next_steps.for_employer(made.actors[EMPLOYER], made.employer.pk) == []


def new_employer(made):
    """From today another organisation is the employer; gives its contact."""
    ended(made.enrolment, today() - timedelta(days=1))
    organisation = OrganisationFactory()
    access(enrolment=made.enrolment, organisation=organisation, starts_on=today())
    return member(organisation, Role.CONTACT)


def test_people_of_a_party_are_those_who_may_answer_for_it(made, django_assert_num_queries):
    consenting, reading = supervisor(made, may_consent=True), supervisor(made)
    closed(member(made.employer, Role.CONTACT))
    other = EnrolmentFactory(cohort=made.enrolment.cohort, student__person__user=None)
    rows = list(type(other).objects.with_parties().select_related("student__person__user").order_by("pk"))
    with django_assert_num_queries(2):
        found = people(rows)
    assert found[made.enrolment.pk] == {
        STUDENT: [made.student.person],
        EMPLOYER: [made.trainer.person, consenting.person],
        SCHOOL: [made.teacher.person],
    }
    assert found[other.pk] == {STUDENT: [], EMPLOYER: [], SCHOOL: [made.teacher.person]}
    mine = next(row for row in rows if row.pk == made.enrolment.pk)
    for party, able in found[made.enrolment.pk].items():
        assert people_of(mine, party) == able
        assert {party_of(actor_of(person.user), mine) for person in able} == {party}
    assert party_of(actor_of(reading), mine) is None
    assert people_of(mine, *Party) == [
        one.person for one in (made.student, made.trainer, consenting, made.teacher)
    ]


def test_standing_of_a_row_reads_what_the_list_loaded(made, django_assert_num_queries):
    made.asked_goal()
    goal = Goal.objects.for_list().get()
    with django_assert_num_queries(0):
        found = standing_of(goal, made.employer.pk)
        assert [found.state(party) for party in Party] == ["wait", "wait", "ok"]


def test_supervisor_of_an_earlier_employer_answers_for_nobody(client, made):
    """Access of two employers can overlap; the supervisor of the first once answered in the name of the second."""
    earlier = supervisor(made, may_consent=True)
    goal = made.asked_goal()
    organisation = OrganisationFactory()
    access(enrolment=made.enrolment, organisation=organisation, starts_on=today())
    newer = member(organisation, Role.SUPERVISOR, may_consent=True)
    access(
        enrolment=made.enrolment,
        organisation=organisation,
        membership=newer.person.memberships.get(),
        starts_on=today(),
    )
    enrolment = type(made.enrolment).objects.with_parties().select_related("student__person__user").get()
    assert party_of(actor_of(earlier), enrolment) is None
    assert party_of(actor_of(newer), enrolment) == EMPLOYER
    assert people_of(enrolment, EMPLOYER) == [newer.person]
    assert next_steps.for_supervisor(actor_of(earlier)) == []
    assert [step.kind for step in next_steps.for_supervisor(actor_of(newer))] == ["consent"]
    with pytest.raises(ValidationError):
        plans.answer(goal_version_id=goal.latest_id, answer=YES, by=actor_of(earlier))


def test_earlier_employer_reads_the_plan_no_more(client, made):
    """Access ends with the placement: contact and supervisor of then get 404, on the plan and on its goals."""
    earlier = supervisor(made, may_consent=True)
    goal = made.asked_goal()
    new_employer(made)
    for user in (made.trainer, earlier):
        login(client, user)
        for page in (made.plan, goal):
            assert client.get(page.get_absolute_url()).status_code == 404
    assert next_steps.for_supervisor(actor_of(earlier)) == []


def test_line_of_a_cohort_says_the_same_as_the_plan_itself():
    """It reads of each goal a few columns, and what held before only where a newer text was written."""
    chance = random.Random(13)
    organisations = OrganisationFactory.create_batch(3)
    for _turn in range(12):
        for goals in (1, 2, 8):
            random_plan(chance, organisations, goals)
    kinds = set()
    for plan in LearningPlan.objects.select_related("enrolment"):
        (line,) = students_of(plan.enrolment.cohort_id)
        found = plans_of([line])[line.pk]
        employer = plan.enrolment.parties.employer
        goals = Goal.objects.filter(plan=plan).live().for_list()
        standings = [standing_of(goal, employer) for goal in goals]
        states = [of_whole_plan(standings, party) for party in Party]
        kinds.add(found.kind)
        if plan.state == PlanState.CLOSED:
            assert found.kind == "fine"
        elif found.kind == "late":
            assert found.late == min(
                goal.current.due_on for goal in goals if goal.state in ("agreed", "busy") and goal.current
            )
            assert found.late < today()
        elif "back" in states:
            assert found.kind == "back"
        else:
            assert found.missing == states.count("wait")
    assert kinds >= {"fine", "back", "missing"}
