"""Where a diploma and the job differ: reported at a work process, and answered as a need of the partnership."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.models import OutgoingMail
from meetings.models import Need
from partnerships.enums import MemberRole
from programmes.models import Difference
from tests.factories.meetings import NeedFactory
from tests.factories.partnerships import MemberFactory, OrganisationFactory, PartnershipFactory
from tests.factories.programmes import (
    DifferenceFactory,
    ProgrammeFactory,
    QualificationFactory,
    WorkProcessFactory,
)
from tests.helpers import edit, login, member

pytestmark = pytest.mark.django_db
PAGE = "/verschil-met-het-werk/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def world():
    """A partnership with a programme, an employer with a work supervisor, and a coordinator."""
    partnership = PartnershipFactory(name="Zorgpact Polder")
    body, employer = OrganisationFactory(kind="knowledge_network"), OrganisationFactory(name="De Linde")
    MemberFactory(partnership=partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
    MemberFactory(partnership=partnership, organisation=employer)
    qualification = QualificationFactory(name="Verzorgende IG")
    ProgrammeFactory(partnership=partnership).qualifications.add(qualification)
    process = WorkProcessFactory(core_task__qualification=qualification, title="Geeft injecties")
    return partnership, employer, process, member(body, Role.COORDINATOR)


def test_d11_a_supervisor_reports_at_a_work_process_that_the_job_differs(client, world):
    """Story D-11: it becomes a need, and stays unnamed to the table where its bringer wants that."""
    partnership, employer, process, coordinator = world
    supervisor = member(employer, Role.SUPERVISOR)
    login(client, supervisor)
    assert PAGE in text_of(client.get(reverse("students:supervisor-start")))
    data = {"work_process": process.pk, "title": "Wij geven hier geen injecties", "is_anonymous": "on"}
    answer = edit(client, PAGE, data | {"organisation": employer.pk})
    need = Need.objects.get()
    assert answer.url == need.get_absolute_url()
    assert (need.partnership, need.organisation, need.is_anonymous) == (partnership, employer, True)
    assert Difference.objects.get().work_process == process
    [mail] = OutgoingMail.objects.filter(kind="coordinator_need_voiced")
    assert mail.to_email == coordinator.email

    name = supervisor.person.full_name
    colleague = member(employer, Role.CONTACT)
    for user, reads in ((coordinator, True), (colleague, False)):
        login(client, user)
        page = text_of(client.get(need.get_absolute_url()))
        assert "Geeft injecties" in page
        assert "Verzorgende IG" in page
        assert (name in page) is reads


def test_a_work_process_of_another_partnership_is_refused(client, world):
    _partnership, employer, _process, _coordinator = world
    other = WorkProcessFactory()
    login(client, member(employer, Role.SUPERVISOR))
    answer = edit(client, PAGE, {"work_process": other.pk, "title": "Anders", "organisation": employer.pk})
    assert "work_process" in answer.context["form"].errors
    assert "Anders" in text_of(answer)
    assert not Need.objects.exists()


def test_of_two_partnerships_the_one_that_was_come_from_is_chosen_and_the_work_process_belongs_there(
    client, world
):
    partnership, employer, process, _coordinator = world
    other = PartnershipFactory(name="Andere samenwerking")
    MemberFactory(partnership=other, organisation=employer)
    elsewhere = WorkProcessFactory()
    ProgrammeFactory(partnership=other).qualifications.add(elsewhere.core_task.qualification)
    login(client, member(employer, Role.SUPERVISOR))
    form = client.get(f"{PAGE}?samenwerking={partnership.slug}").context["form"]
    assert form["partnership"].value() == partnership.pk
    data = {"title": "Anders", "organisation": employer.pk, "partnership": partnership.pk}
    refused = edit(client, PAGE, data | {"work_process": elsewhere.pk})
    assert "work_process" in refused.context["form"].errors
    edit(client, PAGE, data | {"work_process": process.pk})
    assert Difference.objects.get().need.partnership == partnership


def test_where_no_programme_is_given_nothing_can_be_reported(client):
    employer = OrganisationFactory()
    partnership = MemberFactory(organisation=employer).partnership
    login(client, member(employer, Role.SUPERVISOR))
    assert client.get(PAGE).status_code == 403
    needs = reverse("meetings:need-list", args=[partnership.slug])
    assert PAGE not in text_of(client.get(needs))
    ProgrammeFactory(partnership=partnership)
    assert f"{PAGE}?samenwerking={partnership.slug}" in text_of(client.get(needs))
    assert client.get(PAGE).status_code == 200


def test_a_need_costs_the_same_with_and_without_a_work_process(client, world, django_assert_num_queries):
    partnership, employer, process, _coordinator = world
    plain, with_process = NeedFactory.create_batch(2, partnership=partnership)
    DifferenceFactory(need=with_process, work_process=process)
    login(client, member(employer, Role.CONTACT))
    for need in (plain, with_process):
        client.get(need.get_absolute_url())
        with django_assert_num_queries(4):
            client.get(need.get_absolute_url())
