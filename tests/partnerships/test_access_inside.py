"""Who gets what of the inside pages of organisations, partnerships and groups.

Columns: anonymous; a stranger; a colleague without the right (contact person); the manager; the coordinator.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from partnerships.enums import MemberRole
from partnerships.models import Membership
from partnerships.services import memberships
from tests.factories.partnerships import (
    CallFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    LocationFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
    SignUpFactory,
)
from tests.helpers import login, member

ACTORS = ("anonymous", "stranger", "colleague", "manager", "coordinator")

MATRIX = {  #                       anonymous, stranger, colleague, manager, coordinator
    ("GET", "people-list"): (302, 404, 200, 200, 200),
    ("GET", "people-invite"): (302, 404, 403, 200, 403),
    ("POST", "people-invite"): (302, 404, 403, 200, 403),
    ("POST", "people-invite-again"): (302, 404, 403, 302, 403),
    ("POST", "people-invite-withdraw"): (302, 404, 403, 302, 403),
    ("GET", "people-change"): (302, 404, 403, 200, 403),
    ("POST", "people-change"): (302, 404, 403, 302, 403),
    ("GET", "people-end"): (302, 404, 403, 200, 403),
    ("POST", "people-end"): (302, 404, 403, 302, 403),
    ("GET", "location-list"): (302, 404, 200, 200, 200),
    ("GET", "location-create"): (302, 404, 403, 200, 403),
    ("POST", "location-create"): (302, 404, 403, 200, 403),
    ("GET", "location-change"): (302, 404, 403, 200, 403),
    ("POST", "location-change"): (302, 404, 403, 200, 403),
    ("GET", "location-close"): (302, 404, 403, 200, 403),
    ("POST", "location-close"): (302, 404, 403, 302, 403),
    ("GET", "group-list"): (302, 200, 200, 200, 200),
    ("GET", "group-detail"): (302, 404, 404, 404, 200),
    ("GET", "coordination-initiatives"): (302, 404, 403, 403, 200),
    ("GET", "coordination-initiative-create"): (302, 404, 403, 403, 200),
    ("POST", "coordination-initiative-create"): (302, 404, 403, 403, 200),
    ("GET", "coordination-initiative"): (302, 404, 403, 403, 200),
    ("GET", "coordination-initiative-change"): (302, 404, 403, 403, 200),
    ("POST", "coordination-initiative-change"): (302, 404, 403, 403, 200),
    ("POST", "coordination-initiative-move"): (302, 404, 403, 403, 200),
    ("POST", "coordination-initiative-add-result"): (302, 404, 403, 403, 200),
    ("GET", "coordination-members"): (302, 404, 403, 403, 200),
    ("GET", "coordination-member-add"): (302, 404, 403, 403, 200),
    ("POST", "coordination-member-add"): (302, 404, 403, 403, 200),
    ("GET", "coordination-member-change"): (302, 404, 403, 403, 200),
    ("POST", "coordination-member-change"): (302, 404, 403, 403, 200),
    ("GET", "coordination-member-end"): (302, 404, 403, 403, 200),
    ("POST", "coordination-member-end"): (302, 404, 403, 403, 302),
    ("GET", "coordination-groups"): (302, 404, 403, 403, 200),
    ("GET", "coordination-group-create"): (302, 404, 403, 403, 200),
    ("POST", "coordination-group-create"): (302, 404, 403, 403, 200),
    ("GET", "coordination-group-change"): (302, 404, 403, 403, 200),
    ("POST", "coordination-group-change"): (302, 404, 403, 403, 200),
    ("GET", "coordination-seat-give"): (302, 404, 403, 403, 200),
    ("POST", "coordination-seat-give"): (302, 404, 403, 403, 200),
    ("GET", "coordination-seat-end"): (302, 404, 403, 403, 200),
    ("POST", "coordination-seat-end"): (302, 404, 403, 403, 302),
    ("GET", "coordination-calls"): (302, 404, 403, 403, 200),
    ("GET", "coordination-call-create"): (302, 404, 403, 403, 200),
    ("POST", "coordination-call-create"): (302, 404, 403, 403, 200),
    ("GET", "coordination-call"): (302, 404, 403, 403, 200),
    ("GET", "coordination-call-change"): (302, 404, 403, 403, 200),
    ("POST", "coordination-call-change"): (302, 404, 403, 403, 200),
    ("GET", "coordination-sign-up"): (302, 404, 403, 403, 200),
    ("POST", "coordination-sign-up-accept"): (302, 404, 403, 403, 200),
    ("POST", "coordination-sign-up-move"): (302, 404, 403, 403, 200),
}


@dataclass(frozen=True)
class World:
    people: dict[str, User | None]
    args: dict[str, list[Any]]


@pytest.fixture(scope="module")
def world(once) -> World:
    return once(make_world)


def make_world() -> World:
    """A care provider in a partnership, a coordinating body, and everything the addresses name."""
    partnership = PartnershipFactory()
    provider, body = OrganisationFactory(), OrganisationFactory(kind="knowledge_network")
    MemberFactory(partnership=partnership, organisation=provider)
    MemberFactory(partnership=partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
    stranger = member(OrganisationFactory(), Role.MANAGER)
    colleague = member(provider, Role.CONTACT)
    manager = member(provider, Role.MANAGER)
    ended = Membership.objects.get(user=member(provider, Role.PRACTICE_TRAINER))
    invited = memberships.invite(
        organisation_id=provider.pk, email="x@zorg.example", role=Role.CONTACT, by=None
    )
    location = LocationFactory(organisation=provider)
    group = GroupFactory(partnership=partnership)
    seat = GroupSeatFactory(group=group, organisation=provider)
    initiative = InitiativeFactory(partnership=partnership)
    call = CallFactory(partnership=partnership)
    sign_up = SignUpFactory(call=call, confirmed_at="2026-01-01T12:00+01:00")
    here, there = provider.slug, partnership.slug
    args = {
        "people-invite-again": [here, invited.public_id],
        "people-invite-withdraw": [here, invited.public_id],
        "people-change": [here, ended.public_id],
        "people-end": [here, ended.public_id],
        "location-change": [here, location.public_id],
        "location-close": [here, location.public_id],
        "group-list": [],
        "group-detail": [group.public_id],
        **{
            f"coordination-{name}": [there, initiative.slug]
            for name in ("initiative", "initiative-change", "initiative-move", "initiative-add-result")
        },
        "coordination-member-change": [there, here],
        "coordination-member-end": [there, here],
        "coordination-group-change": [there, group.public_id],
        "coordination-seat-give": [there, group.public_id],
        "coordination-seat-end": [there, group.public_id, seat.public_id],
        "coordination-call": [there, call.slug],
        "coordination-call-change": [there, call.slug],
        **{
            f"coordination-{name}": [there, sign_up.public_id]
            for name in ("sign-up", "sign-up-accept", "sign-up-move")
        },
    }
    for _method, name in MATRIX:
        args.setdefault(name, [there if name.startswith("coordination") else here])
    people = {
        "anonymous": None,
        "stranger": stranger,
        "colleague": colleague,
        "manager": manager,
        "coordinator": member(body, Role.COORDINATOR),
    }
    return World(people, args)


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS)
def test_access(client, world, actor):
    """One world, every row: POSTs that change something stand last in their column."""
    user = world.people[actor]
    if user:
        login(client, user)
    column = ACTORS.index(actor)
    last = ("people-end", "coordination-member-end")
    rows = sorted(MATRIX, key=lambda row: (row[0] == "POST", row[1] in last and last.index(row[1]) + 1))
    got = {
        (method, name): client.generic(
            method, reverse(f"partnerships:{name}", args=world.args[name])
        ).status_code
        for method, name in rows
    }
    assert got == {row: MATRIX[row][column] for row in rows}


@pytest.mark.django_db
def test_group_member_sees_own_group_and_no_other(client):
    group = GroupFactory()
    other = GroupFactory(partnership=group.partnership)
    seat = GroupSeatFactory(group=group, is_observer=True)
    login(client, seat.user)
    assert client.get(group.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
