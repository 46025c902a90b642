"""Who gets what of playbooks: anyone reads what was published, the coordinators of the partnership write."""

import pytest
from django.urls import get_resolver, reverse

from tests.factories.partnerships import GroupFactory, PartnershipFactory
from tests.factories.playbooks import (
    AdoptedPartFactory,
    PartChoiceFactory,
    PlaybookAdoptionFactory,
    PlaybookFactory,
    PlaybookLeadFactory,
    PlaybookOfferFactory,
    PlaybookPartFactory,
    PlaybookVersionFactory,
)
from tests.roles import Around, enter, expected, people, status_of

COLUMNS = ("anonymous", "stranger", "contact", "coordinator", "chair", "left_with_member")
PUBLIC = {"*": 200}
OUTSIDE = {"anonymous": 302, "stranger": 404, "left_with_member": 404}
WRITES = OUTSIDE | {"coordinator": 200, "*": 403}
BACK = OUTSIDE | {"coordinator": 302, "*": 403}
STARTS = {"anonymous": 302, "coordinator": 200, "*": 403}
INSIDE = OUTSIDE | {"*": 200}
OFFERED = {"anonymous": 302, "coordinator": 200, "*": 404}
ANSWERS = {"anonymous": 302, "coordinator": 200, "*": 404}
ANSWERED = {"anonymous": 302, "coordinator": 302, "*": 404}
OFFERER = {"anonymous": 302, "coordinator": 403, "*": 404}
OF_AN_OFFER = ("offer-detail", "offer-accept", "offer-decline", "offer-withdraw")
MATRIX = {
    ("GET", "playbook-list"): PUBLIC,
    ("GET", "playbook-detail"): PUBLIC,
    ("GET", "playbook-version"): PUBLIC,
    ("GET", "playbook-own"): WRITES,
    ("POST", "playbook-begin"): BACK,
    ("GET", "playbook-change"): WRITES,
    ("POST", "playbook-change"): WRITES,
    ("POST", "playbook-bring-over"): BACK,
    ("GET", "playbook-publish"): WRITES,
    ("POST", "playbook-publish"): BACK,
    ("GET", "playbook-discard"): WRITES,
    ("POST", "playbook-discard"): BACK,
    ("GET", "lead-create"): PUBLIC,
    ("POST", "lead-create"): PUBLIC,
    ("GET", "lead-sent"): PUBLIC,
    ("GET", "lead-list"): WRITES,
    ("GET", "lead-detail"): WRITES,
    ("POST", "lead-detail"): WRITES,
    ("POST", "lead-close"): BACK,
    ("POST", "lead-reopen"): BACK,
    ("GET", "playbook-family"): PUBLIC,
    ("GET", "adoption-start"): STARTS,
    ("POST", "adoption-start"): STARTS,
    ("GET", "adoption-detail"): INSIDE,
    ("GET", "adoption-differences"): WRITES,
    ("POST", "adoption-differences"): BACK,
    ("POST", "choice-undo"): BACK,
    ("GET", "adopted-part-create"): WRITES,
    ("POST", "adopted-part-create"): WRITES,
    ("GET", "adopted-part-change"): WRITES,
    ("POST", "adopted-part-change"): WRITES,
    ("GET", "offer-create"): WRITES,
    ("POST", "offer-create"): WRITES,
    ("GET", "offer-list"): WRITES,
    ("GET", "offer-detail"): OFFERED,
    ("POST", "offer-accept"): ANSWERED,
    ("GET", "offer-decline"): ANSWERS,
    ("POST", "offer-decline"): ANSWERS,
    ("POST", "offer-withdraw"): OFFERER,
    ("GET", "part-create"): WRITES,
    ("POST", "part-create"): WRITES,
    ("GET", "part-change"): WRITES,
    ("POST", "part-change"): WRITES,
    ("GET", "part-remove"): WRITES,
    ("POST", "part-remove"): BACK,
}
OF_A_LEAD = ("lead-detail", "lead-close", "lead-reopen")
OF_A_PART = ("part-change", "part-remove")


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    partnership = PartnershipFactory()
    playbook = PlaybookFactory(partnership=partnership)
    version = PlaybookVersionFactory(playbook=playbook, parts=["Vergaderen"], published=True)
    lead = PlaybookLeadFactory(version=version)
    draft = PlaybookVersionFactory(playbook=playbook, parts=["Nog geheim"])
    part = PlaybookPartFactory(version=draft)
    choice = PartChoiceFactory(part__adoption=PlaybookAdoptionFactory(partnership=partnership))
    args = {name: [partnership.slug] for _method, name in MATRIX}
    args |= {name: [partnership.slug, part.key] for name in OF_A_PART}
    args |= {name: [partnership.slug, lead.public_id] for name in OF_A_LEAD}
    args |= {name: [playbook.slug] for name in ("lead-create", "lead-sent")}
    offer = PlaybookOfferFactory(part__adoption__version=version)
    args |= {name: [offer.public_id] for name in OF_AN_OFFER}
    args |= {"offer-create": [partnership.slug, AdoptedPartFactory(adoption=choice.part.adoption).key]}
    args |= {"playbook-family": [], "adoption-start": [playbook.slug]}
    args |= {
        "adopted-part-change": [partnership.slug, choice.part.key],
        "choice-undo": [partnership.slug, choice.pk],
    }
    args |= {"playbook-list": [], "playbook-detail": [playbook.slug], "playbook-version": [playbook.slug, 1]}
    employer = Around(partnership=partnership).partner()
    around = Around(employer=employer, partnership=partnership, group=GroupFactory(partnership=partnership))
    return people(COLUMNS, around), args


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    users, args = world
    enter(client, users[column])
    got = {
        (method, name): status_of(client, method, reverse(f"playbooks:{name}", args=args[name]))
        for method, name in MATRIX
    }
    assert got == expected(MATRIX, column)


def test_matrix_is_complete():
    _, resolver = get_resolver().namespace_dict["playbooks"]
    assert {pattern.name for pattern in resolver.url_patterns} == {name for _, name in MATRIX}


@pytest.mark.django_db
def test_draft_is_not_public(client):
    draft = PlaybookVersionFactory(title="Nog geheim", parts=["Vergaderen"])
    for path in (draft.playbook.get_absolute_url(), draft.get_absolute_url()):
        assert client.get(path).status_code == 404
    assert draft.title not in client.get(reverse("playbooks:playbook-list")).content.decode()
