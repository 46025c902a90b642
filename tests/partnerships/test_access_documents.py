"""Who gets what of the documents of a partnership: who keeps them writes, members and seats read."""

import pytest
from django.urls import reverse

from tests.factories.partnerships import (
    DocumentFactory,
    GroupFactory,
    MemberFactory,
    OrganisationFactory,
)
from tests.roles import Around, enter, expected, people, status_of

COLUMNS = (
    *("anonymous", "stranger", "supervisor", "contact", "coordinator", "chair", "secretary", "observer"),
    *("other_chair", "left_with_member"),
)
OUTSIDE = {"anonymous": 302, "stranger": 404, "left_with_member": 404}
INSIDE = OUTSIDE | {"*": 200}
KEEPERS = ("coordinator", "chair", "secretary")
KEEPS = OUTSIDE | dict.fromkeys(KEEPERS, 200) | {"*": 403}
KEEPS_BACK = KEEPS | dict.fromkeys(KEEPERS, 302)
MATRIX = {
    ("GET", "document-list"): INSIDE,
    ("GET", "group-documents"): OUTSIDE
    | dict.fromkeys(("supervisor", "contact", "other_chair"), 404)
    | {"*": 200},
    ("GET", "document-detail"): INSIDE,
    # The factory keeps no file in the store.
    ("GET", "document-version"): OUTSIDE | {"*": 404},
    # Who chairs another group puts in what is of that.
    ("GET", "document-create"): KEEPS | {"other_chair": 200},
    ("POST", "document-create"): KEEPS | {"other_chair": 200},
    ("GET", "document-change"): KEEPS,
    ("POST", "document-change"): KEEPS,
    ("GET", "document-renew"): KEEPS,
    ("POST", "document-renew"): KEEPS,
    ("GET", "document-take-away"): KEEPS,
    ("POST", "document-take-away"): KEEPS_BACK,
    ("POST", "document-take-back"): OUTSIDE | {"*": 302},
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    group = GroupFactory()
    partnership = group.partnership
    provider = OrganisationFactory()
    MemberFactory(partnership=partnership, organisation=provider)
    document = DocumentFactory(partnership=partnership)
    args = {name: [partnership.slug, document.public_id] for _method, name in MATRIX}
    args |= {"document-list": [partnership.slug], "document-create": [partnership.slug]}
    args["group-documents"] = [group.public_id]
    args["document-version"] = [*args["document-detail"], 1]
    around = Around(employer=provider, partnership=partnership, group=group)
    return people(COLUMNS, around), args


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    users, args = world
    enter(client, users[column])
    got = {
        (method, name): status_of(client, method, reverse(f"partnerships:{name}", args=args[name]))
        for method, name in MATRIX
    }
    assert got == expected(MATRIX, column)
