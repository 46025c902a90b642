"""Before someone new is written down, one's own people who may be the same person are asked about, and nobody else's."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Invitation, Person
from accounts.queries.likeness import people_like
from accounts.services import people
from accounts.services.people import Name
from partnerships.enums import AffiliationKind
from partnerships.models import Affiliation
from students.models import Student
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    GroupFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.programmes import CohortFactory, CohortTeacherFactory, ProgrammeFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db
BO = {"first_name": "Bo", "last_name": "Jansen", "email": "bo@zorg.example"}


@pytest.mark.parametrize(
    ("name", "email", "found"),
    [
        ("Bo Jansen", "bo.jansen@prive.example", True),
        ("BÓ Janssen", "bo.jansen@prive.example", True),
        ("Piet de Vries", "bo@zorg.example", True),  # whose address is it?
        ("Bo Jansen", "bo@zorg.example", False),  # it is that person
        ("Els Jansen", "els@zorg.example", False),
    ],
)
def test_who_may_be_the_one_meant(name, email, found):
    bo = PersonFactory(**BO)
    assert people_like(among=Person.objects.all(), name=name, email=email) == ([bo] if found else [])
    assert people_like(among=Person.objects.none(), name=name, email=email) == []


def test_address_of_an_account_counts_too():
    bo = UserFactory(**BO).person
    assert people_like(among=Person.objects.all(), name="Piet Kok", email="bo@zorg.example") == [bo]


def test_one_that_came_after_the_page_is_asked_about_again():
    typed = {"among": Person.objects.all(), "name": Name(first_name="Bo", last_name="Jansen")}
    assert people.find_or_make(**typed, email="bj@zorg.example", seen=[]).address == "bj@zorg.example"
    PersonFactory(**BO)
    with pytest.raises(ValidationError, match="dezelfde persoon"):
        people.find_or_make(**typed, email="bo@prive.example", seen=[])
    assert Person.objects.count() == 2


# An organisation's people


@pytest.fixture
def linde(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    return organisation


def invite(client, organisation, **changes):
    typed = {"first_name": "Bo", "last_name": "Janssen", "email": "bo@prive.example", "role": Role.CONTACT}
    return client.post(reverse("partnerships:people-invite", args=[organisation.slug]), {**typed, **changes})


def test_manager_is_asked_and_chooses_who_it_is(client, linde):
    bo = MembershipFactory(person=PersonFactory(**BO), organisation=linde, role=Role.SUPERVISOR).person
    asked = invite(client, linde)
    assert asked.context["form"].errors == {"likely": ["Zeg of het een van deze is."]}
    page = asked.content.decode()
    assert "Is dit dezelfde persoon?" in page
    assert "Bo Jansen, bo@zorg.example, werkbegeleider" in page
    assert asked.context["form"]["email"].value() == "bo@prive.example"
    invite(client, linde, likely=str(bo.pk))
    invitation = Invitation.objects.get()
    assert (invitation.person, invitation.email) == (bo, "bo@zorg.example")
    assert Person.objects.filter(first_name="Bo").get() == bo


def test_manager_says_that_it_is_someone_else(client, linde):
    bo = MembershipFactory(person=PersonFactory(**BO), organisation=linde).person
    invite(client, linde, likely=f"another.{bo.pk}")
    assert Invitation.objects.get().person != bo


def test_one_address_is_not_given_to_two(client, linde):
    bo = MembershipFactory(person=PersonFactory(**BO), organisation=linde).person
    typed = {"first_name": "Piet", "last_name": "Kok", "email": "bo@zorg.example"}
    answer = invite(client, linde, **typed, likely=f"another.{bo.pk}")
    assert "Dit is het adres van Bo Jansen" in answer.context["form"].errors["email"][0]
    assert not Invitation.objects.exists()


def test_people_of_others_are_not_told_of(client, linde):
    MembershipFactory(person=PersonFactory(**BO), role=Role.SUPERVISOR)
    assert invite(client, linde).status_code == 302


# Who takes part in a partnership


def test_coordinator_is_asked_about_who_takes_part_there(client):
    group = GroupFactory()
    lead = MemberFactory(partnership=group.partnership, role="lead").organisation
    login(client, member(lead, Role.COORDINATOR))
    bo = AffiliationFactory(person=PersonFactory(**BO), partnership=group.partnership).person
    AffiliationFactory(person=PersonFactory(**{**BO, "email": "elders@zorg.example"}))
    url = reverse("partnerships:coordination-seat-newcomer", args=[group.partnership.slug, group.public_id])
    typed = {
        "first_name": "Bo",
        "last_name": "Janssen",
        "email": "bo@prive.example",
        "kind": AffiliationKind.CLIENT,
    }
    asked = client.post(url, typed)
    assert asked.context["form"].errors == {"likely": ["Zeg of het een van deze is."]}
    assert "elders@" not in asked.content.decode()
    client.post(url, {**typed, "likely": str(bo.pk)})
    assert group.seats.get().person == bo
    assert Affiliation.objects.filter(partnership=group.partnership).count() == 1


# Students of a school

STUDENT = {
    "first_name": "Samira",
    "last_name": "El Amrani",
    "email": "samira@prive.example",
    "born_on": "2005-03-14",
    "town": "Lelystad",
    "pc4": "8224",
    "starts_on": "",
}


@pytest.fixture
def cohort(client):
    cohort = CohortFactory()
    login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)
    return cohort


def enrol(client, cohort, **changes):
    url = reverse("students:enrolment-create", args=[cohort.programme.school.slug, cohort.public_id])
    return client.post(url, {**STUDENT, **changes})


def known_student(school, **fields):
    person = {"first_name": "Samira", "last_name": "el Amrani", "email": "s1@school.example"}
    values = {f"student__person__{key}": value for key, value in (person | fields).items()}
    cohort = CohortFactory(programme=ProgrammeFactory(school=school))
    return EnrolmentFactory(cohort=cohort, student__born_on="2005-03-14", **values).student


def test_teacher_is_asked_about_a_student_of_the_school_and_enrols_the_same_one(client, cohort):
    student = known_student(cohort.programme.school)
    asked = enrol(client, cohort)
    assert asked.context["form"].errors == {"likely": ["Zeg of het een van deze is."]}
    page = asked.content.decode()
    assert "Samira el Amrani, 14 maart 2005" in page
    assert "s1@school.example" not in page
    assert asked.context["form"]["email"].value() == "samira@prive.example"
    assert enrol(client, cohort, likely=str(student.pk)).status_code == 302
    assert cohort.enrolments.get().student == student


def test_another_student_of_that_name_and_day_is_made_once_that_was_said(client, cohort):
    student = known_student(cohort.programme.school)
    enrol(client, cohort, likely=f"another.{student.pk}")
    assert cohort.enrolments.get().student != student
    assert Student.objects.count() == 2


@pytest.mark.parametrize("where", ["elsewhere", "another day"])
def test_students_of_other_schools_and_of_other_days_are_not_told_of(client, cohort, where):
    known_student(OrganisationFactory(school=True) if where == "elsewhere" else cohort.programme.school)
    changes = {"born_on": "2004-01-01"} if where == "another day" else {}
    assert enrol(client, cohort, **changes).status_code == 302


def test_manager_is_asked_about_who_comes_with_the_own_organisation_only(client):
    organisation = OrganisationFactory()
    partnership = MemberFactory(organisation=organisation).partnership
    login(client, member(organisation, Role.MANAGER))
    own = AffiliationFactory(
        person=PersonFactory(**BO), partnership=partnership, organisation=organisation
    ).person
    other = PersonFactory(**{**BO, "email": "ander@zorg.example"})
    AffiliationFactory(person=other, partnership=partnership)
    typed = {
        "first_name": "Bo",
        "last_name": "Janssen",
        "email": "bo@prive.example",
        "kind": AffiliationKind.CLIENT,
    }
    url = reverse("partnerships:affiliation-add", args=[organisation.slug])
    asked = client.post(url, {**typed, "partnership": partnership.pk})
    assert asked.context["form"].errors == {"likely": ["Zeg of het een van deze is."]}
    assert "ander@" not in asked.content.decode()
    done = client.post(url, {**typed, "partnership": partnership.pk, "likely": f"another.{own.pk}"})
    assert done.status_code == 302
    assert Affiliation.objects.filter(partnership=partnership).count() == 3
