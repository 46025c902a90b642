"""Organisations take part in an initiative by their own yes, its owner writes its texts and lets others in."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Person
from core.dates import today
from core.models import FieldChange, OutgoingMail
from partnerships.actors import actor_of
from partnerships.enums import PartnerState
from partnerships.models import Initiative, InitiativePartner
from partnerships.presenters import next_steps
from partnerships.services import initiative_partners as service
from partnerships.services import initiative_proposals, initiatives
from tests.factories.partnerships import (
    InitiativeFactory,
    InitiativePartnerFactory,
    InitiativeProposalFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import acting, coordinating, edit, login, member, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return PartnershipFactory(name="Zorgpact Noord", slug="zorgpact-noord")


@pytest.fixture
def initiative(partnership):
    return InitiativeFactory(partnership=partnership, title="Maatjes", slug="maatjes")


@pytest.fixture
def employer(partnership):
    return MemberFactory(partnership=partnership, organisation__name="Waterlicht").organisation


@pytest.fixture
def coordinator(partnership):
    return coordinating(partnership)


def url(name, *args):
    return reverse(f"partnerships:initiative-{name}", args=args)


def user_of(actor):
    return Person.objects.get(pk=actor.person_id).user


def counted():
    return Initiative.objects.values_list("employers", flat=True).get()


def test_organisation_joins_by_its_own_yes_and_is_counted_from_then(
    client, initiative, employer, coordinator, outbox
):
    user = member(employer, Role.MANAGER)
    login(client, user_of(coordinator))
    page = client.post(url("partner-invite", initiative.slug), {"organisation": employer.slug}, follow=True)
    assert "De organisatie is uitgenodigd." in page.content.decode()
    partner = InitiativePartner.objects.get()
    assert (partner.state, counted()) == (PartnerState.INVITED, 0)
    assert outbox() == [("party_initiative_invited", user.email)]
    assert OutgoingMail.objects.get().subject == "Doet je organisatie mee aan Maatjes?"
    client.logout()
    assert "Waterlicht" not in client.get(initiative.get_absolute_url()).content.decode()
    steps = next_steps.for_manager(actor_of(user), employer.pk)
    assert [(step.kind, step.url) for step in steps] == [("initiative_partner", partner.get_absolute_url())]
    login(client, user)
    for _turn in range(2):
        press(client, url("partner-accept", initiative.slug, employer.slug), partner)
    partner.refresh_from_db()
    assert (partner.state, partner.starts_on, partner.contact) == ("joined", today(), user.person)
    assert counted() == 1
    answer = OutgoingMail.objects.latest("pk")
    assert (answer.kind, answer.subject) == ("party_initiative_answered", "Waterlicht doet mee aan Maatjes")
    assert answer.person_id == coordinator.person_id
    assert next_steps.for_manager(actor_of(user), employer.pk) == []
    client.logout()
    assert "Waterlicht" in client.get(initiative.get_absolute_url()).content.decode()


def test_member_asks_to_take_part_and_the_owner_answers(client, initiative, employer, coordinator, outbox):
    leading = MemberFactory(partnership=initiative.partnership).organisation
    owner, asker = member(leading, Role.CONTACT), member(employer, Role.CONTACT)
    Initiative.objects.update(owner=owner.person)
    login(client, asker)
    inside = client.get(url("inside", initiative.slug)).content.decode()
    assert "Vragen om mee te doen namens Waterlicht" in inside
    for _turn in range(2):
        client.post(url("partner-ask", initiative.slug, employer.slug))
    partner = InitiativePartner.objects.get()
    assert (partner.state, partner.contact) == (PartnerState.ASKED, asker.person)
    told = OutgoingMail.objects.filter(kind="party_initiative_asked")
    assert {mail.person_id for mail in told} == {owner.person.pk, coordinator.person_id}
    assert told[0].subject == "Waterlicht wil meedoen aan Maatjes"
    (step,) = next_steps.for_coordinator(coordinator, initiative.partnership_id)
    assert (step.kind, step.url) == ("initiative_partner", partner.get_absolute_url())
    login(client, owner)
    press(client, url("partner-accept", initiative.slug, employer.slug), partner)
    partner.refresh_from_db()
    assert (partner.state, partner.contact) == (PartnerState.JOINED, asker.person)
    assert outbox().count(("party_initiative_answered", asker.email)) == 1


def test_no_has_a_reason_that_who_asked_reads_and_one_asks_again(client, initiative, employer, coordinator):
    by = acting(employer, Role.CONTACT)
    partner = service.ask(initiative_id=initiative.pk, organisation_id=employer.pk, by=by)
    login(client, user_of(coordinator))
    page = press(client, url("partner-decline", initiative.slug, employer.slug), partner, {"reason": ""})
    assert "Vul “Reden” in." in page.content.decode()
    press(client, url("partner-decline", initiative.slug, employer.slug), partner, {"reason": "We zijn vol."})
    mail = OutgoingMail.objects.latest("pk")
    assert mail.person_id == by.person_id
    assert "We zijn vol." in mail.body
    again = service.ask(initiative_id=initiative.pk, organisation_id=employer.pk, by=by)
    assert (again.pk, again.state) == (partner.pk, PartnerState.ASKED)


def test_either_side_ends_it_with_a_reason_and_it_is_counted_no_more(initiative, employer, coordinator):
    partner = InitiativePartnerFactory(initiative=initiative, organisation=employer)
    by = acting(employer, Role.MANAGER)
    assert counted() == 1
    with pytest.raises(ValidationError, match="reden"):
        service.leave(partner_id=partner.pk, reason=" ", by=by, read=None)
    for _turn in range(2):
        service.leave(partner_id=partner.pk, reason="Geen tijd", by=by, read="1")
    partner.refresh_from_db()
    assert (partner.state, partner.ends_on, counted()) == (PartnerState.LEFT, today(), 0)
    mail = OutgoingMail.objects.get()
    assert (mail.person_id, mail.subject) == (
        coordinator.person_id,
        "Waterlicht doet niet meer mee aan Maatjes",
    )
    service.invite(initiative_id=initiative.pk, organisation_id=employer.pk, by=coordinator)
    partner.refresh_from_db()
    assert (partner.state, partner.ends_on) == (PartnerState.INVITED, None)


def test_question_is_taken_back_by_who_asked_it(client, initiative, employer, coordinator):
    user = member(employer, Role.CONTACT)
    partner = service.invite(initiative_id=initiative.pk, organisation_id=employer.pk, by=coordinator)
    login(client, user)
    response = press(client, url("partner-withdraw", initiative.slug, employer.slug), partner)
    assert response.status_code == 403
    login(client, user_of(coordinator))
    press(client, url("partner-withdraw", initiative.slug, employer.slug), partner)
    partner.refresh_from_db()
    assert partner.state == PartnerState.WITHDRAWN
    mail = OutgoingMail.objects.latest("pk")
    assert (mail.kind, mail.to_email) == ("party_initiative_ended", user.email)


def test_who_speaks_for_both_says_both_yeses(initiative, partnership, coordinator):
    body = next(iter(coordinator.held)).organisation_id
    partner = service.invite(initiative_id=initiative.pk, organisation_id=body, by=coordinator)
    assert (partner.state, partner.contact_id) == (PartnerState.JOINED, coordinator.person_id)
    assert not OutgoingMail.objects.exists()


def test_organisation_outside_the_partnership_is_neither_invited_nor_asks(initiative, coordinator):
    outside = OrganisationFactory()
    with pytest.raises(ValidationError, match="Nodig die daar eerst"):
        service.invite(initiative_id=initiative.pk, organisation_id=outside.pk, by=coordinator)
    with pytest.raises(ValidationError, match="Alleen beheerders"):
        service.ask(initiative_id=initiative.pk, organisation_id=outside.pk, by=acting(outside, Role.MANAGER))


def test_partner_says_what_it_does_here_and_whom_one_asks(client, initiative, employer):
    user, other = member(employer, Role.CONTACT), member(employer, Role.PRACTICE_TRAINER)
    stranger = member(OrganisationFactory(), Role.CONTACT)
    partner = InitiativePartnerFactory(initiative=initiative, organisation=employer)
    login(client, user)
    page = partner.get_absolute_url()
    wrong = edit(client, page, {"role": "biedt de nachten", "contact": stranger.person.pk})
    assert wrong.status_code == 200
    edit(client, page, {"role": "biedt de nachten", "contact": other.person.pk})
    partner.refresh_from_db()
    assert (partner.role, partner.contact) == ("biedt de nachten", other.person)
    assert set(FieldChange.objects.values_list("field", flat=True)) == {"role", "contact"}
    inside = client.get(url("inside", initiative.slug)).content.decode()
    assert "biedt de nachten" in inside
    assert other.person.full_name in inside
    client.logout()
    assert other.person.full_name not in client.get(initiative.get_absolute_url()).content.decode()


def test_owner_writes_the_texts_of_an_idea_that_others_do_not_see(client, partnership, employer, coordinator):
    user, colleague = member(employer, Role.CONTACT), member(employer, Role.CONTACT)
    other = member(MemberFactory(partnership=partnership).organisation, Role.CONTACT)
    proposal = InitiativeProposalFactory(partnership=partnership, organisation=employer, by=user.person)
    idea = initiative_proposals.take_on(proposal_id=proposal.pk, by=coordinator, read=None)
    assert idea.owner == user.person
    texts = {"summary": "Nieuw", "question": "Wat?", "aim": "Dit", "success_measure": "Tien"}
    login(client, user)
    edit(client, url("texts", idea.slug), texts)
    idea.refresh_from_db()
    assert (idea.summary, idea.question) == ("Nieuw", "Wat?")
    login(client, colleague)
    assert client.get(url("inside", idea.slug)).status_code == 200
    assert client.get(url("texts", idea.slug)).status_code == 403
    login(client, other)
    assert client.get(url("inside", idea.slug)).status_code == 404


def test_owner_who_left_the_partnership_writes_no_more(initiative, employer):
    by = acting(employer, Role.CONTACT)
    Initiative.objects.update(owner=by.person_id)
    initiatives.save_texts(initiative_id=initiative.pk, by=by, version=None, summary="Ja")
    gone = acting(OrganisationFactory(), Role.CONTACT)
    Initiative.objects.update(owner=gone.person_id)
    with pytest.raises(ValidationError, match="trekker"):
        initiatives.save_texts(initiative_id=initiative.pk, by=gone, version=None, summary="Nee")


def test_coordinator_names_an_owner_among_the_people_of_partners(client, initiative, employer, coordinator):
    user = member(employer, Role.CONTACT)
    InitiativePartnerFactory(initiative=initiative, organisation=employer)
    login(client, user_of(coordinator))
    page = reverse("partnerships:coordination-initiative-change", args=["zorgpact-noord", "maatjes"])
    data = {"title": "Maatjes", "kind": "project", "summary": "Samen", "is_published": "on"}
    edit(client, page, data | {"owner": user.person.pk})
    initiative.refresh_from_db()
    assert initiative.owner == user.person
    assert "owner" in set(FieldChange.objects.values_list("field", flat=True))


@pytest.mark.parametrize("rows", [1, 3])
def test_inner_page_costs_the_same_for_any_number(
    client, django_assert_num_queries, initiative, employer, rows
):
    for _row in range(rows):
        InitiativePartnerFactory(initiative=initiative, contact=member(employer, Role.CONTACT).person)
    login(client, member(employer, Role.CONTACT))
    with django_assert_num_queries(8):
        page = client.get(url("inside", initiative.slug)).content.decode()
    assert page.count("<h3>") == rows


def test_who_waits_is_not_shown_to_other_members(client, initiative, employer):
    InitiativePartnerFactory(initiative=initiative, state="asked", organisation__name="Stille Vrager")
    login(client, member(employer, Role.CONTACT))
    assert "Stille Vrager" not in client.get(url("inside", initiative.slug)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "left"},
        {"ends_on": "2026-01-01"},
        {"state": "left", "starts_on": "2026-02-01", "ends_on": "2026-01-01"},
    ],
)
def test_who_left_has_a_last_day(initiative, wrong):
    partner = InitiativePartnerFactory(initiative=initiative)
    with pytest.raises(IntegrityError), transaction.atomic():
        InitiativePartner.objects.filter(pk=partner.pk).update(**wrong)


@pytest.mark.parametrize(
    ("act", "state"),
    [("accept", "invited"), ("decline", "invited"), ("withdraw", "asked"), ("leave", "joined")],
)
def test_page_that_is_old_does_nothing(client, initiative, employer, act, state):
    partner = InitiativePartnerFactory(initiative=initiative, organisation=employer, state=state)
    InitiativePartner.objects.update(role="anders")
    login(client, member(employer, Role.CONTACT))
    page = url(f"partner-{act}", initiative.slug, employer.slug)
    response = client.post(page, {"read": "1", "reason": "Geen tijd"}, follow=True)
    assert "sinds je deze pagina" in response.content.decode()
    partner.refresh_from_db()
    assert partner.state == state
