"""Personal links: a button opens one, looking uses nothing up, and a new one goes to the same mailbox only."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import LinkAct
from accounts.models import PersonalLink
from accounts.queries.links import known_by
from accounts.services import addresses, links
from accounts.views.links import PAGES
from core.models import OutgoingMail
from core.tokens import digest_of
from tests.factories.accounts import PersonalLinkFactory, PersonFactory, UserFactory
from tests.factories.partnerships import SignUpLinkFactory
from tests.helpers import link_of, open_link

pytestmark = pytest.mark.django_db


def url(token: str) -> str:
    return reverse("accounts:personal-link", args=[token])


def renew(client, token: str):
    return client.post(reverse("accounts:personal-link-renew", args=[token]))


@pytest.fixture
def link():
    """The link to a sign-up, an hour old."""
    return SignUpLinkFactory(link__token="geheim", link__created_at=timezone.now() - timedelta(hours=1)).link


def test_secret_is_kept_as_its_digest_only():
    row, token = links.make(person=PersonFactory(email="bo@zorg.example"), act=LinkAct.SIGN_UP)
    assert (row.digest, row.email) == (digest_of(token), "bo@zorg.example")
    assert token not in str(vars(row))
    assert row.expires_at - row.created_at == pytest.approx(timedelta(days=21), abs=timedelta(minutes=1))


def test_looking_uses_nothing_up_and_opens_nothing(client, link):
    before = PersonalLink.objects.values().get()
    for method in (client.get, client.head, client.get):
        assert method(url("geheim")).status_code == 200
    assert PersonalLink.objects.values().get() == before
    assert client.get(reverse(PAGES[link.act], args=[link.public_id])).status_code == 404
    assert link.person.full_name in client.get(url("geheim")).content.decode()


def test_button_opens_the_act_for_twelve_hours_in_this_browser(client, link):
    page = client.post(url("geheim")).url
    assert client.get(page).status_code == 200
    assert Client().get(page).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=11, minutes=59), tick=False):
        assert client.get(page).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1), tick=False):
        answer = client.get(page)
    assert (answer.status_code, "twaalf uur" in answer.content.decode()) == (404, True)


@pytest.mark.parametrize("how", ["unknown", "over", "withdrawn"])
def test_link_that_does_not_work_says_what_to_do(client, link, how):
    if how == "over":
        PersonalLink.objects.update(expires_at=timezone.now())
    if how == "withdrawn":
        links.revoke(links=PersonalLink.objects.all())
    for method in (client.get, client.post):
        answer = method(url("onzin" if how == "unknown" else "geheim"))
        assert answer.status_code == 404
        assert "Nieuwe link versturen" in answer.content.decode()


@pytest.mark.parametrize("token", ["onzin", "a" * 900, "%00", "é"])
def test_hostile_secrets_get_a_clear_page(client, token):
    for path in (f"/link/{token}/", f"/link/{token}/nieuwe-link/"):
        assert client.post(path).status_code in (200, 404)


def test_new_link_goes_to_the_same_address_and_replaces_the_older(client, link):
    PersonalLink.objects.update(expires_at=timezone.now())
    renew(client, "geheim")
    mail = OutgoingMail.objects.get()  # holder_link_renewed
    assert (mail.kind, mail.to_email, mail.is_secret) == ("holder_link_renewed", link.email, True)
    assert mail.subject == "Je nieuwe link naar Leerpact"
    assert "je aanmelding voor een oproep bevestigen of wijzigen" in mail.body
    newer = PersonalLink.objects.usable().get()
    assert (newer.renewed_from, newer.person) == (link, link.person)
    assert client.get(open_link(client, mail)).status_code == 200
    assert client.get(url("geheim")).status_code == 404


def test_older_link_may_still_ask_for_a_new_one(client, link):
    renew(client, "geheim")
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        renew(client, "geheim")
    first, second = OutgoingMail.objects.order_by("pk")
    assert [client.get(link_of(mail)).status_code for mail in (first, second)] == [404, 200]


@pytest.mark.parametrize("why", ["unknown", "withdrawn", "just sent", "other address", "account"])
def test_no_new_link_and_the_same_answer(client, link, why):
    usual = renew(client, "onzins").content
    if why == "withdrawn":
        links.revoke(links=PersonalLink.objects.all())
    if why == "just sent":
        PersonalLink.objects.update(created_at=timezone.now() - timedelta(minutes=9))
    if why == "other address":
        link.person.email = "ander@zorg.example"
        link.person.save()
    if why == "account":
        UserFactory(person=link.person, email="ander@zorg.example")
    answer = renew(client, "anders" if why == "unknown" else "geheim")
    assert (answer.status_code, len(answer.content)) == (200, len(usual))
    assert not OutgoingMail.objects.exists()


def test_every_act_has_its_page():
    assert set(PAGES) == set(LinkAct)
    for name in PAGES.values():
        assert reverse(name, args=[PersonalLinkFactory().public_id])


def test_link_in_the_wrong_mailbox_opens_nothing_once_the_address_is_put_right(client, link):
    addresses.correct(person_id=link.person_id, email="goed@zorg.example", by=PersonFactory().pk)
    assert known_by("geheim") is None
    mail = OutgoingMail.objects.get(kind="holder_link_renewed")
    assert mail.to_email == "goed@zorg.example"
    assert client.get(open_link(client, mail)).status_code == 200
