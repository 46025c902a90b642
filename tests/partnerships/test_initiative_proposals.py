"""A member proposes an initiative in half a page; the coordinators take it on or decline, and the proposer hears."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Person
from core.models import OutgoingMail
from partnerships.actors import actor_of
from partnerships.enums import InitiativePhase, ProposalState
from partnerships.models import Initiative, InitiativeProposal
from partnerships.presenters import next_steps
from partnerships.services import initiative_proposals as service
from tests.factories.partnerships import (
    InitiativeFactory,
    InitiativeProposalFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import acting, coordinating, login, member, press

pytestmark = pytest.mark.django_db
HALF_A_PAGE = {
    "title": "Een maatje in de nachtdienst",
    "kind": "experiment",
    "summary": "Eerstejaars draaien hun eerste nachten naast een ouderejaars.",
    "question": "Blijven meer eerstejaars als ze de nacht niet alleen leren kennen?",
    "aim": "Van de tien eerstejaars stopt er ten hoogste één.",
    "partners_wanted": "Een tweede werkgever met nachtdiensten",
    "starts_on": "2027-02-01",
    "ends_on": "2027-07-01",
    "success_measure": "Uitval van 22 naar 10 procent",
}


@pytest.fixture
def partnership():
    return PartnershipFactory(name="Zorgpact Noord", slug="zorgpact-noord")


@pytest.fixture
def employer(partnership):
    employer = OrganisationFactory(name="Waterlicht")
    MemberFactory(partnership=partnership, organisation=employer)
    return employer


def url(name, *args):
    return reverse(f"partnerships:initiative-proposal{name}", args=args)


def proposed(partnership, organisation, by=None):
    person = actor_of(by or member(organisation, Role.CONTACT)).person_id
    return InitiativeProposalFactory(partnership=partnership, organisation=organisation, by_id=person)


def test_e02_employer_proposes_an_initiative_in_half_a_page_and_hears_what_came_of_it(
    client, partnership, employer, outbox
):
    coordinator = coordinating(partnership)
    user = member(employer, Role.CONTACT)
    login(client, user)
    page = client.get(reverse("partnerships:partnership-detail", args=[partnership.slug]))
    assert url("s", partnership.slug) in page.content.decode()
    response = client.post(url("-create", partnership.slug), HALF_A_PAGE, follow=True)
    assert "Je voorstel is bij de coördinatoren" in response.content.decode()
    proposal = InitiativeProposal.objects.get()
    assert (proposal.organisation, proposal.state) == (employer, ProposalState.OPEN)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.subject) == (
        "coordinator_initiative_proposed",
        "Waterlicht stelt een initiatief voor",
    )
    assert mail.person_id == coordinator.person_id
    assert "Een maatje in de nachtdienst" in mail.body
    step = next(row for row in next_steps.for_coordinator(coordinator, partnership.pk))
    assert (step.kind, step.url) == ("initiative_proposal", proposal.get_absolute_url())
    initiative = service.take_on(proposal_id=proposal.pk, by=coordinator, read=None)
    assert (initiative.state, initiative.is_published) == (InitiativePhase.IDEA, False)
    assert (initiative.question, initiative.success_measure) == (proposal.question, proposal.success_measure)
    assert [row.organisation for row in initiative.partners.all()] == [employer]
    assert outbox()[-1] == ("proposer_initiative_taken_on", user.email)
    answer = OutgoingMail.objects.latest("pk")
    assert answer.subject == "Je voorstel is nu een initiatief: Een maatje in de nachtdienst"
    assert next_steps.for_coordinator(coordinator, partnership.pk) == []


@pytest.mark.parametrize("role", ["manager", "contact", "practice_trainer", "teacher", "coordinator"])
def test_people_of_a_member_propose(client, partnership, role):
    organisation = OrganisationFactory(school=role == "teacher")
    MemberFactory(partnership=partnership, organisation=organisation)
    login(client, member(organisation, Role(role)))
    client.post(url("-create", partnership.slug), HALF_A_PAGE)
    assert InitiativeProposal.objects.get().organisation == organisation


def test_who_speaks_for_two_members_chooses_for_which(client, partnership, employer):
    user, other = member(employer, Role.CONTACT), OrganisationFactory(name="Tweede Huis")
    MemberFactory(partnership=partnership, organisation=other)
    MembershipFactory(person=user.person, organisation=other, role=Role.MANAGER)
    login(client, user)
    page = client.post(url("-create", partnership.slug), HALF_A_PAGE).content.decode()
    assert "Namens welke organisatie?" in page
    assert "Een maatje in de nachtdienst" in page
    client.post(url("-create", partnership.slug), HALF_A_PAGE | {"organisation": other.pk})
    assert InitiativeProposal.objects.get().organisation == other


def test_term_that_ends_before_it_begins_keeps_what_was_typed(client, partnership, employer):
    login(client, member(employer, Role.CONTACT))
    wrong = HALF_A_PAGE | {"ends_on": "2026-12-01"}
    page = client.post(url("-create", partnership.slug), wrong).content.decode()
    assert "De einddatum moet na de begindatum liggen." in page
    assert HALF_A_PAGE["aim"] in page
    assert not InitiativeProposal.objects.exists()


def test_the_same_proposal_twice_is_one_and_the_sixth_waits(partnership, employer, outbox):
    coordinating(partnership)
    by = acting(employer, Role.CONTACT)
    texts = {name: value for name, value in HALF_A_PAGE.items() if not name.endswith("_on")}
    for number in (1, 1, 2, 3, 4, 5):
        service.propose(
            partnership_id=partnership.pk,
            organisation_id=employer.pk,
            by=by,
            values=texts | {"title": f"Idee {number}"},
        )
    assert InitiativeProposal.objects.count() == len(outbox()) == 5
    with pytest.raises(ValidationError, match="Vijf van je voorstellen"):
        service.propose(partnership_id=partnership.pk, organisation_id=employer.pk, by=by, values=texts)


def test_member_that_left_and_partnership_that_ended_get_no_proposals(partnership, employer):
    by = acting(employer, Role.CONTACT)
    values = {"partnership_id": partnership.pk, "by": by, "values": HALF_A_PAGE}
    with pytest.raises(ValidationError, match="Alleen beheerders"):
        service.propose(organisation_id=OrganisationFactory().pk, **values)
    type(partnership).objects.filter(pk=partnership.pk).update(
        starts_on="2020-01-01", ends_on="2020-02-01", ended_at="2020-02-01T12:00+01:00"
    )
    with pytest.raises(ValidationError, match="Deze samenwerking is beëindigd"):
        service.propose(organisation_id=employer.pk, **values)


def test_declined_with_the_reason_that_the_proposer_reads(client, partnership, employer):
    user = member(employer, Role.CONTACT)
    proposal = proposed(partnership, employer, user)
    coordinator = coordinating(partnership)
    login(client, Person.objects.get(pk=coordinator.person_id).user)
    page = press(client, url("-decline", proposal.public_id), proposal, {"reason": ""})
    assert "Vul “Reden” in." in page.content.decode()
    assert InitiativeProposal.objects.get().state == ProposalState.OPEN
    for _turn in range(2):
        press(client, url("-decline", proposal.public_id), proposal, {"reason": "Dit doet Rijnmond al."})
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == ("proposer_initiative_declined", user.email)
    assert mail.subject == f"Het antwoord op je voorstel: {proposal.title}"
    assert "Dit doet Rijnmond al." in mail.body
    login(client, user)
    assert "Dit doet Rijnmond al." in client.get(proposal.get_absolute_url()).content.decode()


def test_taken_on_twice_is_one_initiative_and_an_old_page_takes_nothing_on(client, partnership, employer):
    proposal = proposed(partnership, employer)
    coordinator = coordinating(partnership)
    first = service.take_on(proposal_id=proposal.pk, by=coordinator, read="1")
    assert service.take_on(proposal_id=proposal.pk, by=coordinator, read="1") == first
    other = proposed(partnership, employer)
    with pytest.raises(ValidationError, match="sinds je deze pagina"):
        service.take_on(proposal_id=other.pk, by=coordinator, read="7")
    assert Initiative.objects.count() == 1


def test_title_that_is_there_already_refuses_and_the_proposal_waits_on(partnership, employer):
    InitiativeFactory(partnership=partnership, title="Maatje")
    proposal = proposed(partnership, employer)
    InitiativeProposal.objects.update(title="maatje")
    with pytest.raises(ValidationError, match="al een initiatief met deze titel"):
        service.take_on(proposal_id=proposal.pk, by=coordinating(partnership), read=None)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN


def test_withdrawn_before_the_answer_and_the_coordinators_hear(client, partnership, employer, outbox):
    coordinator = coordinating(partnership)
    user = member(employer, Role.CONTACT)
    proposal = service.propose(
        partnership_id=partnership.pk,
        organisation_id=employer.pk,
        by=actor_of(user),
        values={name: value for name, value in HALF_A_PAGE.items() if not name.endswith("_on")},
    )
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
    login(client, user)
    for _turn in range(2):
        press(client, url("-withdraw", proposal.public_id), proposal)
    assert InitiativeProposal.objects.get().state == ProposalState.WITHDRAWN
    assert [kind for kind, _to in outbox()][-1] == "reader_act_taken_back"
    with pytest.raises(ValidationError, match="al geantwoord, of het is ingetrokken"):
        service.take_on(proposal_id=proposal.pk, by=coordinator, read=None)


def test_idea_of_a_proposal_is_stopped_not_thrown_away(client, partnership, employer):
    proposal = proposed(partnership, employer)
    coordinator = coordinating(partnership)
    initiative = service.take_on(proposal_id=proposal.pk, by=coordinator, read=None)
    login(client, Person.objects.get(pk=coordinator.person_id).user)
    page = client.get(
        reverse("partnerships:coordination-initiative", args=[partnership.slug, initiative.slug])
    ).content.decode()
    assert proposal.get_absolute_url() in page
    assert "weggooien" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_any_number(client, django_assert_num_queries, partnership, employer, rows):
    for _row in range(rows):
        proposed(partnership, employer)
    foreign = proposed(partnership, OrganisationFactory())
    login(client, member(employer, Role.CONTACT))
    with django_assert_num_queries(4):
        page = client.get(url("s", partnership.slug)).content.decode()
    assert page.count("<tr>") == rows + 1
    assert foreign.title not in page


def test_state_and_initiative_hold_together(partnership, employer):
    proposal = proposed(partnership, employer)
    rows = InitiativeProposal.objects.filter(pk=proposal.pk)
    for wrong in (
        {"state": "taken_on"},
        {"initiative": InitiativeFactory(partnership=partnership)},
        {"starts_on": "2027-02-01", "ends_on": "2027-01-01"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
