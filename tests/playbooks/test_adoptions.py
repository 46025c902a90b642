"""A partnership begins with the playbook of another, sees what differs, and takes over or keeps piece by piece."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.models import OutgoingMail
from partnerships.models import ActionLine, Group, PartnershipTheme
from playbooks.models import AdoptedPart, PartChoice, PlaybookAdoption
from playbooks.queries import adoptions as queries
from tests.factories.partnerships import GroupFactory, PartnershipFactory, ThemeFactory
from tests.factories.playbooks import (
    AdoptedPartFactory,
    PlaybookAdoptionFactory,
    PlaybookFactory,
    PlaybookPartFactory,
    PlaybookVersionFactory,
    published,
)
from tests.helpers import coordinating, edit, login

pytestmark = pytest.mark.django_db


def user_of(actor):
    return User.objects.get(person=actor.person_id)


@pytest.fixture
def version():
    draft = PlaybookVersionFactory()
    theme = ThemeFactory(slug="behoud", name="Behoud")
    details = {"kind": "steering", "max_size": 8, "delegates": 1, "voices": {"student": 2}}
    PlaybookPartFactory(version=draft, kind="group", title="Stuurgroep", body="Beslist.", details=details)
    PlaybookPartFactory(
        version=draft, kind="action_line", title="Instroom", body="Meer mensen.", details={"number": 2}
    )
    PlaybookPartFactory(version=draft, kind="theme", title="Blijven", details={"root": theme.slug}, body="")
    PlaybookPartFactory(version=draft, title="Zo vraag je werkgevers", body="Bel eerst.")
    return published(draft)


@pytest.fixture
def partnership():
    return PartnershipFactory()


@pytest.fixture
def coordinator(partnership):
    return user_of(coordinating(partnership))


def own(partnership, name="adoption-detail", *args):
    return reverse(f"playbooks:{name}", args=[partnership.slug, *args])


def start(client, version, partnership):
    return client.post(
        reverse("playbooks:adoption-start", args=[version.playbook.slug]), {"partnership": partnership.pk}
    )


def test_a_partnership_begins_with_groups_lines_and_themes_without_retyping(
    client, version, partnership, coordinator
):
    publisher = coordinating(version.playbook.partnership)
    login(client, coordinator)
    assert start(client, version, partnership).url == own(partnership)
    start(client, version, partnership)
    adoption = PlaybookAdoption.objects.get()
    assert (adoption.partnership, adoption.version) == (partnership, version)
    group = Group.objects.get(partnership=partnership)
    assert (group.name, group.mandate, group.kind, group.max_size) == (
        "Stuurgroep",
        "Beslist.",
        "steering",
        8,
    )
    assert group.expectations.get().number == 2
    assert ActionLine.objects.get(partnership=partnership).goal == "Meer mensen."
    assert PartnershipTheme.objects.get(partnership=partnership).name == "Blijven"
    page = client.get(own(partnership)).content.decode()
    assert "Bel eerst." in page
    mail = OutgoingMail.objects.get(kind="coordinator_playbook_begun")
    assert mail.person_id == publisher.person_id
    assert partnership.name in mail.subject
    assert partnership.name in client.get(version.playbook.get_absolute_url()).content.decode()


def test_what_is_there_by_that_name_stays(client, version, partnership, coordinator):
    GroupFactory(partnership=partnership, name="stuurgroep", mandate="Van ons.")
    login(client, coordinator)
    start(client, version, partnership)
    assert Group.objects.get(partnership=partnership).mandate == "Van ons."


def test_nobody_begins_with_the_own_playbook_or_twice(client, version, coordinator, partnership):
    login(client, user_of(coordinating(version.playbook.partnership)))
    page = client.get(reverse("playbooks:adoption-start", args=[version.playbook.slug])).content.decode()
    assert "al met een draaiboek begonnen" in page
    PlaybookAdoptionFactory(partnership=partnership)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaybookAdoptionFactory(partnership=partnership)


class Newer:
    """An adoption of version 1, changed on both sides since: a piece of each kind of difference."""

    def __init__(self, partnership):
        playbook = PlaybookFactory()
        first = PlaybookVersionFactory(
            playbook=playbook, parts=["Zelfde", "Anders", "Botst", "Weg"], published=True
        )
        self.adoption = PlaybookAdoptionFactory(partnership=partnership, version=first)
        self.part("Botst").update(body="Van ons.")
        AdoptedPartFactory(adoption=self.adoption, title="Alleen bij ons")
        second = PlaybookVersionFactory(playbook=playbook, number=2)
        for old in first.parts.exclude(title="Weg"):
            body = old.body if old.title == "Zelfde" else f"Nieuw: {old.title}"
            PlaybookPartFactory(
                version=second, key=old.key, title=old.title, body=body, position=old.position
            )
        PlaybookPartFactory(version=second, title="Erbij")
        self.second = published(second)
        self.keys = {part.title: str(part.key) for part in [*first.parts.all(), *second.parts.all()]}

    def part(self, title):
        return AdoptedPart.objects.filter(adoption=self.adoption, title=title)

    @property
    def differing(self):
        own = list(self.adoption.parts.for_list())
        return {
            str(row.newest or row.own): row.kind.value
            for row in queries.differing(own, list(self.second.parts.all()))
        }

    def choose(self, client, **choices):
        page = own(self.adoption.partnership, "adoption-differences")
        read = queries.edition(self.second, list(self.adoption.parts.for_list()))
        return client.post(
            page, {"read": read, **{self.keys[title]: word for title, word in choices.items()}}
        )


@pytest.fixture
def newer(partnership):
    return Newer(partnership)


def test_differences_are_shown_piece_by_piece_and_taken_over_or_kept(client, newer, partnership, coordinator):
    assert newer.differing == {"Anders": "changed", "Botst": "clash", "Erbij": "new", "Weg": "gone"}
    login(client, coordinator)
    assert "4 stukken die bij jou anders zijn" in client.get(own(partnership)).content.decode()
    page = client.get(own(partnership, "adoption-differences")).content.decode()
    for words in (
        "Botst: jij en de nieuwste versie",
        "Erbij",
        "Staat niet meer in de nieuwste versie",
    ):
        assert words in page
    newer.choose(client, Anders="take", Botst="keep", Erbij="take", Weg="keep")
    assert newer.differing == {}
    assert newer.part("Anders").get().body == "Nieuw: Anders"
    assert newer.part("Botst").get().body == "Van ons."
    assert not newer.part("Erbij").get().is_left
    assert newer.part("Weg").get().base is None
    assert PartChoice.objects.count() == 4


def test_what_is_not_chosen_stays_to_be_chosen(client, newer, coordinator):
    login(client, coordinator)
    newer.choose(client, Erbij="keep")
    assert newer.differing == {"Anders": "changed", "Botst": "clash", "Weg": "gone"}
    assert newer.part("Erbij").get().is_left


@pytest.mark.parametrize(
    ("title", "word"), [("Anders", "take"), ("Botst", "keep"), ("Erbij", "take"), ("Weg", "take")]
)
def test_each_choice_is_taken_back(client, newer, partnership, coordinator, title, word):
    before = newer.differing
    said = newer.part(title).values("title", "body", "base").first()
    login(client, coordinator)
    newer.choose(client, **{title: word})
    choice = PartChoice.objects.get()
    url = own(partnership, "choice-undo", choice.pk)
    assert url in client.get(own(partnership)).content.decode()
    client.post(url)
    client.post(url)  # twice
    assert newer.differing == before
    if said:
        assert newer.part(title).values("title", "body", "base").get() == said
    assert PartChoice.objects.filter(choice="undo").count() == 1


def test_a_piece_that_was_changed_since_is_not_brought_back(client, newer, partnership, coordinator):
    login(client, coordinator)
    newer.choose(client, Anders="take")
    newer.part("Anders").update(body="Later gewijzigd.")
    client.post(own(partnership, "choice-undo", PartChoice.objects.get().pk))
    assert newer.part("Anders").get().body == "Later gewijzigd."


def test_a_choice_of_long_ago_stands(client, newer, partnership, coordinator, by_owner):
    login(client, coordinator)
    newer.choose(client, Anders="take")
    PartChoice.objects.update(at=timezone.now() - timedelta(days=20))
    client.post(own(partnership, "choice-undo", PartChoice.objects.get().pk))
    assert newer.part("Anders").get().body == "Nieuw: Anders"


def test_choices_from_an_old_page_are_refused(client, newer, partnership, coordinator):
    login(client, coordinator)
    page = own(partnership, "adoption-differences")
    client.post(page, {"read": "1.1", newer.keys["Anders"]: "take"})
    assert not PartChoice.objects.exists()


def test_own_pieces_are_changed_and_added(client, newer, partnership, coordinator):
    login(client, coordinator)
    part = newer.part("Zelfde").get()
    edit(
        client, own(partnership, "adopted-part-change", part.key), {"title": "Zelfde", "body": "Nu van ons."}
    )
    part.refresh_from_db()
    assert part.body == "Nu van ons."
    chosen = client.post(own(partnership, "adopted-part-create"), {"kind": "text"})
    client.post(chosen.url, {"title": "Van onszelf", "body": "Zo."})
    assert newer.part("Van onszelf").exists()


def test_who_began_from_whom_is_a_tree(client, version, partnership):
    PlaybookAdoptionFactory(partnership=partnership, version=version)
    own_version = PlaybookVersionFactory(playbook__partnership=partnership, parts=["Een"], published=True)
    hidden = PlaybookAdoptionFactory(partnership__is_published=False, version=own_version)
    page = client.get(reverse("playbooks:playbook-family")).content.decode()
    assert page.index(version.playbook.partnership.name) < page.index(partnership.name)
    assert hidden.partnership.name not in page
    assert "samenwerking zonder openbare pagina" in page


@pytest.mark.parametrize("number", [1, 3])
def test_costs_of_the_own_copy(client, newer, partnership, coordinator, number, django_assert_num_queries):
    for _turn in range(number):
        AdoptedPartFactory(adoption=newer.adoption)
    login(client, coordinator)
    client.get(own(partnership))
    with django_assert_num_queries(7):
        client.get(own(partnership))
