"""The public pages of initiatives: what they show, what they cost, and that nothing odd in the address breaks them."""

import re
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import quote

import pytest
from django.urls import reverse
from lxml import etree

from accounts.enums import Role
from core.dates import today
from core.searching import question
from partnerships.enums import Branch, InitiativeKind, InitiativePhase, OrganisationKind, StoryState
from partnerships.models import Initiative, InitiativePartner, Organisation
from partnerships.presenters.initiatives import cards
from tests.factories.partnerships import (
    CallFactory,
    FundingFactory,
    IndicatorFactory,
    InitiativeFactory,
    InitiativePartnerFactory,
    InitiativeResultFactory,
    MeasurementFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipThemeFactory,
    PointOfContactFactory,
    StoryVersionFactory,
    ThemeFactory,
)
from tests.helpers import login, meanwhile, member
from ui import formats, remembered

pytestmark = pytest.mark.django_db
LIST = "/initiatieven/"


def titles(response):
    return [card.title for card in response.context.get("cards", [])]


def filled(**values):
    """An initiative with everything a card shows."""
    initiative = InitiativeFactory(**values)
    initiative.themes.add(ThemeFactory())
    InitiativePartnerFactory(initiative=initiative)
    InitiativePartnerFactory(initiative=initiative, organisation=OrganisationFactory(school=True))
    return initiative


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_query_count(client, django_assert_num_queries, item_count):
    for _ in range(item_count):
        filled()
    InitiativeFactory(is_published=False, title="Concept")
    with django_assert_num_queries(4):  # themes, facets, keys of the page, the page
        response = client.get(LIST)
    assert len(titles(response)) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_with_text_and_filters_query_count(client, django_assert_num_queries, item_count):
    for number in range(item_count):
        filled(title=f"Nachtdienst {number}")
    question("dienst")  # the synonyms are known
    # The words, and likeness when they bring little.
    with django_assert_num_queries(6 if item_count < 3 else 5):
        response = client.get(LIST, {"q": "nachtdiensten", "provincie": "fl", "branche": "ouderenzorg"})
    assert len(titles(response)) == item_count


def test_facets_or_within_and_across(client):
    InitiativeFactory(title="A", kind=InitiativeKind.PROJECT, provinces=["fl"])
    InitiativeFactory(title="B", kind=InitiativeKind.EXPERIMENT, provinces=["fl"])
    InitiativeFactory(title="C", kind=InitiativeKind.TRAINING, provinces=["fl"])
    InitiativeFactory(title="D", kind=InitiativeKind.PROJECT, provinces=["ut"])
    response = client.get(LIST, {"soort": ["project", "experiment"], "provincie": "fl", "sorteer": "naam"})
    assert titles(response) == ["A", "B"]


def test_counts_leave_the_own_choice_aside(client):
    theme, other = ThemeFactory(), ThemeFactory()
    for kind, chosen in [("project", theme), ("project", other), ("experiment", theme)]:
        InitiativeFactory(kind=kind).themes.add(chosen)
    response = client.get(LIST, {"soort": "project", "thema": theme.slug})
    facets = response.context["filters"].facets
    assert {option.value: option.count for option in facets["soort"].options} == {
        "project": 1,
        "experiment": 1,
    }
    assert {option.value: option.count for option in facets["thema"].options} == {
        theme.slug: 1,
        other.slug: 1,
    }
    assert {option.value: option.count for option in facets["provincie"].options if option.count} == {"fl": 1}
    assert response.context["page"].total == 1


def test_counts_on_many_values_of_one_initiative(client):
    InitiativeFactory(branches=[Branch.ELDERLY_CARE, Branch.HOME_CARE], provinces=["fl", "ge"])
    response = client.get(LIST)
    facets = response.context["filters"].facets
    assert [option.value for option in facets["branche"].options] == ["ouderenzorg", "thuiszorg"]
    assert {cell.province.code for cell in response.context["filters"].map_cells if cell.count} == {
        "fl",
        "ge",
    }


def test_counts_past_the_cap_say_at_least(client, monkeypatch, settings):
    settings.WRITTEN_QUERIES = False  # what was written keeps the limit of before
    monkeypatch.setattr("partnerships.queries.search.MOST_COUNTED", 2)
    InitiativeFactory.create_batch(3)
    response = client.get(LIST)
    option = response.context["filters"].facets["soort"].options[0]
    assert (option.count, option.at_least) == (3, True)
    assert "3+" in response.content.decode()


def test_chips_take_one_filter_off_and_keep_the_rest(client):
    InitiativeFactory()
    response = client.get(
        LIST, {"q": "leren", "soort": ["project", "scholing"], "provincie": "fl", "page": "1"}
    )
    chips = {str(chip.label): chip.url for chip in response.context["filters"].chips}
    assert chips["Flevoland"] == "/initiatieven/?q=leren&soort=project&soort=scholing"
    assert len(chips) == 3
    assert response.context["filters"].clear_url == "/initiatieven/?q=leren"


def test_map_links_choose_one_province(client):
    InitiativeFactory(kind=InitiativeKind.PROJECT, provinces=["ut"])
    page = client.get(LIST, {"provincie": "fl", "soort": "project"}).content.decode()
    assert (
        '<a href="/initiatieven/?soort=project&amp;provincie=ut" aria-label="Utrecht: 1 initiatieven">'
        in page
    )


def test_zero_results_suggest_what_to_drop(client):
    InitiativeFactory(kind=InitiativeKind.PROJECT, state=InitiativePhase.RUNNING)
    response = client.get(LIST, {"soort": "scholing", "fase": "loopt"})
    assert titles(response) == []
    suggested = re.findall(r'<a href="([^"]+)">\s*Laat ([^<]+?)\s*</a>', response.content.decode())
    assert suggested == [("/initiatieven/?fase=loopt", "soort initiatief weg: 1 initiatieven")]


def test_state_of_the_page_is_in_its_links(client):
    InitiativeFactory.create_batch(13, title="Nacht")
    response = client.get(LIST, {"soort": "project", "sorteer": "naam"})
    assert response.context["page"].next_url == "/initiatieven/?soort=project&sorteer=naam&page=2"
    assert len(titles(client.get(response.context["page"].next_url))) == 1


def test_pages_do_not_repeat_rows_of_equal_age(client):
    InitiativeFactory.create_batch(30, title="Gelijk")
    pages = [client.get(LIST, {"page": number}).context["page"] for number in (1, 2, 3)]
    assert len({item.pk for page in pages for item in page}) == 30


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=-1",
        "page=99999999999999999999",
        "thema=999&thema=onzin&soort=x&provincie=zz&branche=&fase=0&sorteer=weg",
        "q=%00&thema=%00",
        "q=a%00b",
        "q=%FF%FE",
        "q=" + quote("' | ) & ( :* \\ !"),
        "q=" + quote('"nacht" -dienst OR wijk'),
        "q=" + quote('"onaf'),
        "q=%25%25%25",
        "q=de+het+een",
        "q=" + "a" * 10_000,
        "q=" + quote("日本語 Ω é") + "&page=2",
        "&".join(f"thema={n}" for n in range(500)),
        "q=<script>alert(1)</script>",
    ],
)
def test_odd_addresses_give_a_page(client, query):
    InitiativeFactory()
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert len(response.content) < 60_000


# One initiative


@pytest.mark.parametrize("item_count", [1, 3])
def test_detail_query_count(client, django_assert_num_queries, item_count):
    initiative = filled()
    for _ in range(item_count):
        InitiativePartnerFactory(initiative=initiative)
        InitiativeResultFactory(initiative=initiative)
        CallFactory(initiative=initiative, partnership=initiative.partnership)
        filled()  # nearby
    # Itself, contacts, what is related, indicators, themes, nearby, results, partners.
    with django_assert_num_queries(8):
        response = client.get(initiative.get_absolute_url())
    assert len(response.context["nearby"]) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_page_with_everything_on_it_costs_a_member_twelve(client, django_assert_num_queries, item_count):
    """The most that a page may; it grows with what one initiative shows, never with how much of it."""
    employer = OrganisationFactory()
    initiative = filled(successor=InitiativeFactory())
    MemberFactory(partnership=initiative.partnership, organisation=employer)
    StoryVersionFactory(initiative=initiative, state=StoryState.PUBLISHED)
    known = member(employer, Role.MANAGER)
    PointOfContactFactory(initiative=initiative, organisation=None, membership=known.person.memberships.get())
    PartnershipThemeFactory(partnership=initiative.partnership, root=initiative.themes.get())
    for _ in range(item_count):
        indicator = IndicatorFactory(initiative=initiative)
        MeasurementFactory(indicator=indicator)
        FundingFactory(initiative=initiative)
        InitiativeResultFactory(initiative=initiative)
        CallFactory(initiative=initiative, partnership=initiative.partnership)
        filled()  # nearby
    login(client, member(employer, Role.CONTACT))
    client.get(initiative.get_absolute_url())
    with django_assert_num_queries(12):
        html = client.get(initiative.get_absolute_url()).content.decode()
    assert initiative.successor.title in html


def test_detail_shows_results_with_date_and_source(client):
    result = InitiativeResultFactory(value="24", source="jaarverslag")
    html = client.get(result.initiative.get_absolute_url()).content.decode()
    assert "1 juli 2020" in html
    assert "jaarverslag" in html


def test_detail_of_a_stopped_one_keeps_dates_and_reason(client):
    initiative = InitiativeFactory(
        state=InitiativePhase.STOPPED,
        stop_reason="Geen docenten",
        starts_on="2019-09-01",
        ends_on="2020-07-31",
    )
    html = client.get(initiative.get_absolute_url()).content.decode()
    assert "Geen docenten" in html
    assert "31 juli 2020" in html


def test_unpublished_is_for_its_coordinators_only(client):
    initiative = InitiativeFactory(is_published=False)
    lead = MemberFactory(partnership=initiative.partnership, role="lead").organisation
    assert client.get(initiative.get_absolute_url()).status_code == 404
    login(client, member(OrganisationFactory(), Role.COORDINATOR))
    assert client.get(initiative.get_absolute_url()).status_code == 404
    login(client, member(lead, Role.COORDINATOR))
    assert client.get(initiative.get_absolute_url()).status_code == 200


def test_texts_of_users_are_escaped(client):
    initiative = InitiativeFactory(title="<b>Vet</b>", summary='"><img src=x>', lessons="<i>schuin</i>")
    for url in (LIST, initiative.get_absolute_url()):
        html = client.get(url).content.decode()
        assert "<b>Vet</b>" not in html
        assert "<img src=x>" not in html
        assert "<i>schuin" not in html


def test_example_data_is_marked(client):
    initiative = InitiativeFactory(is_example=True)
    response = client.get(initiative.get_absolute_url())
    assert "voorbeeld" in response.content.decode().lower()


def test_feed_holds_the_published_ones(client):
    InitiativeFactory(title="Wel", refreshed_on=today())
    InitiativeFactory(title="Later", refreshed_on=today() - timedelta(days=1))
    InitiativeFactory(title="Niet", is_published=False)
    response = client.get(reverse("partnerships:initiative-feed"))
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert [response.content.decode().find(title) > 0 for title in ("Wel", "Later", "Niet")] == [
        True,
        True,
        False,
    ]


ATOM = "{http://www.w3.org/2005/Atom}"
ASKED = {"id", "title", "updated"}  # RFC 4287, of a feed and of each entry; and an author, of either


def test_feed_has_what_readers_of_feeds_ask(client):
    day = today() - timedelta(days=9)
    InitiativeFactory.create_batch(2, refreshed_on=day)
    feed = etree.fromstring(client.get(reverse("partnerships:initiative-feed")).content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for part in (feed, *entries):
        assert {name for name in ASKED if not part.findtext(f"{ATOM}{name}")} == set()
        assert {link.get("href", "")[:4] for link in part.findall(f"{ATOM}link")} == {"http"}
    assert [entry.findtext(f"{ATOM}updated")[:10] for entry in entries] == [day.isoformat()] * 2
    assert feed.findtext(f"{ATOM}updated")[:10] == day.isoformat()
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert len({one.findtext(f"{ATOM}id") for one in (feed, *entries)}) == 3


def test_open_places_are_shown_when_told(client):
    initiative = InitiativeFactory()
    assert [card.open_places for card in cards([initiative])] == [None]
    assert [card.open_places for card in cards([initiative], {initiative.pk: 4})] == [4]
    assert cards([initiative])[0].icon == "flag-3"
    assert Initiative.objects.count() == 1


def test_period_that_has_yet_to_begin_is_not_told_as_past(client):
    initiative = InitiativeFactory(starts_on=today() + timedelta(days=60), ends_on=None)
    page = client.get(initiative.get_absolute_url()).content.decode()
    assert f"vanaf {formats.day(initiative.starts_on)}" in page
    assert "sinds" not in page


def test_partners_are_counted_whoever_writes():
    initiative, other = InitiativeFactory(), InitiativeFactory()

    def counted():
        return list(Initiative.objects.order_by("pk").values_list("employers", "schools"))

    kinds = [
        OrganisationKind.CARE_PROVIDER,
        OrganisationKind.WELFARE,
        OrganisationKind.SCHOOL,
        OrganisationKind.EMPLOYERS,
    ]
    partners = [initiative.partners.create(organisation=OrganisationFactory(kind=kind)) for kind in kinds]
    assert counted() == [(2, 1), (0, 0)]
    Initiative.objects.update(employers=9, schools=9)
    assert counted() == [(2, 1), (0, 0)]
    initiative.employers = 7
    initiative.save()
    assert counted() == [(2, 1), (0, 0)]
    Organisation.objects.filter(pk=partners[0].organisation_id).update(kind=OrganisationKind.SCHOOL)
    assert counted() == [(1, 2), (0, 0)]
    InitiativePartner.objects.filter(pk=partners[1].pk).update(initiative=other)
    assert counted() == [(0, 2), (1, 0)]
    InitiativePartner.objects.all().delete()
    assert counted() == [(0, 0), (0, 0)]


@pytest.mark.django_db(transaction=True)
def test_partner_that_becomes_another_kind_meanwhile_is_counted_as_that():
    initiative, school = InitiativeFactory(), OrganisationKind.SCHOOL
    organisation = OrganisationFactory(kind=OrganisationKind.WELFARE)
    meanwhile(
        lambda: initiative.partners.create(organisation=organisation),
        lambda: Organisation.objects.filter(pk=organisation.pk).update(kind=school),
    )
    initiative.refresh_from_db()
    assert (initiative.employers, initiative.schools) == (0, 1)


def test_filter_on_themes_follows_whoever_writes():
    initiative, first, second = InitiativeFactory(), ThemeFactory(), ThemeFactory()

    def kept():
        return Initiative.objects.values_list("theme_ids", flat=True).get()

    initiative.themes.add(first)
    assert kept() == [first.pk]
    Initiative.themes.through.objects.update(theme=second)
    assert kept() == [second.pk]
    Initiative.themes.through.objects.update(initiative=InitiativeFactory())
    assert [row.theme_ids for row in Initiative.objects.order_by("pk")] == [[], [second.pk]]
    Initiative.themes.through.objects.all().delete()
    assert not Initiative.objects.exclude(theme_ids=[]).exists()


def test_words_that_one_typed_are_kept_in_no_memory(client):
    """They may be a name: the filters beside such a search are made anew each time, the others are remembered."""
    InitiativeFactory(title="Samen leren met Annelies")
    asked = []

    def listens(*arguments):
        asked.append(arguments)
        return made(*arguments)

    made = remembered._made
    with patch.object(remembered, "_made", listens):
        page = client.get(LIST, {"q": "Annelies"}).content.decode()
        client.get(LIST, {"soort": "experiment"})
    assert '<input type="hidden" name="q" value="Annelies">' in page
    filters = [repr(arguments) for arguments in asked if arguments[0].endswith("_filters.html")]
    assert len(filters) == 1
    assert "Annelies" not in filters[0]
