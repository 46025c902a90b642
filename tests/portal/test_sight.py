"""What the page for students says of who sees what is what the rules give: each party, each thing."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from agreements.models import Agreement
from partnerships.actors import actor_of
from partnerships.enums import MemberRole
from placements.models import Match, Placement
from placements.rules.matches import sees_wishes
from portal.sight import PARTIES, WORDS, Seer, Thing
from students.models import Enrolment, Evidence, LearningPlan, WorkSituation
from tests.factories.accounts import UserFactory
from tests.factories.agreements import AgreementFactory
from tests.factories.partnerships import MemberFactory, MembershipFactory, PartnershipFactory
from tests.factories.placements import MatchFactory, PlacementFactory, SupervisionFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EvidenceFactory, GoalFactory, LearningPlanFactory, WorkSituationFactory
from tests.helpers import member

pytestmark = pytest.mark.django_db
ROWS = {
    Thing.ENROLMENT: Enrolment,
    Thing.PROPOSAL: Match,
    Thing.PLACEMENT: Placement,
    Thing.AGREEMENT: Agreement,
    Thing.PLAN: LearningPlan,
    Thing.EVIDENCE: Evidence,
    Thing.SITUATIONS: WorkSituation,
}
SHOWN = {"for_teachers": True, "for_supervisor": True, "for_employer": True}


@pytest.fixture
def seers():
    """One of each party, around one placed student of whom there is one of each thing, shown to all that can be chosen."""
    partnership = PartnershipFactory()
    placement = PlacementFactory(
        enrolment__cohort__programme__partnership=partnership, slot__partnership=partnership
    )
    enrolment, employer = placement.enrolment, placement.organisation
    if placement.match is None:
        MatchFactory(slot=placement.slot, enrolment=enrolment)
    AgreementFactory(placement=placement)
    plan = LearningPlanFactory(enrolment=enrolment)
    EvidenceFactory(goal=GoalFactory(plan=plan), **SHOWN)
    WorkSituationFactory(enrolment=enrolment, **SHOWN)
    school = enrolment.cohort.programme.school
    teacher = member(school, Role.TEACHER)
    CohortTeacherFactory(cohort=enrolment.cohort, membership=teacher.person.memberships.get())
    guide = MembershipFactory(organisation=employer, role=Role.SUPERVISOR)
    SupervisionFactory(placement=placement, membership=guide)
    lead = MemberFactory(partnership=partnership, role=MemberRole.LEAD).organisation
    return {
        Seer.TEACHER: teacher,
        Seer.EMPLOYER: member(employer, Role.CONTACT),
        Seer.SUPERVISOR: guide.person.user,
        Seer.COORDINATOR: member(lead, Role.COORDINATOR),
        Seer.OTHER_TEACHER: member(school, Role.TEACHER),
        Seer.ADMINISTRATOR: UserFactory(admin=True),
    }


def test_page_says_what_the_rules_give(seers):
    assert {party.seer for party in PARTIES} == set(Seer)
    for party in PARTIES:
        actor = actor_of(seers[party.seer])
        seen = {thing for thing, model in ROWS.items() if model.objects.visible_to(actor).exists()}
        matches = Match.objects.visible_to(actor).with_taught(actor)
        seen |= {Thing.WISHES for match in matches if sees_wishes(actor, match)}
        assert seen == party.sees, party.seer


def test_what_is_shown_to_nobody_is_seen_by_nobody(seers):
    Evidence.objects.update(**dict.fromkeys(SHOWN, False))
    WorkSituation.objects.update(**dict.fromkeys(SHOWN, False))
    for seer, user in seers.items():
        for model in (Evidence, WorkSituation):
            assert not model.objects.visible_to(actor_of(user)).exists(), seer


def test_student_reads_it_and_finds_it(client, seers):
    user = Enrolment.objects.get().student.person.user
    client.force_login(user)
    path = reverse("student-sight")
    page = client.get(path).content.decode()
    for party in PARTIES:
        assert str(party.name) in page
    assert set(WORDS) == set(Thing)
    for start in (reverse("student-start"), reverse("students:me")):
        assert f'href="{path}"' in client.get(start).content.decode()
