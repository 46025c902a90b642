"""A partnership's playbook: made from what is there, without anyone's name, published in versions that stay."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from core.dates import today
from playbooks.models import Playbook, PlaybookPart, PlaybookVersion
from playbooks.queries.names import named_in, reached_in
from playbooks.services import playbooks as service
from tests.factories.accounts import PersonFactory
from tests.factories.meetings import RhythmFactory
from tests.factories.partnerships import (
    ActionLineFactory,
    AffiliationFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    MemberFactory,
    MembershipFactory,
    MilestoneFactory,
    PartnershipFactory,
    PartnershipThemeFactory,
)
from tests.factories.playbooks import PlaybookFactory, PlaybookPartFactory, PlaybookVersionFactory, published
from tests.factories.programmes import CohortFactory, ProgrammeFactory, QualificationFactory, SessionFactory
from tests.helpers import coordinating, edit, login, press

pytestmark = pytest.mark.django_db


def user_of(actor):
    return User.objects.get(person=actor.person_id)


@pytest.fixture
def partnership():
    return PartnershipFactory(name="Zorgpact Polder", summary="Samen opleiden.")


@pytest.fixture
def by(partnership):
    return coordinating(partnership)


def own(partnership, name="playbook-own", *args):
    return reverse(f"playbooks:{name}", args=[partnership.slug, *args])


def test_a12_a_playbook_is_made_from_the_partnership_with_outlines_of_its_programmes(client, partnership, by):
    group = GroupFactory(partnership=partnership, name="Stuurgroep", mandate="Beslist over geld.", max_size=8)
    group.expectations.create(perspective="student", number=2)
    RhythmFactory(partnership=partnership, group=group, title="Stuurgroep", every=6)
    ActionLineFactory(partnership=partnership, number=3, title="Zij-instroom", goal="Meer mensen.")
    PartnershipThemeFactory(partnership=partnership, name="Behoud")
    initiative = InitiativeFactory(partnership=partnership, starts_on=today().replace(year=today().year - 1))
    MilestoneFactory(initiative=initiative, title="Eerste ruil", due_on=today())
    programme = ProgrammeFactory(
        partnership=partnership,
        name="VZMZ",
        contract_hours=24,
        school_days=1,
        qualifications=[QualificationFactory()],
    )
    cohort = CohortFactory(programme=programme)
    SessionFactory(cohort=cohort, theme="Kijken naar cliënten")
    login(client, user_of(by))
    client.post(own(partnership, "playbook-begin"))
    page = client.get(own(partnership)).content.decode()
    crebo = programme.qualifications.get().crebo
    for text in (
        "Beslist over geld.",
        "Zij-instroom",
        "Behoud",
        "Eerste ruil",
        "VZMZ",
        crebo,
        "Kijken naar cliënten",
    ):
        assert text in page
    for text in ("2 × student", "elke 6 weken", "na 12 maanden", "minstens 24 uur"):
        assert text in page
    client.post(own(partnership, "playbook-begin"))  # the button pressed twice
    assert PlaybookVersion.objects.count() == 1


def test_b12_versions_stay_as_they_were_published_at_their_own_address(client, partnership, by):
    GroupFactory(partnership=partnership, name="Stuurgroep", mandate="Beslist over geld.")
    login(client, user_of(by))
    client.post(own(partnership, "playbook-begin"))
    first = PlaybookVersion.objects.get()
    press(client, own(partnership, "playbook-publish"), first)
    client.post(own(partnership, "playbook-begin"))
    draft = PlaybookVersion.objects.draft().get()
    part = draft.parts.get(title="Stuurgroep")
    edit(
        client,
        own(partnership, "part-change", part.key),
        {"title": "Stuurgroep", "body": "Beslist over alles."},
    )
    draft.refresh_from_db()
    press(client, own(partnership, "playbook-publish"), draft)
    client.logout()
    newest = client.get(draft.playbook.get_absolute_url()).content.decode()
    assert "Beslist over alles." in newest
    former = client.get(first.get_absolute_url()).content.decode()
    assert "Beslist over geld." in former
    assert "Beslist over alles." not in former
    assert "Er is een nieuwere versie: 2" in former
    assert '<link rel="canonical" href="' in former
    assert (
        first.get_absolute_url()
        in client.get(reverse("sitemap-section", args=["draaiboeken"])).content.decode()
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda version: PlaybookVersion.objects.filter(pk=version.pk).update(title="Anders"),
        lambda version: PlaybookVersion.objects.filter(pk=version.pk).update(
            state="draft", published_on=None
        ),
        lambda version: PlaybookPart.objects.filter(version=version).update(body="Anders"),
        lambda version: PlaybookPart.objects.filter(version=version).delete(),
        lambda version: PlaybookPartFactory(version=version),
        lambda version: version.delete(),
    ],
)
def test_the_database_holds_what_was_published(write):
    version = PlaybookVersionFactory(parts=["Vergaderen"], published=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(version)


def test_one_draft_and_one_newest_of_a_playbook():
    playbook = PlaybookFactory()
    PlaybookVersionFactory(playbook=playbook)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaybookVersionFactory(playbook=playbook, number=2)
    published(playbook.versions.get())
    second = PlaybookVersionFactory(playbook=playbook, number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaybookVersion.objects.filter(pk=second.pk).update(state="published", published_on=today())


# Nobody's name

NAMED = {"first_name": "Wilhelmina", "name_prefix": "van", "last_name": "Kanariegeel"}


def someone(partnership, way):
    person = PersonFactory(**NAMED, email="wilhelmina@kanarie.example")
    if way == "role":
        member = MemberFactory(partnership=partnership)
        MembershipFactory(person=person, organisation=member.organisation)
    elif way == "seat":
        affiliation = AffiliationFactory(partnership=partnership, person=person, kind="client")
        GroupSeatFactory(
            group=GroupFactory(partnership=partnership),
            person=person,
            organisation=None,
            affiliation=affiliation,
            perspective="carer_or_client",
        )
    else:
        AffiliationFactory(partnership=partnership, person=person, kind="carer")
    return person


@pytest.mark.parametrize("way", ["role", "seat", "part"])
def test_no_canary_of_the_partnership_stands_in_a_part(partnership, by, way):
    person = someone(partnership, way)
    GroupFactory(partnership=partnership, name="Stuurgroep", mandate=f"{person.full_name} zit voor.")
    GroupFactory(partnership=partnership, name="Groep van Wilhelmina van Kanariegeel")
    GroupFactory(partnership=partnership, name="Tafel", mandate="Mail wilhelmina@kanarie.example.")
    ActionLineFactory(partnership=partnership, title="Instroom", goal="Bel 06 12 34 56 78.")
    version = service.begin(partnership_id=partnership.pk, by=by)
    said = " ".join(
        text for part in version.parts.all() for text in (part.title, part.body, str(part.details))
    )
    for canary in ("Kanariegeel", "kanarie.example", "34 56"):
        assert canary not in said
    assert {"Stuurgroep", "Tafel", "Instroom"} <= {part.title for part in version.parts.all()}


@pytest.mark.parametrize(
    "text",
    [
        "Vraag het Wilhelmina van Kanariegeel.",
        "W. van Kanariegeel weet het.",
        "mevrouw van   Kanariegeel",
        "Mail iemand@elders.example",
        "Bel 0320-123456",
        "Bel +31 6 12345678",
    ],
)
def test_a_text_that_names_someone_is_refused_and_stays_typed(client, partnership, by, text):
    someone(partnership, "role")
    draft = PlaybookVersionFactory(playbook__partnership=partnership)
    part = PlaybookPartFactory(version=draft)
    login(client, user_of(by))
    answer = edit(client, own(partnership, "part-change", part.key), {"title": "Zo gaat het", "body": text})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "In een draaiboek staat niemand met naam" in page
    part.refresh_from_db()
    assert part.title != "Zo gaat het"


def test_who_came_later_is_found_when_it_is_published(partnership, by):
    draft = PlaybookVersionFactory(playbook__partnership=partnership)
    PlaybookPartFactory(version=draft, body="Wilhelmina van Kanariegeel belt rond.")
    someone(partnership, "role")
    with pytest.raises(ValidationError, match="Wilhelmina"):
        service.publish(version_id=draft.pk, by=by, read=None)


@pytest.mark.parametrize("text", ["Crebo 25491, cohort 2026", "In 2026 zijn er 1200 plekken", "€ 10.000"])
def test_figures_are_no_phone_numbers(text):
    assert reached_in(text) == []


def test_someone_of_another_partnership_may_have_a_name_like_a_word(partnership):
    PersonFactory(first_name="Groen", last_name="Gras")
    assert named_in(partnership, ["Groen Gras in de tuin"]) == []


# Writing


def test_a_draft_is_written_part_by_part_and_thrown_away(client, partnership, by):
    login(client, user_of(by))
    client.post(own(partnership, "playbook-begin"))
    draft = PlaybookVersion.objects.get()
    chosen = client.post(own(partnership, "part-create"), {"kind": "step"})
    step = {"title": "Eerste gesprek", "body": "Bel eerst.", "after": 3, "unit": "month"}
    assert client.post(chosen.url, step).status_code == 302
    client.post(chosen.url, step)  # twice
    part = draft.parts.get(title="Eerste gesprek")
    assert part.details == {"after": 3, "unit": "month"}
    assert client.post(chosen.url, step | {"after": "veel"}).status_code == 200
    press(client, own(partnership, "part-remove", part.key), part)
    press(client, own(partnership, "part-remove", part.key), part)
    assert not draft.parts.filter(title="Eerste gesprek").exists()
    draft.refresh_from_db()
    press(client, own(partnership, "playbook-discard"), draft)
    assert not Playbook.objects.exists()
    press(client, own(partnership, "playbook-discard"), draft)


def test_what_the_partnership_has_by_now_is_added(client, partnership, by):
    login(client, user_of(by))
    client.post(own(partnership, "playbook-begin"))
    draft = PlaybookVersion.objects.get()
    GroupFactory(partnership=partnership, name="Nieuwe groep")
    press(client, own(partnership, "playbook-bring-over"), draft)
    draft.refresh_from_db()
    press(client, own(partnership, "playbook-bring-over"), draft)
    assert draft.parts.filter(title="Nieuwe groep").count() == 1


def test_an_outline_keeps_what_was_typed(client, partnership, by):
    draft = PlaybookVersionFactory(playbook__partnership=partnership)
    login(client, user_of(by))
    url = f"{own(partnership, 'part-create')}?soort=programme"
    said = {
        "title": "VIG",
        "body": "Een contract.",
        "route": "bbl",
        "crebos": "25491, 25655",
        "themes": "Een\nTwee",
    }
    client.post(url, said | {"contract_hours": 24, "school_days": 1})
    details = draft.parts.get().details
    assert details == {
        "route": "bbl",
        "crebos": ["25491", "25655"],
        "contract_hours": 24,
        "school_days": 1,
        "themes": ["Een", "Twee"],
    }
    assert "vijf cijfers" in client.post(url, said | {"crebos": "254"}).content.decode()


def test_a_version_in_which_nothing_differs_is_refused(partnership, by):
    playbook = PlaybookFactory(partnership=partnership)
    PlaybookVersionFactory(playbook=playbook, parts=["Vergaderen"], published=True)
    draft = service.begin(partnership_id=partnership.pk, by=by)
    with pytest.raises(ValidationError):
        service.publish(version_id=draft.pk, by=by, read=None)


def test_what_was_read_is_what_is_published(client, partnership, by):
    draft = PlaybookVersionFactory(playbook__partnership=partnership, parts=["Vergaderen"])
    login(client, user_of(by))
    client.post(own(partnership, "playbook-publish"), {"read": "99"})
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.parametrize("number", [1, 3])
def test_costs_of_the_public_pages(client, django_assert_num_queries, number):
    version = None
    for _turn in range(number):
        version = PlaybookVersionFactory(parts=["Een", "Twee"], published=True)
    with django_assert_num_queries(2):
        client.get(reverse("playbooks:playbook-list"))
    with django_assert_num_queries(4):
        client.get(version.get_absolute_url())


def test_the_partnership_shows_its_playbook(client, partnership):
    version = PlaybookVersionFactory(playbook__partnership=partnership, parts=["Een"], published=True)
    assert version.playbook.get_absolute_url() in client.get(partnership.get_absolute_url()).content.decode()
