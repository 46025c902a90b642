"""Who gets what of the cooperation agreement of a partnership: all inside read what was asked, coordinators write."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories.partnerships import (
    CooperationVersionFactory,
    GroupFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import coordinating, login, member
from tests.roles import Around, enter, expected, people, status_of

COLUMNS = ("anonymous", "stranger", "contact", "manager", "coordinator", "chair", "left_with_member")
OUTSIDE = {"anonymous": 302, "stranger": 404, "left_with_member": 404}
INSIDE = OUTSIDE | {"*": 200}
COORDINATOR = OUTSIDE | {"coordinator": 200, "*": 403}
# It waits for signatures: a draft is changed, asked and thrown away elsewhere.
NOT_NOW = COORDINATOR | {"coordinator": 302}
SIGNER = OUTSIDE | {"manager": 302, "*": 403}  # for who gave the password a moment ago
MATRIX = {
    ("GET", "cooperation-list"): INSIDE,
    ("GET", "cooperation-detail"): INSIDE,
    ("GET", "cooperation-sign"): SIGNER,
    ("POST", "cooperation-sign"): SIGNER,
    ("GET", "coordination-cooperation-create"): NOT_NOW,
    ("POST", "coordination-cooperation-create"): COORDINATOR,
    ("GET", "coordination-cooperation-change"): NOT_NOW,
    ("POST", "coordination-cooperation-change"): NOT_NOW,
    ("GET", "coordination-cooperation-discard"): NOT_NOW,
    ("POST", "coordination-cooperation-discard"): NOT_NOW,
    ("GET", "coordination-cooperation-ask"): NOT_NOW,
    ("POST", "coordination-cooperation-ask"): NOT_NOW,
    ("GET", "coordination-cooperation-withdraw"): COORDINATOR,
    ("POST", "coordination-cooperation-withdraw"): COORDINATOR,
    ("GET", "coordination-cooperation-record"): COORDINATOR,
    ("POST", "coordination-cooperation-record"): COORDINATOR,
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    partnership = PartnershipFactory()
    provider, other = OrganisationFactory(), OrganisationFactory(school=True)
    for organisation in (provider, other):
        MemberFactory(partnership=partnership, organisation=organisation)
    version = CooperationVersionFactory(partnership=partnership, parties=[provider, other], asked=True)
    slug, ident = partnership.slug, version.public_id
    args = {name: [slug, ident] for _method, name in MATRIX}
    args |= {"cooperation-list": [slug], "coordination-cooperation-create": [slug]}
    for name in ("cooperation-sign", "coordination-cooperation-record"):
        args[name] = [slug, ident, provider.slug]
    around = Around(employer=provider, partnership=partnership, group=GroupFactory(partnership=partnership))
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


@pytest.mark.django_db
def test_draft_is_there_for_coordinators_alone(client):
    joined = MemberFactory()
    draft = CooperationVersionFactory(partnership=joined.partnership, vision="Nog geheim")
    page, every = (
        draft.get_absolute_url(),
        reverse("partnerships:cooperation-list", args=[joined.partnership.slug]),
    )
    login(client, member(joined.organisation, "manager"))
    assert client.get(page).status_code == 404
    assert "Nog geheim" not in client.get(every).content.decode()
    assert "Nog geheim" not in client.get(f"{every}?bestand=csv").content.decode()
    login(client, User.objects.get(person=coordinating(joined.partnership).person_id))
    assert client.get(page).status_code == 200
    assert "Nog geheim" in client.get(every).content.decode()


@pytest.mark.django_db
def test_version_of_another_partnership_is_not_found(client):
    joined = MemberFactory()
    foreign = CooperationVersionFactory(asked=True)
    login(client, member(joined.organisation, "manager"))
    page = reverse("partnerships:cooperation-detail", args=[joined.partnership.slug, foreign.public_id])
    assert client.get(page).status_code == 404
    assert client.get(foreign.get_absolute_url()).status_code == 404
