"""The first page: figures from the data, and what it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import for_everyone
from core.dates import today
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    CallFactory,
    InitiativeFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
    ThemeFactory,
)
from tests.helpers import login
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("item_count", [1, 3])
def test_home_query_count(client, django_assert_num_queries, item_count):
    for _ in range(item_count):
        InitiativeFactory(provinces=["ut"]).themes.add(ThemeFactory())
    InitiativeFactory(is_published=False)
    with django_assert_num_queries(5):  # facets, newest, their themes, partnerships, organisations
        response = client.get(reverse("home"))
    for_everyone.forget()
    with django_assert_num_queries(3):  # the figures below are counted every five minutes
        StrictClient().get(reverse("home"))
    assert len(response.context["cards"]) == item_count
    assert {cell.province.code: cell.count for cell in response.context["cells"] if cell.count} == {
        "ut": item_count
    }


def test_figures_count_what_runs_once(client):
    running, over = PartnershipFactory(), PartnershipFactory(ends_on=today() - timedelta(days=1))
    PartnershipFactory(is_published=False)
    shared = OrganisationFactory()
    MemberFactory(partnership=running, organisation=shared)
    MemberFactory(partnership=PartnershipFactory(), organisation=shared)
    MemberFactory(partnership=running, ends_on=today() - timedelta(days=1))
    MemberFactory(partnership=over)
    InitiativeFactory(partnership=running)
    figures = client.get(reverse("home")).context["figures"]
    assert [figure.value for figure in figures] == [2, 1, 1]


def test_home_leads_to_real_pages(client):
    html = client.get(reverse("home")).content.decode()
    for name in ("for-students", "for-employers", "help", "partnerships:initiative-list"):
        assert f'href="{reverse(name)}' in html
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("signed_in", [False, True])
def test_page_for_students_asks_only_visitors_to_sign_in(client, signed_in):
    if signed_in:
        login(client, UserFactory())
    text = client.get(reverse("for-students")).content.decode()
    main = text[text.index("<main") : text.index("</main>")]
    assert (reverse("account_login") in main) is not signed_in
    assert (reverse("start") in main) is signed_in


def test_employers_see_the_calls_that_are_open(client):
    CallFactory(title="Nu open")
    CallFactory(title="Al dicht", deadline=today() - timedelta(days=1))
    CallFactory(title="Nog concept", is_published=False)
    html = client.get(reverse("for-employers")).content.decode()
    assert ["Nu open" in html, "Al dicht" in html, "Nog concept" in html] == [True, False, False]


def test_robots_keeps_out_of_private_parts(client):
    response = client.get(reverse("robots"))
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /beheer/" in response.content.decode()
