"""The same form of the same page sent again gets the answer of the first time; anything else is done anew."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.enums import Role
from core.models import OutgoingMail
from partnerships.models import Location, Organisation
from tests.factories.partnerships import OrganisationFactory
from tests.helpers import login, member, side_by_side
from tests.strict import StrictClient

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
SAVED = "De locatie is opgeslagen."
KNOWN = "Er is al een locatie met deze naam."


@pytest.fixture
def organisation() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def manager(client, organisation):
    return login(client, member(organisation, Role.MANAGER))


def page_of(organisation) -> str:
    return reverse("partnerships:location-create", args=[organisation.slug])


def form_on(client, page, **values):
    """What the form on a freshly opened page sends."""
    token = unescape(TOKEN.findall(client.get(page).content.decode())[-1])
    data = {"csrfmiddlewaretoken": token, "name": "Molenhof", "municipality": "Urk", "pc4": "8321"}
    return data | {"neighbourhood": ""} | values


@pytest.mark.django_db
def test_second_press_says_what_the_first_one_did(manager, organisation):
    page = page_of(organisation)
    data = form_on(manager, page)
    for _ in range(3):
        response = manager.post(page, data, follow=True)
        assert SAVED in response.content.decode()
        assert response.redirect_chain[-1][0] == reverse(
            "partnerships:location-list", args=[organisation.slug]
        )
    assert Location.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"name": "Molenhof "}, {"csrfmiddlewaretoken": "x" * 64}])
def test_other_form_is_done_anew(manager, organisation, other):
    page = page_of(organisation)
    data = form_on(manager, page)
    manager.post(page, data)
    assert KNOWN in manager.post(page, data | other).content.decode()


@pytest.mark.django_db
def test_page_opened_anew_does_something_anew(manager, organisation):
    page = page_of(organisation)
    manager.post(page, form_on(manager, page))
    assert KNOWN in manager.post(page, form_on(manager, page)).content.decode()


@pytest.mark.django_db
def test_whoever_did_something_else_in_between_does_it_anew(manager, organisation):
    """Else it would say that a location is there which was closed meanwhile."""
    page = page_of(organisation)
    data = form_on(manager, page)
    manager.post(page, data)
    row = Location.objects.get()
    close = reverse("partnerships:location-close", args=[organisation.slug, row.public_id])
    token = TOKEN.findall(manager.get(close).content.decode())[-1]
    manager.post(close, {"csrfmiddlewaretoken": token})
    row.delete()
    assert SAVED in manager.post(page, data, follow=True).content.decode()
    assert Location.objects.count() == 1


@pytest.mark.django_db
def test_what_was_refused_is_tried_again(manager, organisation):
    page = page_of(organisation)
    data = form_on(manager, page, name="")
    for _ in range(2):
        assert "errsum" in manager.post(page, data).content.decode()


@pytest.mark.django_db
def test_answer_is_for_the_browser_that_sent_it(manager, organisation):
    page = page_of(organisation)
    data = form_on(manager, page)
    manager.post(page, data)
    other = login(StrictClient(), member(organisation, Role.MANAGER))
    assert KNOWN in other.post(page, data).content.decode()


@pytest.mark.django_db
def test_visitor_who_presses_twice_gets_one_mail(client):
    page = reverse("accounts:sign-up")
    data = form_on(client, page, email="nieuw@voorbeeld.test")
    for _ in range(2):
        assert client.post(page, data).status_code == 302
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db
def test_without_the_cache_the_services_see_to_it(manager, organisation):
    page = page_of(organisation)
    data = form_on(manager, page)
    manager.post(page, data)
    cache.clear()
    assert KNOWN in manager.post(page, data).content.decode()
    assert Location.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_are_one(organisation):
    first = login(StrictClient(), member(organisation, Role.MANAGER))
    page = page_of(organisation)
    data = form_on(first, page)
    second = StrictClient()
    second.cookies = first.cookies

    def press(client):
        return lambda: client.post(page, data).status_code

    assert side_by_side(press(first), press(second)) == [302, 302]
    assert Location.objects.count() == 1


@pytest.mark.django_db
def test_form_without_a_token_of_a_page_is_left_to_the_view(manager, organisation):
    page = page_of(organisation)
    data = form_on(manager, page)
    del data["csrfmiddlewaretoken"]
    manager.post(page, data)
    assert KNOWN in manager.post(page, data).content.decode()
