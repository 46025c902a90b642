"""We want this too: told from outside with consent, answered by the coordinators, forgotten after its term."""

import pytest
from django.db.models import F
from django.urls import reverse

from accounts.models import Person, User
from core import versions
from core.models import OutgoingMail
from playbooks.models import PlaybookLead
from tests.factories.playbooks import PlaybookLeadFactory, PlaybookVersionFactory
from tests.helpers import coordinating, login, press

pytestmark = pytest.mark.django_db
TOLD = {
    "organisation_name": "Zorggroep Buiten",
    "town": "Hengelo",
    "contact_name": "Ria Verweg",
    "email": "ria@buiten.example",
    "question": "Hoeveel uur kost het?",
    "consent": "on",
}


@pytest.fixture
def version():
    return PlaybookVersionFactory(parts=["Vergaderen"], published=True)


@pytest.fixture
def coordinator(version):
    return User.objects.get(person=coordinating(version.playbook.partnership).person_id)


def ask(client, version, **fields):
    return client.post(reverse("playbooks:lead-create", args=[version.playbook.slug]), TOLD | fields)


def page_of(lead, name="lead-detail"):
    return reverse(f"playbooks:{name}", args=[lead.partnership.slug, lead.public_id])


def test_b13_an_organisation_from_outside_asks_and_is_answered(client, version, coordinator):
    page = client.get(version.playbook.get_absolute_url()).content.decode()
    assert reverse("playbooks:lead-create", args=[version.playbook.slug]) in page
    assert ask(client, version).url == reverse("playbooks:lead-sent", args=[version.playbook.slug])
    lead = PlaybookLead.objects.get()
    receipt = OutgoingMail.objects.get(kind="asker_lead_received")
    assert receipt.to_email == "ria@buiten.example"
    assert "We hebben je vraag over het draaiboek" in receipt.subject
    assert "12 maanden" in receipt.body
    assert "Hoeveel uur" not in receipt.body  # whoever typed another's address writes nobody a letter
    told = OutgoingMail.objects.get(kind="coordinator_lead_came")
    assert told.person == coordinator.person
    assert "Zorggroep Buiten wil ook met jullie draaiboek beginnen" in told.subject
    assert "Hoeveel uur kost het?" in told.body
    login(client, coordinator)
    assert "Zorggroep Buiten" in client.get(told.link).content.decode()
    press(client, page_of(lead), lead, {"answer": "Ongeveer 60 uur."})
    answer = OutgoingMail.objects.get(kind="asker_lead_answered")
    assert "Antwoord op je vraag" in answer.subject
    assert "Ongeveer 60 uur." in answer.body
    lead.refresh_from_db()
    assert lead.state == "answered"
    press(client, page_of(lead, "lead-close"), lead)
    lead.refresh_from_db()
    assert lead.state == "closed"
    press(client, page_of(lead, "lead-reopen"), lead)
    lead.refresh_from_db()
    assert lead.state == "new"


@pytest.mark.parametrize("lacks", ["consent", "organisation_name", "email", "contact_name", "town"])
def test_without_consent_or_name_nothing_is_kept(client, version, lacks):
    answer = ask(client, version, **{lacks: ""})
    assert answer.status_code == 200
    assert not PlaybookLead.objects.exists()
    if lacks != "organisation_name":
        assert "Zorggroep Buiten" in answer.content.decode()


def test_sent_twice_is_one_question_with_what_was_told_last(client, version):
    ask(client, version)
    ask(client, version, town="Almelo")
    assert PlaybookLead.objects.get().town == "Almelo"
    assert OutgoingMail.objects.filter(kind="asker_lead_received").count() == 1


def test_a_mailbox_gets_few_mails_a_day(client, version):
    for _turn in range(5):
        ask(client, version)
        PlaybookLead.objects.update(state="closed")
    assert OutgoingMail.objects.filter(kind="asker_lead_received").count() == 3


def test_coordinators_of_another_partnership_see_nothing(client, version):
    lead = PlaybookLeadFactory(version=version)
    login(
        client, User.objects.get(person=coordinating(PlaybookVersionFactory().playbook.partnership).person_id)
    )
    assert client.get(page_of(lead)).status_code == 404
    assert Person.objects.filter(pk=lead.contact_id).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_costs_of_the_list(client, version, coordinator, number, django_assert_num_queries):
    PlaybookLeadFactory.create_batch(number, version=version)
    login(client, coordinator)
    url = reverse("playbooks:lead-list", args=[version.playbook.partnership.slug])
    client.get(url)
    with django_assert_num_queries(4):
        client.get(url)


@pytest.mark.parametrize(("act", "state"), [("detail", "new"), ("close", "new"), ("reopen", "closed")])
def test_a_question_that_was_changed_meanwhile_stays(client, version, coordinator, act, state):
    lead = PlaybookLeadFactory(version=version)
    if state == "closed":
        login(client, coordinator)
        press(client, page_of(lead, "lead-close"), lead)
        lead.refresh_from_db()
    read = versions.of(lead)
    PlaybookLead.objects.filter(pk=lead.pk).update(row_version=F("row_version") + 1)
    login(client, coordinator)
    answer = client.post(page_of(lead, f"lead-{act}"), {"read": read, "answer": "Ja."}, follow=True)
    assert str(versions.CHANGED) in answer.content.decode()
    lead.refresh_from_db()
    assert lead.state == state
