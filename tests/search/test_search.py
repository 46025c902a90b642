"""One search over all that its reader may see: what it finds, whom it shows it to, and how it reads what was typed."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from core.models import Synonym
from core.searching import question
from meetings.enums import MeetingState
from partnerships.actors import actor_of
from partnerships.enums import MemberRole
from search.enums import Found
from search.models import SearchEntry
from search.queries.entries import MODELS, find
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    DecisionFactory,
    ImprovementProposalFactory,
    MeetingFactory,
    NeedFactory,
)
from tests.factories.partnerships import (
    ActionLineFactory,
    CallFactory,
    DocumentFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.factories.placements import SlotFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db

WORD = "Kwikstaart"
URL = "/zoeken/"


def teacher_of(cohort):
    return CohortTeacherFactory(cohort=cohort).membership.person.user


def page(client, typed, **more):
    return client.get(URL, {"q": typed, **more}).content.decode()


class World:
    """Two partnerships with one thing of each kind, all with the same word, open and closed to members."""

    def __init__(self) -> None:
        self.own, self.other = self.partnership("eigen"), self.partnership("ander")
        body = OrganisationFactory(kind="knowledge_network")
        MemberFactory(partnership=self.own, organisation=body, role=MemberRole.COORDINATING_BODY)
        self.employer = OrganisationFactory(name="Zorg De Linde")
        MemberFactory(partnership=self.own, organisation=self.employer)
        self.coordinator = member(body, Role.COORDINATOR)
        self.contact = member(self.employer, Role.CONTACT)
        self.seated = member(self.employer, Role.CONTACT)
        group = self.own.groups.get(name__startswith=WORD)
        GroupSeatFactory(group=group, person=self.seated.person, organisation=self.employer)
        elsewhere = OrganisationFactory()
        self.doer = member(elsewhere, Role.CONTACT)
        for author, about in ((self.doer.person, self.employer), (self.contact.person, elsewhere)):
            for state in ("draft", "submitted"):
                ImprovementProposalFactory(
                    partnership=self.other,
                    organisation=about,
                    author=author,
                    title=f"{WORD} beter {state}",
                    state=state,
                )
        ActionFactory(title=f"{WORD} buiten", partnership=self.other, group=None, owner=self.doer.person)

    def partnership(self, name):
        made = PartnershipFactory(name=f"{WORD} {name}", is_published=name == "eigen")
        group = GroupFactory(partnership=made, name=f"{WORD} groep {name}")
        OrganisationFactory(name=f"{WORD} zorg {name}", is_published=name == "eigen")
        for is_published in (True, False):
            title = f"{WORD} {name} {is_published}"
            InitiativeFactory(partnership=made, title=title, is_published=is_published)
            CallFactory(partnership=made, title=title, is_published=is_published)
        ActionLineFactory(partnership=made, title=f"{WORD} lijn {name}")
        NeedFactory(partnership=made, title=f"{WORD} nodig {name}")
        for state in ("draft", "submitted"):
            ImprovementProposalFactory(partnership=made, title=f"{WORD} {state} {name}", state=state)
        for where, for_members, state in (
            (None, True, "kept"),
            (group, False, "kept"),
            (group, True, "kept"),
            (None, True, "taken_away"),
            (group, False, "taken_away"),
        ):
            DocumentFactory(
                partnership=made,
                group=where,
                for_members=for_members,
                state=state,
                title=f"{WORD} stuk {name}",
            )
        for where in (None, group):
            meeting = MeetingFactory(
                partnership=made, group=where, title=f"{WORD} {name}", state=MeetingState.HELD
            )
            item = AgendaItemFactory(meeting=meeting)
            DecisionFactory(item=item, text=f"{WORD} besluit {name}")
            ActionFactory(title=f"{WORD} doen {name}", partnership=made, group=where)
        MeetingFactory(partnership=made, group=None, title=f"{WORD} concept {name}", state=MeetingState.DRAFT)
        return made


@pytest.fixture
def world(db):
    return World()


@pytest.mark.parametrize("kind", Found)
@pytest.mark.parametrize("who", ["anonymous", "contact", "seated", "coordinator", "doer"])
def test_of_each_kind_exactly_what_its_page_shows_is_found(world, kind, who):
    actor = None if who == "anonymous" else actor_of(getattr(world, who))
    rows = MODELS[kind].objects.all()
    is_public = actor is None or kind is Found.ORGANISATION
    if is_public and not hasattr(rows, "published"):
        expected = set()
    else:
        visible = rows.published() if is_public else rows.visible_to(actor)
        expected = {row.pk for row in visible if WORD in str(row)}
    answer = find(question(WORD), actor, [kind])
    assert {hit.object_id for hit in answer.hits.get(kind, ())} == expected
    if who == "coordinator":
        assert expected


@pytest.mark.parametrize("who", ["anonymous", "contact", "seated", "coordinator"])
def test_nothing_of_another_partnership_stands_on_the_page(client, world, who):
    if who != "anonymous":
        login(client, getattr(world, who))
    html = page(client, WORD)
    assert f"{WORD} eigen True" in html
    for title in (
        f"{WORD} groep ander",
        f"{WORD} lijn ander",
        f"{WORD} ander False",
        f"{WORD} besluit ander",
    ):
        assert title not in html


def test_every_entry_leads_to_a_page_that_opens(client, world):
    login(client, world.coordinator)
    for kind in MODELS:
        html = page(client, WORD, soort=kind.value)
        links = [part.split('"')[0] for part in html.split('<ul class="rows">')[1].split('href="')[1:]]
        own = [link for link in links if link.startswith("/")]
        assert own, kind
        assert client.get(own[0]).status_code == 200, own[0]


@pytest.mark.parametrize(
    "typed", ["zij-instroom", "zijinstroom", "zij instroom", "Zij-Instromer", "zijinstr"]
)
def test_compound_is_found_joined_and_apart(client, typed):
    InitiativeFactory(title="Zij-instroom in de ouderenzorg", is_published=True)
    InitiativeFactory(title="Nachtdienst", is_published=True)
    html = page(client, typed)
    assert "Zij-instroom in de ouderenzorg" in html
    assert "Nachtdienst" not in html


@pytest.mark.parametrize("typed", ["wijkverplegign", "wijkverpleging", "WIJKVERPLEGING", "wijk verpleging"])
def test_typing_error_finds_what_resembles_it(client, typed):
    InitiativeFactory(title="Samen in de wijkverpleging", is_published=True)
    assert "Samen in de wijkverpleging" in page(client, typed)


def test_word_that_means_the_same_is_found_both_ways(client):
    InitiativeFactory(title="Studenten aan zet", is_published=True)
    InitiativeFactory(title="De leerling centraal", is_published=True)
    Synonym.objects.get_or_create(word="leerling", meaning="student")
    cache.clear()
    for typed in ("leerling", "student"):
        html = page(client, typed)
        assert "Studenten aan zet" in html
        assert "De leerling centraal" in html
    Synonym.objects.create(word="kruidje", meaning="aan zet")
    cache.clear()  # a new one is known within five minutes
    assert "Studenten aan zet" in page(client, "kruidje")


@pytest.mark.parametrize("number", [1, 14])
def test_who_works_in_few_or_many_partnerships_finds_those_of_each(client, number):
    employer = OrganisationFactory()
    for at in range(number):
        partnership = PartnershipFactory()
        MemberFactory(partnership=partnership, organisation=employer)
        NeedFactory(title=f"{WORD} van {at}", partnership=partnership)
    NeedFactory(title=f"{WORD} van anderen")
    login(client, member(employer, Role.CONTACT))
    for typed in (WORD, "Kwikstart"):  # by the word, and by what resembles it
        html = page(client, typed, soort="need")
        assert html.count(f"{WORD} van ") == number
        assert f"{WORD} van anderen" not in html


def test_what_is_renamed_taken_off_or_thrown_away_is_found_no_more():
    row = InitiativeFactory(title="Oude naam", is_published=True)
    assert find(question("oude naam"), None, [Found.INITIATIVE]).hits
    row.title = "Nieuwe kop"
    row.save()
    assert not find(question("oude"), None, [Found.INITIATIVE]).hits
    assert find(question("nieuwe kop"), None, [Found.INITIATIVE]).hits
    row.is_published = False
    row.save()
    assert not find(question("nieuwe kop"), None, [Found.INITIATIVE]).hits
    meeting = MeetingFactory(state=MeetingState.DRAFT)
    assert SearchEntry.objects.filter(kind=Found.MEETING, object_id=meeting.pk).exists()
    type(meeting).objects.filter(pk=meeting.pk).delete()
    assert not SearchEntry.objects.filter(kind=Found.MEETING, object_id=meeting.pk).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(client, django_assert_num_queries, number):
    partnership = PartnershipFactory(name="Zorgpact")
    employer = OrganisationFactory()
    MemberFactory(partnership=partnership, organisation=employer)
    for _ in range(number):
        InitiativeFactory(title=f"{WORD} {_}", is_published=True, partnership=partnership)
        NeedFactory(title=f"{WORD} {_}", partnership=partnership)
        OrganisationFactory(name=f"{WORD} {_}")
    login(client, member(employer, Role.CONTACT))
    page(client, WORD)
    with django_assert_num_queries(9):
        page(client, WORD)


def test_student_is_found_by_teacher_and_copied_nowhere(client):
    enrolment = EnrolmentFactory(student__person__first_name="Iris", student__person__last_name="Kwikstra")
    login(client, teacher_of(enrolment.cohort))
    html = page(client, "kwikstra")
    assert "Iris Kwikstra" in html
    assert str(enrolment.public_id) in html
    assert not SearchEntry.objects.filter(vector="kwikstra").exists()
    login(client, teacher_of(EnrolmentFactory().cohort))
    assert "Iris" not in page(client, "kwikstra")


def test_person_is_found_by_who_may_open_the_contact_book_and_copied_nowhere(client, world):
    colleague = member(world.employer, Role.CONTACT)
    colleague.person.first_name, colleague.person.last_name = "Ada", "Kwikhuizen"
    colleague.person.save()
    login(client, world.coordinator)
    html = page(client, "kwikhuizen")
    assert "Ada Kwikhuizen" in html
    link = next(part.split('"')[0] for part in html.split('href="') if "zoek=" in part)
    assert "Kwikhuizen" in client.get(link).content.decode()
    login(client, world.doer)
    assert "Ada" not in page(client, "kwikhuizen")
    assert "Ada" not in Client().get(URL, {"q": "kwikhuizen"}).content.decode()
    assert not SearchEntry.objects.filter(vector="kwikhuizen").exists()


def test_place_is_found_by_who_may_find_it(client):
    slot = SlotFactory(title="Kwikstaarthof, verzorgende")
    login(client, member(slot.organisation, Role.CONTACT))
    assert slot.get_absolute_url() in page(client, "kwikstaarthof")
    login(client, member(OrganisationFactory(), Role.CONTACT))
    assert slot.get_absolute_url() not in page(client, "kwikstaarthof")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "a' OR 1=1 --",
        '"',
        "((",
        "\\",
        "-",
        "a:*&b",
        "💐",
        "x" * 101,
        "<b>",
        "a" * 60 + " " + "b" * 39,
    ],
)
def test_nonsense_gets_a_page_and_keeps_what_was_typed(client, typed):
    response = client.get(URL, {"q": typed, "soort": "alles"})
    assert response.status_code == 200
    assert "<b>" not in response.content.decode().replace("&lt;b&gt;", "")


def test_too_long_is_said_and_kept(client):
    html = page(client, "y" * 120)
    assert "100" in html
    assert "y" * 120 in html


def test_operators_mean_what_they_do_elsewhere(client):
    InitiativeFactory(title="Nachtdienst en taal", is_published=True)
    InitiativeFactory(title="Nachtdienst en reken", is_published=True)
    html = page(client, "nachtdienst -taal")
    assert "Nachtdienst en reken" in html
    assert "Nachtdienst en taal" not in html


def test_all_of_a_kind_stand_on_pages_of_their_own(client):
    for number in range(30):
        InitiativeFactory(title=f"{WORD} {number}", is_published=True)
    html = page(client, WORD)
    assert f"{URL}?q={WORD}&amp;soort=initiative" in html
    first, second = (page(client, WORD, soort="initiative", page=number) for number in (1, 2))
    assert first.count('class="rows__meta"') > second.count('class="rows__meta"') > 0


def test_who_is_signed_in_finds_the_search_in_the_head(client, world):
    login(client, world.contact)
    assert reverse("search:search") in client.get(reverse("accounts:profile")).content.decode()
