"""A party that joins as observer: it reads what members read, decides nothing, and is counted for nothing."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from partnerships.actors import actor_of
from partnerships.models import Member
from partnerships.rules.groups import can_change
from partnerships.rules.partnerships import can_write
from tests.factories.partnerships import (
    DocumentFactory,
    GroupFactory,
    GroupSeatFactory,
    OrganisationFactory,
)
from tests.helpers import login, member, press
from tests.partnerships.joining.acts import accept, invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipality():
    return OrganisationFactory(
        kind="municipality", name="Gemeente Polderstad", slug="polderstad", branches=[]
    )


def test_e07_municipality_is_invited_as_observer_and_gets_fitting_rights(
    client, partnership, leader, municipality
):
    user = member(municipality, Role.MANAGER)
    login(client, leader)
    form = reverse("partnerships:coordination-member-invite", args=[partnership.slug])
    client.post(form, {"organisation": municipality.pk, "role": "observer"})
    asked = municipality.join_requests.get()
    login(client, user)
    press(client, reverse("partnerships:join-request-accept", args=[asked.public_id]), asked)
    assert Member.objects.get(organisation=municipality).role == "observer"
    document = DocumentFactory(partnership=partnership, title="Jaarplan")
    for name in ("partnership-inside", "contact-book", "document-list", "partnership-groups"):
        assert client.get(reverse(f"partnerships:{name}", args=[partnership.slug])).status_code == 200
    assert client.get(document.get_absolute_url()).status_code == 200
    for page in ("coordination-initiatives", "coordination-members", "coordination-letter-write"):
        assert client.get(reverse(f"partnerships:{page}", args=[partnership.slug])).status_code == 403
    assert not can_write(actor_of(user), partnership)


def test_e07_observer_at_a_table_reads_and_holds_no_office(client, partnership, leader, municipality):
    user = member(municipality, Role.MANAGER)
    accept(invited(partnership, municipality, leader, role="observer"), user)
    group = GroupFactory(partnership=partnership, kind="steering")
    GroupSeatFactory(group=group, person=user.person, organisation=municipality, is_observer=True)
    login(client, user)
    page = client.get(group.get_absolute_url()).content.decode()
    assert "waarnemer, zonder stem" in page
    assert not can_change(actor_of(user), group)
    # Nobody is expected of an observer, so that it is not missed either.
    assert municipality.name not in page.partition("Nog niemand")[2]


def test_e07_municipality_may_join_as_member_too(client, partnership, leader, municipality):
    user = member(municipality, Role.MANAGER)
    accept(invited(partnership, municipality, leader), user)
    assert Member.objects.get(organisation=municipality).role == "member"
    login(client, user)
    needs = reverse("meetings:need-create", args=[partnership.slug])
    assert client.get(needs).status_code == 200
