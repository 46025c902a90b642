"""A colleague belongs to an organisation and may be seated for it: the role gives no more."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from partnerships.actors import actor_of
from partnerships.enums import OrganisationKind
from partnerships.models import Organisation
from partnerships.queries.groups import can_be_seated
from partnerships.roles import EMPLOYER_PARTY, KEEPS_SLOTS, LOOKS_FOR_SLOTS, MANDATED, SCHOOL_STAFF
from partnerships.rules.memberships import daily_role_of, roles_of
from placements.models import Match, Placement, Slot
from students.models import Enrolment, Goal
from tests.agreements.cases import agreement_case
from tests.factories.partnerships import GroupFactory, GroupSeatFactory, MemberFactory, OrganisationFactory
from tests.factories.placements import SlotFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", OrganisationKind)
def test_every_organisation_can_have_colleagues_and_the_daily_work_is_anothers(kind):
    organisation = Organisation(kind=kind)
    assert Role.COLLEAGUE in roles_of(organisation)
    assert daily_role_of(organisation) != Role.COLLEAGUE


def test_no_right_names_the_role():
    sets = (EMPLOYER_PARTY, KEEPS_SLOTS, LOOKS_FOR_SLOTS, SCHOOL_STAFF, *MANDATED.values())
    assert not [roles for roles in sets if Role.COLLEAGUE in roles]


def test_colleague_sees_no_places_and_nobody_who_learns():
    case = agreement_case()
    SlotFactory(organisation=case.employer)
    for organisation in (case.employer, case.placement.enrolment.cohort.programme.school):
        actor = actor_of(member(organisation, Role.COLLEAGUE))
        for model in (Slot, Match, Placement, Enrolment, Goal):
            assert not model.objects.visible_to(actor).exists()


def test_colleague_is_seated_and_reads_the_papers():
    joined = MemberFactory()
    user = member(joined.organisation, Role.COLLEAGUE)
    group = GroupFactory(partnership=joined.partnership)
    assert [row.person for row in can_be_seated(group)] == [user.person]
    GroupSeatFactory(group=group, person=user.person, organisation=joined.organisation)
    assert actor_of(user).groups == {group.pk}


def test_first_page_of_a_colleague_is_who_works_there(client):
    organisation = OrganisationFactory()
    user = member(organisation, Role.COLLEAGUE)
    login(client, user)
    page = client.get("/mijn/", follow=True)
    assert page.request["PATH_INFO"] == reverse("partnerships:people-list", args=[organisation.slug])
    assert user.person.full_name in page.content.decode()
    assert client.get(reverse("partnerships:people-invite", args=[organisation.slug])).status_code == 403
