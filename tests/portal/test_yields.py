"""What a partnership yielded for one organisation: each figure opens the list that it counts."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from tests.factories.meetings import ActionFactory, DecisionFactory, NeedFactory
from tests.factories.partnerships import (
    InitiativeFactory,
    InitiativePartnerFactory,
    MemberFactory,
    PartnershipFactory,
)
from tests.factories.placements import PlacementFactory, SlotFactory
from tests.helpers import coordinating, login, member

pytestmark = pytest.mark.django_db


def page_of(joined, **asked) -> str:
    return reverse("organisation-yield", args=[joined.partnership.slug, joined.organisation.slug])


def figures(client, joined) -> dict[str, int]:
    return {figure.key: figure.number for figure in client.get(page_of(joined)).context["figures"]}


@pytest.fixture
def joined():
    return MemberFactory(organisation__name="Zorggroep De Linde")


@pytest.fixture
def contact(client, joined):
    user = member(joined.organisation, Role.CONTACT)
    login(client, user)
    return user


def full(joined):
    """One of everything, and beside each one that does not count."""
    partnership, organisation = joined.partnership, joined.organisation
    other = MemberFactory(partnership=partnership).organisation
    initiative = InitiativeFactory(partnership=partnership, title="Samen in de nacht", is_published=True)
    InitiativePartnerFactory(initiative=initiative, organisation=organisation)
    InitiativeFactory(partnership=partnership, is_published=True)
    SlotFactory(organisation=organisation, partnership=partnership, seats=3, title="Plek op Molenhof")
    SlotFactory(organisation=organisation, partnership=PartnershipFactory())
    for of in (organisation, other):
        need = {"partnership": partnership, "organisation": of}
        NeedFactory(**need, title=f"Vraag van {of.pk}", state="answered", answer="Ja.")
        NeedFactory(**need)
        ActionFactory(**need, title=f"Actie van {of.pk}", state="done")
        ActionFactory(**need)
    DecisionFactory(item__meeting__partnership=partnership, initiative=initiative, text="We gaan door")
    DecisionFactory(item__meeting__partnership=partnership, text="Over iets anders")


def test_e11_employer_sees_what_the_pact_yielded_and_opens_each_list(client, joined, contact):
    full(joined)
    assert figures(client, joined) == dict.fromkeys(
        ("initiatieven", "behoeften", "acties", "besluiten"), 1
    ) | {"plekken": 3}
    inside = reverse("partnerships:partnership-inside", args=[joined.partnership.slug])
    assert page_of(joined) in client.get(inside).content.decode()
    for key, told in {
        "plekken": "Plek op Molenhof",
        "initiatieven": "Samen in de nacht",
        "behoeften": f"Vraag van {joined.organisation.pk}",
        "acties": f"Actie van {joined.organisation.pk}",
        "besluiten": "We gaan door",
    }.items():
        shown = client.get(page_of(joined), {"lijst": key})
        assert told in shown.content.decode()
        assert len(shown.context["page"]) == 1
        file = client.get(page_of(joined), {"lijst": key, "download": "csv"})
        assert told in b"".join(file.streaming_content).decode()


def test_e11_few_students_are_hidden_and_five_are_shown(client, joined, contact):
    for number in range(1, 6):
        PlacementFactory(slot__organisation=joined.organisation, slot__partnership=joined.partnership)
        shown = client.get(page_of(joined))
        assert shown.context["students"] == (number if number == 5 else None)
        assert ("minder dan 5" in shown.content.decode()) is (number < 5)
        assert (reverse("placements:placement-list") in _figures(shown)) is (number == 5)


def _figures(shown) -> str:
    return shown.content.decode().partition('<dl class="figures">')[2].partition("</dl>")[0]


def test_need_without_a_name_is_counted_for_who_raised_it_alone(client, joined, contact):
    need = {"partnership": joined.partnership, "organisation": joined.organisation, "is_anonymous": True}
    NeedFactory(**need, state="answered", answer="Ja.")
    assert figures(client, joined)["behoeften"] == 0
    NeedFactory(**need, state="answered", answer="Ja.", person=contact.person)
    assert figures(client, joined)["behoeften"] == 1


def test_a_list_that_is_none_shows_the_first(client, joined, contact):
    assert client.get(page_of(joined), {"lijst": "x"}).context["shown"].key == "plekken"


def test_coordinator_sees_it_of_each_member(client, joined):
    login(client, User.objects.get(person=coordinating(joined.partnership).person_id))
    assert client.get(page_of(joined)).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_many(client, django_assert_num_queries, joined, contact, number):
    for _each in range(number):
        full(joined) if _each == 0 else SlotFactory(
            organisation=joined.organisation, partnership=joined.partnership
        )
    client.get(page_of(joined))
    with django_assert_num_queries(11):
        client.get(page_of(joined))
