"""A partnership that is over is there to be read: nothing begins in it any more."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from partnerships.actors import Actor, actor_of
from partnerships.enums import GroupKind, MemberRole
from partnerships.models import Group, Partnership
from partnerships.services import calls, closings, groups, initiatives, members
from tests.factories.partnerships import (
    CallFactory,
    GroupFactory,
    InitiativeFactory,
    MemberFactory,
    MembershipFactory,
)
from tests.helpers import login
from tests.roles import Around, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return MemberFactory().partnership


@pytest.fixture
def leader(partnership):
    return coordinator(Around(partnership=partnership))


def new_group(partnership: Partnership, by: Actor):
    row = Group(partnership=partnership, name="Nieuw", kind=GroupKind.PROJECT)
    return lambda: groups.save(group=row, by=by, version=None)


def changed_group(partnership: Partnership, by: Actor):
    row = GroupFactory(partnership=partnership)
    row.mandate = "Iets anders"
    return lambda: groups.save(group=row, by=by, version=None)


def seat(partnership: Partnership, by: Actor):
    group = GroupFactory(partnership=partnership)
    role = MembershipFactory(organisation=partnership.members.first().organisation, role=Role.COLLEAGUE)
    values = {"membership": role, "perspective": "delegate", "is_observer": False}
    return lambda: groups.give_seat(group_id=group.pk, by=by, **values)


def role(partnership: Partnership, by: Actor):
    row = MemberFactory(partnership=partnership)
    return lambda: members.change_role(member_id=row.pk, role=MemberRole.OBSERVER, by=by, version=None)


def new_call(partnership: Partnership, by: Actor):
    row = CallFactory.build(partnership=partnership)
    return lambda: calls.save(call=row, by=by, version=None)


def published_call(partnership: Partnership, by: Actor):
    row = CallFactory(partnership=partnership, is_published=False)
    row.is_published = True
    return lambda: calls.save(call=row, by=by, version=None)


def new_initiative(partnership: Partnership, by: Actor):
    row = InitiativeFactory.build(partnership=partnership)
    return lambda: initiatives.save(initiative=row, themes=[], by=by, version=None)


VERBS = [new_group, changed_group, seat, role, new_call, published_call, new_initiative]


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_begins_in_a_partnership_that_is_over(partnership, leader, verb):
    closings.partnership(partnership_id=partnership.pk, by=actor_of(leader), read=None)
    act = verb(Partnership.objects.get(pk=partnership.pk), actor_of(leader))
    with pytest.raises(ValidationError, match="beëindigd"):
        act()


@pytest.mark.parametrize("verb", VERBS)
def test_all_begins_as_long_as_it_goes_on(partnership, leader, verb):
    verb(partnership, actor_of(leader))()


@pytest.mark.parametrize("kind", ["group", "call", "initiative"])
def test_no_page_offers_what_cannot_begin(client, partnership, leader, kind):
    login(client, leader)
    overview = reverse(f"partnerships:coordination-{kind}s", args=[partnership.slug])
    create = reverse(f"partnerships:coordination-{kind}-create", args=[partnership.slug])
    assert create in client.get(overview).content.decode()
    closings.partnership(partnership_id=partnership.pk, by=actor_of(leader), read=None)
    assert create not in client.get(overview).content.decode()
    answer = client.get(create, follow=True)
    assert answer.redirect_chain[-1][0] == overview
    assert "Deze samenwerking is beëindigd." in answer.content.decode()
