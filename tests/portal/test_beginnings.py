"""Whoever begins finds on the first page what comes next and whom to ask, never that nothing has to be done."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from partnerships.enums import MemberRole
from placements.enums import SlotState
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    GroupSeatFactory,
    InitiativeFactory,
    JoinRequestFactory,
    LocationFactory,
    MemberFactory,
    MembershipFactory,
    MembershipInvitationFactory,
    OrganisationFactory,
    RoleRequestFactory,
)
from tests.factories.placements import SlotFactory
from tests.factories.programmes import (
    AccreditationFactory,
    CohortFactory,
    CohortTeacherFactory,
    ProgrammeFactory,
)
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db
NOTHING = "Je hoeft nu niets te doen"
ACCREDITATION = "Vraag een school om je erkenning te controleren"


def shown(client, user, name, *args):
    login(client, user)
    page = client.get(reverse(name, args=args), follow=True).content.decode()
    return " ".join(page[page.index("<main") : page.index("</main>")].split())


def titles(client, user, name, *args):
    """What waits, in the order of the list, and whether the page before it says so too."""
    login(client, user)
    response = client.get(reverse(f"{name}-next-steps", args=args))
    steps = response.context["steps"]
    first = shown(client, user, f"{name}-start", *args)
    assert (NOTHING in first) == (not steps)
    assert all(step.url in first for step in steps[:1])
    return [str(step.title) for step in steps]


@pytest.fixture
def employer():
    return OrganisationFactory()


@pytest.fixture
def school():
    return OrganisationFactory(school=True)


def test_manager_of_an_employer_with_nothing_reads_what_comes_next(client, employer):
    manager = member(employer, Role.MANAGER)
    rest = [
        "Nodig een contactpersoon uit",
        "Nodig een praktijkopleider uit",
        "Kies wie overeenkomsten tekent",
        ACCREDITATION,
    ]
    assert titles(client, manager, "employer", employer.slug) == ["Voeg je eerste locatie toe", *rest]
    assert reverse("partnerships:location-create", args=[employer.slug]) in shown(
        client, manager, "employer-start", employer.slug
    )
    LocationFactory(organisation=employer)
    assert titles(client, manager, "employer", employer.slug) == ["Meld je eerste plek aan", *rest]


@pytest.mark.parametrize("role", [Role.CONTACT, Role.PRACTICE_TRAINER])
def test_who_cannot_see_to_it_reads_whom_to_ask(client, employer, role):
    user, manager = member(employer, role), member(employer, Role.MANAGER)
    found = titles(client, user, "employer", employer.slug)
    assert found[0] == "Vraag om een eerste locatie"
    assert "Nodig een contactpersoon uit" not in found
    page = shown(client, user, "employer-start", employer.slug)
    assert f"Vraag het aan {manager.person.full_name}." in page
    people = reverse("partnerships:people-list", args=[employer.slug])
    assert people in page
    assert client.get(people).status_code == 200
    manager.person.memberships.get().delete()
    assert "Op dit moment beheert niemand je organisatie in Leerpact" in shown(
        client, user, "employer-start", employer.slug
    )


def test_an_employer_that_has_everything_has_nothing_to_do(client, employer):
    manager = member(employer, Role.MANAGER)
    member(employer, Role.PRACTICE_TRAINER, may_sign=True)
    slot = SlotFactory(organisation=employer, state=SlotState.DRAFT)
    AccreditationFactory(organisation=employer)
    assert titles(client, manager, "employer", employer.slug) == ["Zet je plek online"]
    slot.delete()
    SlotFactory(organisation=employer)
    assert titles(client, manager, "employer", employer.slug) == []


@pytest.mark.parametrize("gone", ["location", "trainer", "signs", "check"])
def test_what_goes_again_is_asked_for_again(client, employer, gone):
    """The first page takes what its places say of the employer; each thing that is missing is asked for all the same."""
    manager = member(employer, Role.MANAGER)
    contact = member(employer, Role.CONTACT, may_sign=True).person.memberships.get()
    trainer = member(employer, Role.PRACTICE_TRAINER).person.memberships.get()
    slot, yesterday = SlotFactory(organisation=employer), today() - timedelta(days=1)
    AccreditationFactory(organisation=employer, valid_until=yesterday if gone == "check" else None)
    if gone != "check":
        assert NOTHING in shown(client, manager, "employer-start", employer.slug)
    if gone == "location":
        slot.location.ends_on = yesterday
        slot.location.save()
    elif gone == "trainer":
        trainer.delete()
    elif gone == "signs":
        contact.mandates.all().delete()
    assert "3 van 4 klaar" in shown(client, manager, "employer-start", employer.slug)


def test_who_was_invited_is_not_asked_for_again(client, employer):
    manager = member(employer, Role.MANAGER)
    SlotFactory(organisation=employer)
    AccreditationFactory(organisation=employer)
    invited = MembershipInvitationFactory(
        organisation=employer, role=Role.CONTACT, also=Role.PRACTICE_TRAINER, may_sign=True
    )
    assert titles(client, manager, "employer", employer.slug) == []
    invited.invitation.revoked_at = invited.invitation.created_at
    invited.invitation.save()
    assert len(titles(client, manager, "employer", employer.slug)) == 3


def test_coordinators_are_named_to_whoever_asks_about_accreditation(client, employer):
    body = MembershipFactory(organisation__kind="knowledge_network", role=Role.COORDINATOR)
    lead = MemberFactory(organisation=body.organisation, role=MemberRole.LEAD)
    MemberFactory(partnership=lead.partnership, organisation=employer)
    page = shown(client, member(employer, Role.CONTACT), "employer-next-steps", employer.slug)
    assert f"Vragen? Vraag het aan {body.person.full_name}." in page


def test_manager_of_a_school_with_nothing_reads_what_comes_next(client, school):
    manager = member(school, Role.MANAGER)
    rest = ["Nodig een docent uit", "Kies wie overeenkomsten tekent"]
    assert titles(client, manager, "school", school.slug) == ["Voeg je eerste opleiding toe", *rest]
    programme = ProgrammeFactory(school=school)
    assert titles(client, manager, "school", school.slug) == rest  # a cohort needs a teacher
    cohort = CohortFactory(programme=programme)
    assert "Kies de docenten van elk cohort" in titles(client, manager, "school", school.slug)
    teacher = MembershipFactory(organisation=school, role=Role.TEACHER, may_sign=True)
    CohortTeacherFactory(cohort=cohort, membership=teacher)
    assert titles(client, manager, "school", school.slug) == ["Schrijf de eerste studenten in"]
    EnrolmentFactory(cohort=cohort)
    assert titles(client, manager, "school", school.slug) == []


def test_teacher_without_a_cohort_reads_whom_to_ask(client, school):
    manager, teacher = member(school, Role.MANAGER), member(school, Role.TEACHER)
    assert titles(client, teacher, "school", school.slug) == ["Vraag om je cohort"]
    assert f"Vraag het aan {manager.person.full_name}." in shown(client, teacher, "school-start", school.slug)
    CohortTeacherFactory(
        cohort=CohortFactory(programme__school=school), membership=teacher.person.memberships.get()
    )
    assert titles(client, teacher, "school", school.slug) == []


def test_coordinator_of_a_partnership_with_nothing_reads_what_comes_next(client):
    body = MembershipFactory(organisation__kind="knowledge_network", role=Role.COORDINATOR)
    partnership = MemberFactory(organisation=body.organisation, role=MemberRole.LEAD).partnership
    found = titles(client, body.person.user, "coordinator", partnership.slug)
    assert found == [
        "Nodig de eerste werkgever uit",
        "Nodig de eerste school uit",
        "Schrijf het eerste initiatief",
    ]
    MemberFactory(partnership=partnership, organisation=OrganisationFactory())
    MemberFactory(partnership=partnership, organisation=OrganisationFactory(school=True))
    InitiativeFactory(partnership=partnership)
    assert titles(client, body.person.user, "coordinator", partnership.slug) == []


def test_supervisor_without_students_reads_whom_to_ask(client, employer):
    contact = member(employer, Role.CONTACT)
    page = shown(client, member(employer, Role.SUPERVISOR), "students:supervisor-start")
    assert "Je begeleidt op dit moment geen studenten" in page
    assert f"{contact.person.full_name}" in page
    assert contact.person.address in page


def test_member_of_a_group_only_finds_the_group(client):
    seat = GroupSeatFactory(of="client")
    page = shown(client, seat.person.user, "start")
    assert seat.group.name in page
    assert NOTHING not in page


def test_who_asked_for_a_role_reads_who_answers_and_until_when(client):
    user = UserFactory()
    assert "Rol vragen aan je organisatie" in shown(client, user, "start")
    request = RoleRequestFactory(person=user.person)
    page = shown(client, user, "start")
    assert f"Je hebt {request.organisation.name} om een rol gevraagd" in page
    assert reverse("partnerships:role-request-list") in page


@pytest.mark.parametrize("roles", [[Role.MANAGER], [Role.CONTACT], [Role.MANAGER, Role.CONTACT]])
def test_a_beginner_costs_no_more_than_others(client, django_assert_max_num_queries, employer, roles):
    member(employer, Role.MANAGER)
    MemberFactory(organisation=employer)
    user = UserFactory()
    for role in roles:
        MembershipFactory(organisation=employer, person=user.person, role=role)
    RoleRequestFactory(organisation=employer)
    JoinRequestFactory(organisation=employer)
    login(client, user)
    url = reverse("employer-start", args=[employer.slug])
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)


def test_cohort_waits_for_a_teacher_and_then_leads_to_its_form(client, school):
    manager = member(school, Role.MANAGER)
    programme = ProgrammeFactory(school=school)
    form = reverse("programmes:cohort-create", args=[school.slug, programme.public_id])
    page = shown(client, manager, "school-start", school.slug)
    assert form not in page
    assert "Daar is een docent voor nodig: dat komt dus eerst." in page
    assert "heeft nog geen docent" in unescape(client.get(form).content.decode())
    MembershipFactory(organisation=school, role=Role.TEACHER)
    assert f'href="{form}"' in shown(client, manager, "school-start", school.slug)
    assert 'name="teachers"' in client.get(form).content.decode()
    ProgrammeFactory(school=school)
    page = shown(client, manager, "school-start", school.slug)
    assert form not in page
    assert "Opleiding kiezen" in page


def test_manager_alone_invites_who_signs_and_chooses_once_there_is_someone(client, school):
    manager = member(school, Role.MANAGER)
    invite = reverse("partnerships:people-invite", args=[school.slug])
    page = shown(client, manager, "school-start", school.slug)
    assert "Jezelf kun je dit recht niet geven: nodig een collega uit die tekent." in page
    assert "Kiezen wie tekent" not in page
    own = manager.person.memberships.get()
    edit = reverse("partnerships:people-change", args=[school.slug, own.public_id])
    assert f'href="{invite}"' in client.get(edit).content.decode()
    MembershipFactory(organisation=school, role=Role.TEACHER)
    page = shown(client, manager, "school-start", school.slug)
    assert "Kiezen wie tekent" in page
    assert "Jezelf kun je" not in page
