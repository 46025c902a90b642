"""Cohorts that a coordinator asks a school for: made or declined by the school, and nobody enrolled before."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from core import versions
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from partnerships.enums import MemberRole
from partnerships.services import closings
from programmes.models import Cohort, CohortRequest
from tests.factories.partnerships import MemberFactory, OrganisationFactory, PartnershipFactory
from tests.factories.programmes import CohortFactory, CohortRequestFactory, ProgrammeFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import edit, login, member

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def mails(kind: str) -> dict[str, OutgoingMail]:
    return {mail.to_email: mail for mail in OutgoingMail.objects.filter(kind=kind)}


def url(name: str, row) -> str:
    return reverse(f"programmes:cohort-request-{name}", args=[row.public_id])


class World:
    """A partnership with a programme of a school, its coordinator and a teacher."""

    def __init__(self) -> None:
        self.partnership = PartnershipFactory(name="Zorgpact Polder")
        body = OrganisationFactory(kind="knowledge_network")
        self.school = OrganisationFactory(school=True, name="ROC De Delta")
        MemberFactory(partnership=self.partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
        MemberFactory(partnership=self.partnership, organisation=self.school)
        self.programme = ProgrammeFactory(partnership=self.partnership, school=self.school, name="VIG")
        self.coordinator = member(body, Role.COORDINATOR)
        self.teacher = member(self.school, Role.TEACHER)
        self.inside = reverse("partnerships:partnership-inside", args=[self.partnership.slug])
        self.ask = reverse("programmes:cohort-request-create", args=[self.partnership.slug])


@pytest.fixture
def world():
    return World()


def test_a02_a_coordinator_asks_for_a_cohort_and_sees_free_places(client, world):
    """Story A-02: a start month and a maximum; the school confirms, and nobody is enrolled before."""
    running = CohortFactory(programme=world.programme, capacity=3, name="Tweede jaar")
    EnrolmentFactory(cohort=running)
    login(client, world.coordinator)
    page = text_of(client.get(world.inside))
    assert "Tweede jaar" in page
    assert "2 van 3 plekken vrij" in page
    assert world.ask in page
    first = today() + timedelta(days=100)
    data = {"programme": world.programme.pk, "name": "Instroom voorjaar", "starts_on": f"{first:%d-%m-%Y}"}
    edit(client, world.ask, data | {"capacity": 15})
    row = CohortRequest.objects.get()
    assert (row.state, row.starts_on, row.capacity) == ("asked", first, 15)
    assert "15" in mails("school_cohort_asked")[world.teacher.email].body
    assert not Cohort.objects.filter(name="Instroom voorjaar").exists()
    assert "Instroom voorjaar" in text_of(client.get(world.inside))

    login(client, world.teacher)
    confirm = url("confirm", row)
    form = client.get(confirm).context["form"]
    assert form["capacity"].value() == 15
    last = first + timedelta(days=700)
    said = {"name": row.name, "starts_on": f"{first:%d-%m-%Y}", "ends_on": f"{last:%d-%m-%Y}", "capacity": 14}
    teachers = [world.teacher.person.memberships.get().pk]
    client.post(confirm, said | {"teachers": teachers, "read": versions.of(row)})
    cohort = Cohort.objects.get(name="Instroom voorjaar")
    row.refresh_from_db()
    assert (row.state, row.cohort, cohort.capacity, cohort.programme) == (
        "confirmed",
        cohort,
        14,
        world.programme,
    )
    assert "Instroom voorjaar" in mails("coordinator_cohort_confirmed")[world.coordinator.email].subject
    login(client, world.coordinator)
    assert "14 van 14 plekken vrij" in text_of(client.get(world.inside))


def test_a_school_declines_with_the_reason_and_takes_that_back(client, world):
    row = CohortRequestFactory(programme=world.programme)
    login(client, world.teacher)
    assert client.post(url("decline", row), {"reason": "", "read": versions.of(row)}).status_code == 200
    client.post(url("decline", row), {"reason": "Geen docent.", "read": versions.of(row)})
    row.refresh_from_db()
    assert (row.state, row.decline_reason) == ("declined", "Geen docent.")
    assert "Geen docent." in mails("coordinator_cohort_declined")[world.coordinator.email].body
    act = client.get(row.get_absolute_url()).context["undo"].act
    client.post(url("take-back", row), {"act": act.pk})
    row.refresh_from_db()
    assert (row.state, row.decline_reason) == ("asked", "")


def test_a_coordinator_withdraws_until_the_school_has_answered(client, world):
    row, answered = CohortRequestFactory.create_batch(2, programme=world.programme)
    CohortRequest.objects.filter(pk=answered.pk).update(state="declined", decline_reason="Nee.")
    login(client, world.coordinator)
    for one in (row, answered):
        one.refresh_from_db()
        client.post(url("withdraw", one), {"read": versions.of(one)})
    assert set(CohortRequest.objects.values_list("state", flat=True)) == {"withdrawn", "declined"}
    assert world.teacher.email in mails("school_cohort_withdrawn")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"starts_on": "01-01-2020"}, "starts_on"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 5000}, "capacity"),
    ],
)
def test_a_request_that_cannot_be_is_refused_and_keeps_what_was_typed(client, world, data, field):
    login(client, world.coordinator)
    first = f"{today() + timedelta(days=100):%d-%m-%Y}"
    whole = {"programme": world.programme.pk, "name": "Voorjaar", "starts_on": first, "capacity": 15}
    answer = edit(client, world.ask, whole | data)
    assert field in answer.context["form"].errors
    assert "Voorjaar" in text_of(answer)
    assert not CohortRequest.objects.exists()


def test_a_programme_of_another_partnership_and_a_name_asked_twice_are_refused(client, world):
    login(client, world.coordinator)
    first = f"{today() + timedelta(days=100):%d-%m-%Y}"
    other = ProgrammeFactory(partnership=PartnershipFactory())
    data = {"name": "Voorjaar", "starts_on": first, "capacity": 15}
    assert "programme" in edit(client, world.ask, data | {"programme": other.pk}).context["form"].errors
    edit(client, world.ask, data | {"programme": world.programme.pk})
    assert edit(client, world.ask, data | {"programme": world.programme.pk}).status_code == 200
    assert CohortRequest.objects.count() == 1


def test_who_gets_what_of_a_request(client, world):
    row = CohortRequestFactory(programme=world.programme)
    stranger = member(OrganisationFactory(), Role.CONTACT)
    inside = member(world.school, Role.CONTACT)
    seen = {}
    for name, user in (
        ("coordinator", world.coordinator),
        ("teacher", world.teacher),
        ("inside", inside),
        ("stranger", stranger),
    ):
        login(client, user)
        seen[name] = [client.get(url(page, row)).status_code for page in ("detail", "confirm", "decline")]
        seen[name].append(client.get(world.ask).status_code)
    assert seen == {
        "coordinator": [200, 403, 403, 200],
        "teacher": [200, 200, 200, 403],
        "inside": [404, 404, 404, 403],
        "stranger": [404, 404, 404, 404],
    }


@pytest.mark.parametrize("number", [1, 3])
def test_inside_page_costs_the_same_whatever_the_number_of_cohorts(
    client, world, number, django_assert_max_num_queries
):
    CohortFactory.create_batch(number, programme=world.programme)
    CohortRequestFactory.create_batch(number, programme=world.programme)
    login(client, world.coordinator)
    client.get(world.inside)
    with django_assert_max_num_queries(12):
        client.get(world.inside)


def test_no_cohort_is_made_for_a_partnership_that_is_over(client, world):
    """The school can still say no."""
    row = CohortRequestFactory(programme=world.programme)
    closings.partnership(partnership_id=world.partnership.pk, by=actor_of(world.coordinator), read=None)
    login(client, world.teacher)
    refused = client.get(url("confirm", row), follow=True)
    assert "Deze samenwerking is beëindigd." in text_of(refused)
    client.post(url("decline", row), {"reason": "Voorbij.", "read": versions.of(row)})
    row.refresh_from_db()
    assert row.state == "declined"
