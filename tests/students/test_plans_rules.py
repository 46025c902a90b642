"""Who may do what with plans and goals, rule by rule; every refusal has its reason."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from core.access import Verdict
from core.dates import today
from core.states import advance
from partnerships.actors import actor_of
from students import rules
from students.enums import AccessScope, GoalResult, GoalState, Party, PlanState
from students.models import Enrolment, Goal
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import access, ended
from tests.factories.students import GoalFactory
from tests.helpers import acting, member
from tests.students.worlds import supervisor, world

pytestmark = pytest.mark.django_db


def loaded(goal):
    return Goal.objects.for_page().get(pk=goal.pk)


def test_parties_and_sides(made):
    mine, enrolment = made.actors, made.enrolment
    for party in Party:
        assert rules.party_of(mine[party], enrolment) == party
        assert rules.side_of(mine[party], enrolment) == party
    reader = actor_of(supervisor(made))
    consenting = actor_of(supervisor(made, may_consent=True))
    fresh = type(enrolment).objects.with_parties().get(pk=enrolment.pk)
    assert (rules.party_of(reader, fresh), rules.side_of(reader, fresh)) == (None, Party.EMPLOYER)
    assert rules.party_of(consenting, fresh) == Party.EMPLOYER
    stranger = acting(OrganisationFactory(), Role.CONTACT)
    assert (rules.party_of(stranger, fresh), rules.side_of(stranger, fresh)) == (None, None)
    assert not rules.can_read_whole_plan(stranger, fresh)
    assert rules.can_read_whole_plan(reader, fresh)


def test_exchange_host_is_on_the_employers_side_but_no_party(made):
    host = OrganisationFactory()
    access(enrolment=made.enrolment, organisation=host, scope=AccessScope.EXCHANGE)
    actor = actor_of(member(host, Role.CONTACT))
    assert rules.party_of(actor, made.enrolment) is None
    assert rules.side_of(actor, made.enrolment) == Party.EMPLOYER
    assert "uitwisseling" in str(rules.can_read_whole_plan(actor, made.enrolment).reason)


def test_newest_of_two_employers_is_the_party(made):
    """The next employer reads the plan from the day on which all said yes, while the one of now is still there."""
    newcomer = OrganisationFactory()
    ended(made.enrolment, today() + timedelta(days=5))
    access(enrolment=made.enrolment, organisation=newcomer, starts_on=today() + timedelta(days=6))
    newest = made.enrolment.placements.get(organisation=newcomer)
    type(newest).objects.filter(pk=newest.pk).update(confirmed_on=today())
    parties = Enrolment.objects.with_parties().get(pk=made.enrolment.pk).parties
    assert parties.employers == (newcomer.pk, made.employer.pk)


# rule, the parties that may, the states of a goal in which they may
GOAL_RULES = [
    ("can_begin", {Party.STUDENT}, {GoalState.AGREED}),
    ("can_hand_in", {Party.STUDENT}, {GoalState.AGREED, GoalState.BUSY}),
    ("can_assess", {Party.SCHOOL}, {GoalState.DEMONSTRATED}),
    ("can_resume", {Party.STUDENT, Party.SCHOOL}, {GoalState.ASSESSED}),
    ("can_lapse", {Party.SCHOOL}, {GoalState.PROPOSED, GoalState.AGREED, GoalState.BUSY}),
    ("can_change_goal", set(Party), {GoalState.PROPOSED, GoalState.AGREED, GoalState.BUSY}),
    ("can_remark", set(Party), set(GoalState)),
    ("can_add_evidence", {Party.STUDENT}, set(GoalState) - {GoalState.LAPSED}),
    ("can_share_evidence", {Party.STUDENT}, set(GoalState)),
    ("can_correct", {Party.SCHOOL}, {GoalState.ASSESSED}),
]


@pytest.mark.parametrize("state", GoalState)
def test_rules_of_a_goal(state, made):
    result = GoalResult.NOT_YET if state == GoalState.ASSESSED else ""
    goal = loaded(GoalFactory(plan=made.plan, state=state, result=result))
    for name, parties, states in GOAL_RULES:
        for party in Party:
            verdict: Verdict = getattr(rules, name)(made.actors[party], goal)
            assert (name, party, bool(verdict)) == (name, party, party in parties and state in states)
            assert bool(verdict) or str(verdict.reason)
            assert bool(verdict) or verdict.is_final == (party not in parties)


def test_nothing_is_done_in_a_closed_plan(made):
    goal = made.asked_goal()
    advance(made.plan, "close", by=None)
    assert made.plan.state == PlanState.CLOSED
    closed = loaded(goal)
    student, teacher = made.actors[Party.STUDENT], made.actors[Party.SCHOOL]
    refused = [
        rules.can_answer(student, closed),
        rules.can_change_goal(student, closed),
        rules.can_remark(student, closed),
        rules.can_add_evidence(student, closed),
        rules.can_begin(student, closed),
        rules.can_share_evidence(student, closed),
        rules.can_propose_goal(student, closed.plan),
        rules.can_ask_consent(student, closed.plan),
        rules.can_edit_plan(teacher, closed.plan),
    ]
    assert {str(verdict.reason) for verdict in refused} == {"Dit leerplan is afgesloten."}
    assert not any(verdict.is_final for verdict in refused)


def test_answering_needs_a_text_that_was_asked_and_not_answered(made):
    student, teacher = made.actors[Party.STUDENT], made.actors[Party.SCHOOL]
    not_asked = loaded(GoalFactory(plan=made.plan))
    assert "nog geen akkoord gevraagd" in str(rules.can_answer(student, not_asked).reason)
    asked = loaded(made.asked_goal())
    assert rules.can_answer(student, asked)
    assert rules.can_answer(teacher, asked)  # the newest answer counts until all three agree
    made.answer(asked, Party.STUDENT, Party.EMPLOYER)
    assert "alle drie akkoord" in str(rules.can_answer(teacher, loaded(asked)).reason)
    assert not rules.can_answer(acting(made.school, Role.TEACHER), loaded(asked))
    done = loaded(GoalFactory(plan=made.plan, state=GoalState.ASSESSED))
    assert "geen akkoord meer nodig" in str(rules.can_answer(student, done).reason)


def test_making_and_editing_a_plan_is_the_schools():
    made = world(with_employer=False)
    student, teacher = made.actors[Party.STUDENT], made.actors[Party.SCHOOL]
    assert rules.can_create_plan(teacher, made.enrolment)
    assert not rules.can_create_plan(student, made.enrolment)
    assert rules.can_edit_plan(teacher, made.plan)
    assert not rules.can_edit_plan(student, made.plan)
    assert "nog geen werkgever" in str(rules.can_ask_consent(teacher, made.plan).reason)
    assert not rules.can_propose_goal(made.actors[Party.EMPLOYER], made.plan)
    assert not rules.can_ask_consent(made.actors[Party.EMPLOYER], made.plan)
    made.enrolment.state = "waiting"
    assert "is ingeschreven" in str(rules.can_create_plan(teacher, made.enrolment).reason)
