"""A mail when something new fits: asked for without an account, confirmed and stopped from the mail."""

import json
from datetime import datetime, time, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import outbox
from core.dates import today
from core.models import OutgoingMail
from partnerships.models import Initiative, SavedSearch
from partnerships.queries.saved_searches import token_of
from partnerships.services import saved_searches as service
from partnerships.tasks import tell_saved_searches
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import CallFactory, InitiativeFactory, SavedSearchFactory
from tests.helpers import link_of, login

ANSWERS = {"email": "Sanne@Voorbeeld.test", "rhythm": "daily"}


def ask(client, name="initiatieven", query="", **changes):
    return client.post(reverse("partnerships:saved-search-ask", args=[name]) + query, ANSWERS | changes)


def later(**more):
    """Past what is still being published now."""
    return time_machine.travel(timezone.now() + timedelta(**more), tick=False)


def found():
    return OutgoingMail.objects.filter(kind="visitor_search_found")


@pytest.mark.django_db
def test_visitor_asks_confirms_with_a_button_and_hears_what_is_new(client):
    old = InitiativeFactory(title="Al lang bezig", provinces=["ut"])
    page = client.get(reverse("partnerships:initiative-list") + "?provincie=ut").content.decode()
    assert f"{reverse('partnerships:saved-search-ask', args=['initiatieven'])}?provincie=ut" in page
    answer = ask(client, query="?provincie=ut")
    assert answer.url == reverse("partnerships:saved-search-sent")
    search, mail = SavedSearch.objects.get(), OutgoingMail.objects.get(kind="visitor_search_asked")
    assert (search.email, search.query, mail.to_email) == (
        "sanne@voorbeeld.test",
        "provincie=ut",
        "sanne@voorbeeld.test",
    )
    page = client.get(link_of(mail)).content.decode()
    assert "Utrecht" in page
    search.refresh_from_db()
    assert search.confirmed_at is None  # looking changes nothing, for a scanner of mails too
    client.post(reverse("partnerships:saved-search-confirm", args=[token_of(search)]))
    with later(minutes=10):
        new = InitiativeFactory(title="Samen leren in Overvecht", provinces=["ut"])
        InitiativeFactory(title="Elders", provinces=["gr"])
        InitiativeFactory(title="Nog niet openbaar", provinces=["ut"], is_published=False)
    Initiative.objects.filter(pk=new.pk).update(
        published_at=None
    )  # the database keeps it, whatever is written
    with later(days=1):
        assert tell_saved_searches() == 1
        assert tell_saved_searches() == 0
    mail = found().get()
    assert mail.subject == "Nieuw initiatief: Samen leren in Overvecht"
    assert "Utrecht" in mail.body
    assert [title in mail.body for title in (old.title, "Elders", "Nog niet openbaar")] == [False] * 3
    assert mail.link.endswith("/initiatieven/?provincie=ut")


@pytest.mark.django_db
def test_mail_program_stops_it_by_one_press_without_cookies(smtp_server):
    search = SavedSearchFactory(told_until=timezone.now() - timedelta(days=8))
    InitiativeFactory()
    with later(minutes=10):
        tell_saved_searches()
    noon = datetime.combine(today() + timedelta(days=1), time(12), timezone.get_current_timezone())
    with time_machine.travel(noon, tick=False):
        assert outbox.deliver_due() == 1
    (message,) = smtp_server.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>")
    path = "/" + address.split("/", 3)[3]
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 302
    search.refresh_from_db()
    assert search.stopped_at is None
    strict.post(path, {"List-Unsubscribe": "One-Click"})
    search.refresh_from_db()
    assert search.stopped_at is not None
    page = strict.get(reverse("partnerships:saved-search", args=[token_of(search)])).content.decode()
    assert "Je krijgt deze mails niet meer" in page
    text = message.get_payload(decode=True).decode()
    assert reverse("partnerships:saved-search", args=[token_of(search)]) in text


@pytest.mark.django_db
def test_page_has_the_button_that_stops_it(client):
    search = SavedSearchFactory()
    page = client.get(reverse("partnerships:saved-search", args=[token_of(search)])).content.decode()
    assert "Mails stoppen" in page
    client.post(reverse("partnerships:saved-search-end", args=[token_of(search)]))
    search.refresh_from_db()
    assert not search.is_on


@pytest.mark.django_db
def test_link_that_was_tampered_with_opens_nothing(client):
    token = token_of(SavedSearchFactory())
    assert client.get(reverse("partnerships:saved-search", args=[token[:-1]])).status_code == 404
    assert client.post(reverse("partnerships:saved-search-end", args=["x"])).status_code == 404
    assert client.get(reverse("partnerships:saved-search-ask", args=["iets"])).status_code == 404


@pytest.mark.django_db
def test_asking_twice_makes_one_and_says_the_same(client):
    first, second = ask(client), ask(client)
    assert (first.url, SavedSearch.objects.count()) == (second.url, 1)
    assert OutgoingMail.objects.filter(kind="visitor_search_asked").count() == 2
    for _turn in range(6):
        ask(client)
    assert OutgoingMail.objects.filter(kind="visitor_search_asked").count() == 5


@pytest.mark.django_db
def test_bad_address_stays_as_it_was_typed(client):
    page = ask(client, email="geen adres").content.decode()
    assert "geen adres" in page
    assert SavedSearch.objects.count() == 0


@pytest.mark.django_db
def test_unconfirmed_address_reads_no_word_of_a_visitor(client):
    ask(client, query="?q=Kwaadwillend")
    mail = OutgoingMail.objects.get()
    assert "Kwaadwillend" not in mail.subject + mail.body


@pytest.mark.django_db
def test_who_is_signed_in_is_known_by_the_own_address_only(client):
    user = UserFactory()
    login(client, user)
    assert (
        user.email in client.get(reverse("partnerships:saved-search-ask", args=["oproepen"])).content.decode()
    )
    ask(client, email=user.email)
    ask(client, email="ander@voorbeeld.test")
    asked = dict(SavedSearch.objects.values_list("email", "person"))
    assert asked == {user.email: user.person.pk, "ander@voorbeeld.test": None}


@pytest.mark.django_db
def test_new_call_is_told_once_a_week(client):
    ask(client, name="oproepen", rhythm="weekly")
    service.confirm(search_id=SavedSearch.objects.get().pk)
    with later(minutes=10):
        CallFactory(title="Tien werkgevers gezocht")
    with later(days=2):
        assert tell_saved_searches() == 0
    with later(days=7):
        assert tell_saved_searches() == 1
    assert found().get().subject == "Nieuwe oproep voor werkgevers: Tien werkgevers gezocht"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_same_question_is_asked_once_however_many_ask_it(number, django_assert_num_queries):
    asked = timezone.now() - timedelta(days=8)
    SavedSearchFactory.create_batch(number, query="provincie=ut", asked_at=asked, told_until=asked)
    InitiativeFactory(provinces=["ut"])
    # Of one transaction: what is due, what is new, themes twice, what fits, the mails, moved on; then that nothing is left.
    with later(minutes=10), django_assert_num_queries(12):
        assert tell_saved_searches() == number
    assert found().count() == number


@pytest.mark.django_db
def test_nothing_is_asked_when_nothing_is_new():
    search = SavedSearchFactory()
    assert tell_saved_searches() == 0
    before, search = search.told_until, SavedSearch.objects.get()
    assert search.told_until > before


@pytest.mark.django_db(transaction=True)  # the keeper has a connection of its own
def test_unconfirmed_and_stopped_ones_go_after_30_days():
    ago = timezone.now() - timedelta(days=31)
    SavedSearchFactory(asked_at=ago, confirmed_at=None)
    SavedSearchFactory(asked_at=ago, stopped_at=ago)
    stays = SavedSearchFactory(asked_at=ago)
    out = StringIO()
    call_command("retain", stdout=out)
    assert json.loads(out.getvalue())["unconfirmed"] == {"partnerships.SavedSearch deleted": 2}
    assert SavedSearch.objects.get() == stays
