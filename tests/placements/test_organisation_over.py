"""An organisation whose last day has passed begins nothing new: no places, students, partnerships or people."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from accounts.services.people import Name
from core.dates import today
from partnerships.actors import actor_of
from partnerships.enums import MemberRole
from partnerships.models import MembershipInvitation, Organisation
from partnerships.services import join_requests, memberships, role_requests
from placements.enums import SlotState
from placements.models import Match, Placement, Slot
from placements.services import matches, slots
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import JoinRequestFactory, PartnershipFactory, RoleRequestFactory
from tests.helpers import member
from tests.placements import offers
from tests.placements.scene import actor

pytestmark = pytest.mark.django_db


def over(scene, last_day=None):
    """The employer of the scene, whose last day was yesterday."""
    Organisation.objects.filter(pk=scene.employer.pk).update(
        valid_until=last_day or today() - dt.timedelta(days=1)
    )
    scene.employer.refresh_from_db()


def _invite(scene):
    manager = member(scene.employer, Role.MANAGER)
    return lambda: memberships.invite(
        organisation_id=scene.employer.pk,
        email="nieuw@zorg.example",
        name=Name(first_name="Noor"),
        role=Role.CONTACT,
        by=actor_of(manager),
    )


def _ask(scene):
    manager, partnership = member(scene.employer, Role.MANAGER), PartnershipFactory()
    return lambda: join_requests.ask(
        partnership_id=partnership.pk, organisation_id=scene.employer.pk, by=actor_of(manager)
    )


def _ask_them(scene):
    scene.partnership.members.filter(organisation=scene.employer).delete()
    return lambda: join_requests.invite(
        partnership_id=scene.partnership.pk,
        organisation=scene.employer,
        role=MemberRole.MEMBER,
        by=actor_of(scene.coordinator),
    )


def _offer_role(scene):
    row = scene.partnership.members.get(organisation=scene.employer)
    return lambda: join_requests.offer_role(
        member_id=row.pk, role=MemberRole.LEAD, by=actor_of(scene.coordinator), version=None
    )


def _join(scene):
    manager = member(scene.employer, Role.MANAGER)
    request = JoinRequestFactory(organisation=scene.employer)
    return lambda: join_requests.accept(request_id=request.pk, by=actor_of(manager), read=None)


def _ask_for_a_role(scene):
    member(scene.employer, Role.MANAGER)
    return lambda: role_requests.ask(organisation_id=scene.employer.pk, by=actor_of(UserFactory()))


def _give_a_role(scene):
    manager, asked = member(scene.employer, Role.MANAGER), RoleRequestFactory(organisation=scene.employer)
    return lambda: role_requests.give(request_id=asked.pk, role=Role.CONTACT, by=actor_of(manager), read=None)


BY_PEOPLE = [_invite, _ask, _ask_them, _offer_role, _join, _ask_for_a_role, _give_a_role]
VERBS = [*BY_PEOPLE, *offers.VERBS]


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_begins_at_an_organisation_that_is_over(scene, verb):
    act = verb(scene)
    over(scene)
    with pytest.raises(ValidationError, match="opgehouden te bestaan"):
        act()
    assert not MembershipInvitation.objects.filter(organisation=scene.employer).exists()
    assert not Placement.objects.exists()


@pytest.mark.parametrize("verb", VERBS)
def test_all_begins_until_its_last_day(scene, verb):
    act = verb(scene)
    over(scene, last_day=today())
    act()


def test_what_runs_there_goes_on(scene):
    waiting, placed = scene.match(), scene.placement()
    over(scene)
    assert matches.employer_answer(
        match_id=waiting.pk, yes=False, reason="Geen plek meer", by=actor(scene.contact), read=None
    )
    assert slots.close(slot_id=placed.slot_id, reason="Wij houden op", by=actor(scene.contact), read=None)
    assert Placement.objects.live().filter(pk=placed.pk).exists()
    assert Slot.objects.get(pk=placed.slot_id).state == SlotState.CLOSED
    assert not Match.objects.open().filter(pk=waiting.pk).exists()
