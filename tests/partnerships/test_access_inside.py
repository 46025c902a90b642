"""Who gets what of the inside pages of organisations, partnerships and groups."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.services.people import Name
from partnerships.models import Membership
from partnerships.services import memberships
from tests.factories.partnerships import (
    ActionLineFactory,
    AffiliationFactory,
    CallFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    InitiativeResultFactory,
    LocationFactory,
    MemberFactory,
    MemberLetterFactory,
    OrganisationFactory,
    PartnershipFactory,
    PartnershipThemeFactory,
    PledgeConditionFactory,
    SignUpFactory,
)
from tests.helpers import acting, login, member
from tests.roles import Around, enter, expected, people, status_of

# Of another member of the partnership: chair and secretary of the group in the addresses, which is the steering group; chair
# of another group; who had the chair until the seat ended; an observer of the steering group.
SEATED = ("chair", "secretary", "other_chair", "stood_up", "observer")
# Who chairs the steering group, but whose role has ended, or whose organisation has left.
GONE = ("left_work", "left_with_member")
COLUMNS = ("anonymous", "stranger", "contact", "manager", "coordinator", *SEATED, *GONE)
NOBODY_HERE = {"anonymous": 302, "stranger": 404, **dict.fromkeys(GONE, 404)}
MANAGER = NOBODY_HERE | {"manager": 200, "*": 403}
ONE_ROLE = MANAGER | dict.fromkeys(SEATED, 404)  # of another organisation
COORDINATOR = NOBODY_HERE | {"coordinator": 200, "*": 403}
WRITERS = ("coordinator", "chair", "secretary")
WRITER = COORDINATOR | dict.fromkeys(WRITERS, 200)
WRITER_BACK = COORDINATOR | dict.fromkeys(WRITERS, 302)
MATRIX = {
    ("GET", "people-list"): MANAGER | {"contact": 200, "coordinator": 200},
    ("GET", "people-invite-many"): MANAGER,
    ("POST", "people-invite-many"): MANAGER,
    ("GET", "people-invite"): MANAGER,
    ("POST", "people-invite"): MANAGER,
    ("GET", "people-take-on"): MANAGER,
    ("POST", "people-take-on"): MANAGER,
    ("POST", "people-invite-again"): MANAGER | {"manager": 302},
    ("POST", "people-invite-withdraw"): MANAGER | {"manager": 302},
    ("GET", "people-change"): ONE_ROLE,
    ("POST", "people-change"): ONE_ROLE | {"manager": 302},
    ("GET", "people-end"): ONE_ROLE,
    ("POST", "people-end"): ONE_ROLE,
    ("GET", "person-detail"): MANAGER,
    ("GET", "person-address"): MANAGER,
    ("POST", "person-address"): MANAGER,
    ("GET", "person-merge-find"): MANAGER,
    ("GET", "person-merge"): MANAGER,
    ("POST", "person-merge"): MANAGER,
    ("POST", "person-apart"): MANAGER | {"manager": 302},
    ("POST", "people-take-back"): ONE_ROLE | {"manager": 302},
    ("GET", "own-roles"): {"anonymous": 302, "*": 200},
    ("POST", "own-role-take-back"): {"anonymous": 302, "*": 404},
    ("GET", "location-list"): MANAGER | {"contact": 200, "coordinator": 200},
    ("GET", "location-create"): MANAGER,
    ("POST", "location-create"): MANAGER,
    ("GET", "location-change"): MANAGER,
    ("POST", "location-change"): MANAGER,
    ("GET", "location-close"): MANAGER,
    ("POST", "location-close"): MANAGER | {"manager": 302},
    ("POST", "location-reopen"): MANAGER | {"manager": 302},
    ("GET", "location-merge-find"): MANAGER,
    ("GET", "location-merge"): MANAGER,
    ("POST", "location-merge"): MANAGER,
    ("POST", "location-apart"): MANAGER | {"manager": 302},
    ("GET", "free-day-list"): MANAGER | {"contact": 200, "coordinator": 200},
    ("GET", "free-day-change"): MANAGER,
    ("POST", "free-day-change"): MANAGER | {"manager": 302},
    ("GET", "affiliation-list"): MANAGER,
    ("GET", "affiliation-add"): MANAGER,
    ("POST", "affiliation-add"): MANAGER,
    ("GET", "affiliation-end"): MANAGER,
    ("POST", "affiliation-end"): MANAGER | {"manager": 302},
    ("POST", "affiliation-take-back"): MANAGER | {"manager": 302},
    ("POST", "coordination-affiliation-take-back"): COORDINATOR | {"coordinator": 302},
    ("GET", "group-list"): {"anonymous": 302, "*": 200},
    ("GET", "group-detail"): COORDINATOR
    | dict.fromkeys(("contact", "manager", "other_chair", "stood_up"), 404)
    | dict.fromkeys(("chair", "secretary", "observer"), 200),
    ("GET", "partnership-groups"): NOBODY_HERE | {"*": 200},
    ("GET", "partnership-inside"): NOBODY_HERE | {"*": 200},
    ("GET", "contact-book"): NOBODY_HERE | {"*": 200},
    ("GET", "partnership-action-lines"): NOBODY_HERE | {"*": 200},
    ("GET", "action-line"): NOBODY_HERE | {"*": 200},
    ("GET", "coordination-action-line-create"): WRITER,
    ("POST", "coordination-action-line-create"): WRITER,
    ("GET", "coordination-action-line-change"): WRITER,
    ("POST", "coordination-action-line-change"): WRITER,
    ("GET", "coordination-action-line-end"): WRITER,
    ("POST", "coordination-action-line-end"): WRITER_BACK,
    ("POST", "coordination-action-line-reopen"): WRITER_BACK,
    ("GET", "partnership-themes"): NOBODY_HERE | {"*": 200},
    ("GET", "partnership-theme"): NOBODY_HERE | {"*": 200},
    ("GET", "coordination-theme-create"): WRITER,
    ("POST", "coordination-theme-create"): WRITER,
    ("GET", "coordination-theme-change"): WRITER,
    ("POST", "coordination-theme-change"): WRITER,
    ("GET", "coordination-theme-end"): WRITER,
    ("POST", "coordination-theme-end"): WRITER_BACK,
    ("POST", "coordination-theme-reopen"): WRITER_BACK,
    ("GET", "coordination-initiatives"): WRITER,
    ("GET", "coordination-initiative-create"): WRITER,
    ("POST", "coordination-initiative-create"): WRITER,
    ("GET", "coordination-initiative"): WRITER,
    ("GET", "coordination-initiative-change"): WRITER,
    ("POST", "coordination-initiative-change"): WRITER,
    ("POST", "coordination-initiative-move"): WRITER,
    ("POST", "coordination-initiative-take-back"): WRITER_BACK,
    ("POST", "coordination-initiative-add-result"): WRITER,
    ("GET", "coordination-partnership-change"): WRITER,
    # A form with nothing in it changes what chair and secretary may: no text stands, and the provinces are not theirs.
    ("POST", "coordination-partnership-change"): WRITER | dict.fromkeys(("chair", "secretary"), 302),
    ("GET", "coordination-partnership-facts"): COORDINATOR,
    ("POST", "coordination-partnership-facts"): COORDINATOR,
    ("GET", "coordination-member-start"): COORDINATOR,
    ("POST", "coordination-member-start"): COORDINATOR | {"coordinator": 302},
    ("GET", "coordination-members"): COORDINATOR,
    ("GET", "coordination-letters"): COORDINATOR,
    ("GET", "coordination-letter"): COORDINATOR,
    ("GET", "coordination-letter-write"): COORDINATOR,
    ("POST", "coordination-letter-write"): COORDINATOR,
    ("GET", "coordination-member-invite"): COORDINATOR,
    ("POST", "coordination-member-invite"): COORDINATOR,
    ("GET", "coordination-member-change"): COORDINATOR,
    ("POST", "coordination-member-change"): COORDINATOR,
    ("GET", "coordination-member-end"): COORDINATOR,
    ("POST", "coordination-member-end"): COORDINATOR | {"coordinator": 302},
    ("POST", "coordination-member-take-back"): COORDINATOR | {"coordinator": 302},
    ("GET", "coordination-groups"): COORDINATOR,
    ("GET", "coordination-group-create"): COORDINATOR,
    ("POST", "coordination-group-create"): COORDINATOR,
    ("GET", "coordination-close"): COORDINATOR,
    ("POST", "coordination-close"): COORDINATOR | {"coordinator": 302},
    ("POST", "coordination-reopen"): COORDINATOR | {"coordinator": 302},
    ("GET", "coordination-result-correct"): WRITER,
    ("POST", "coordination-result-correct"): WRITER,
    ("GET", "coordination-initiative-discard"): WRITER_BACK,  # it is public
    ("POST", "coordination-initiative-discard"): WRITER_BACK,
    ("GET", "coordination-group-close"): COORDINATOR,
    ("POST", "coordination-group-close"): COORDINATOR | {"coordinator": 302},
    ("POST", "coordination-group-reopen"): COORDINATOR | {"coordinator": 302},
    ("GET", "coordination-group-discard"): COORDINATOR | {"coordinator": 302},  # people sit in it
    ("POST", "coordination-group-discard"): COORDINATOR | {"coordinator": 302},
    ("GET", "coordination-call-close"): WRITER,
    ("POST", "coordination-call-close"): WRITER_BACK,
    ("POST", "coordination-call-reopen"): WRITER_BACK,
    ("GET", "coordination-call-discard"): WRITER_BACK,  # it is public
    ("POST", "coordination-call-discard"): WRITER_BACK,
    ("GET", "coordination-group-change"): WRITER,
    ("POST", "coordination-group-change"): WRITER,
    ("GET", "coordination-seat-give"): COORDINATOR,
    ("POST", "coordination-seat-give"): COORDINATOR,
    ("GET", "coordination-seat-affiliate"): COORDINATOR,
    ("POST", "coordination-seat-affiliate"): COORDINATOR,
    ("GET", "coordination-seat-newcomer"): COORDINATOR,
    ("POST", "coordination-seat-newcomer"): COORDINATOR,
    ("GET", "coordination-affiliation-end"): COORDINATOR,
    ("POST", "coordination-affiliation-end"): COORDINATOR | {"coordinator": 302},
    ("GET", "coordination-seat-office"): COORDINATOR,
    ("POST", "coordination-seat-office"): COORDINATOR | {"coordinator": 302},
    ("GET", "coordination-seat-end"): COORDINATOR,
    ("POST", "coordination-seat-end"): COORDINATOR | {"coordinator": 302},
    ("POST", "coordination-seat-invite-again"): COORDINATOR | {"coordinator": 302},
    ("POST", "coordination-seat-take-back"): COORDINATOR | {"coordinator": 302},
    ("GET", "coordination-calls"): WRITER,
    ("GET", "coordination-call-create"): WRITER,
    ("POST", "coordination-call-create"): WRITER,
    ("GET", "coordination-call"): WRITER,
    ("GET", "coordination-call-change"): WRITER,
    ("POST", "coordination-call-change"): WRITER,
    ("GET", "coordination-sign-up"): COORDINATOR,
    ("POST", "coordination-sign-up-accept"): COORDINATOR,
    ("GET", "coordination-sign-up-change"): COORDINATOR,
    ("POST", "coordination-sign-up-change"): COORDINATOR,
    ("POST", "coordination-sign-up-move"): COORDINATOR,
    ("POST", "coordination-sign-up-take-back"): COORDINATOR | {"coordinator": 302},
    ("POST", "coordination-condition-add"): COORDINATOR,
    ("POST", "coordination-contact-add"): COORDINATOR,
    ("GET", "coordination-call-board"): COORDINATOR,
    ("POST", "coordination-call-start-next"): WRITER_BACK,
    ("POST", "coordination-condition-settle"): COORDINATOR | {"coordinator": 302},
    ("POST", "coordination-condition-take-back"): COORDINATOR | {"coordinator": 302},
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
    provider = OrganisationFactory()
    MemberFactory(partnership=partnership, organisation=provider)
    ended = Membership.objects.get(person__user=member(provider, Role.PRACTICE_TRAINER))
    by = acting(provider, Role.MANAGER)
    invited = memberships.invite(
        organisation_id=provider.pk,
        email="x@zorg.example",
        name=Name(first_name="Xandra"),
        role=Role.CONTACT,
        by=by,
    )
    location = LocationFactory(organisation=provider)
    group = GroupFactory(partnership=partnership)
    seat = GroupSeatFactory(group=group, organisation=provider)
    voice = GroupSeatFactory(group=group, of="client")
    affiliated = AffiliationFactory(partnership=partnership, organisation=provider)
    initiative = InitiativeFactory(partnership=partnership)
    result = InitiativeResultFactory(initiative=initiative)
    line = ActionLineFactory(partnership=partnership)
    theme = PartnershipThemeFactory(partnership=partnership)
    call = CallFactory(partnership=partnership)
    sign_up = SignUpFactory(call=call, confirmed_at="2026-01-01T12:00+01:00")
    condition = PledgeConditionFactory(sign_up=sign_up)
    here, there = provider.slug, partnership.slug
    args = {
        "people-invite-again": [here, invited.public_id],
        "people-invite-withdraw": [here, invited.public_id],
        "person-detail": [here, invited.invitation.person.public_id],
        "person-address": [here, invited.invitation.person.public_id],
        "person-merge-find": [here, invited.invitation.person.public_id],
        "person-merge": [here, invited.invitation.person.public_id, ended.person.public_id],
        "person-apart": [here, invited.invitation.person.public_id, ended.person.public_id],
        "people-change": [here, ended.public_id],
        "people-end": [here, ended.public_id],
        "people-take-back": [here, ended.public_id],
        "own-roles": [],
        "own-role-take-back": [ended.public_id],
        "location-change": [here, location.public_id],
        "location-close": [here, location.public_id],
        "location-reopen": [here, location.public_id],
        "location-merge-find": [here, location.public_id],
        "location-merge": [here, location.public_id, LocationFactory(organisation=provider).public_id],
        "location-apart": [here, location.public_id, LocationFactory(organisation=provider).public_id],
        "group-list": [],
        "partnership-groups": [there],
        "partnership-inside": [there],
        "contact-book": [there],
        "coordination-letters": [there],
        "coordination-letter": [there, MemberLetterFactory(partnership=partnership).public_id],
        "coordination-letter-write": [there],
        "partnership-action-lines": [there],
        "action-line": [there, line.public_id],
        "partnership-themes": [there],
        "partnership-theme": [there, theme.public_id],
        **{f"coordination-theme-{name}": [there, theme.public_id] for name in ("change", "end", "reopen")},
        **{
            f"coordination-action-line-{name}": [there, line.public_id]
            for name in ("change", "end", "reopen")
        },
        "group-detail": [group.public_id],
        **{
            f"coordination-{name}": [there, initiative.slug]
            for name in (
                "initiative",
                "initiative-change",
                "initiative-move",
                "initiative-take-back",
                "initiative-add-result",
                "initiative-discard",
            )
        },
        "coordination-result-correct": [there, initiative.slug, result.public_id],
        **{f"coordination-group-{name}": [there, group.public_id] for name in ("close", "reopen", "discard")},
        **{f"coordination-call-{name}": [there, call.slug] for name in ("close", "reopen", "discard")},
        "coordination-member-change": [there, here],
        "coordination-member-end": [there, here],
        "coordination-member-start": [there, here],
        "coordination-member-take-back": [there, here],
        "coordination-group-change": [there, group.public_id],
        "coordination-seat-give": [there, group.public_id],
        "coordination-seat-affiliate": [there, group.public_id],
        "coordination-seat-newcomer": [there, group.public_id],
        "coordination-affiliation-end": [there, group.public_id, voice.public_id],
        "coordination-affiliation-take-back": [there, group.public_id, voice.public_id],
        **{f"affiliation-{name}": [here, affiliated.public_id] for name in ("end", "take-back")},
        "coordination-seat-office": [there, group.public_id, seat.public_id],
        "coordination-seat-end": [there, group.public_id, seat.public_id],
        "coordination-seat-invite-again": [there, group.public_id, seat.public_id],
        "coordination-seat-take-back": [there, group.public_id, seat.public_id],
        "coordination-call": [there, call.slug],
        "coordination-call-board": [there, call.slug],
        "coordination-call-start-next": [there, call.slug],
        "coordination-call-change": [there, call.slug],
        **{
            f"coordination-{name}": [there, sign_up.public_id]
            for name in (
                "sign-up",
                "sign-up-accept",
                "sign-up-change",
                "sign-up-move",
                "sign-up-take-back",
                "condition-add",
                "contact-add",
            )
        },
        **{
            f"coordination-condition-{name}": [there, condition.public_id] for name in ("settle", "take-back")
        },
    }
    for _method, name in MATRIX:
        args.setdefault(name, [there if name.startswith("coordination") else here])
    around = Around(employer=provider, partnership=partnership, group=group)
    return World(people(COLUMNS, around), args)


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    enter(client, world.people[column])
    got = {
        (method, name): status_of(client, method, reverse(f"partnerships:{name}", args=world.args[name]))
        for method, name in MATRIX
    }
    assert got == expected(MATRIX, column)


@pytest.mark.django_db
def test_group_member_sees_own_group_and_no_other(client):
    group = GroupFactory()
    other = GroupFactory(partnership=group.partnership)
    seat = GroupSeatFactory(group=group, of="student", is_observer=True)
    login(client, seat.person.user)
    assert client.get(group.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
