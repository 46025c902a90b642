"""What a manager does for an organisation is done for nobody else, also by who comes past the page."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from accounts.services.people import Name
from core import versions
from partnerships.actors import actor_of
from partnerships.models import Location, MembershipInvitation
from partnerships.services import locations, memberships
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import JoinRequestFactory, LocationFactory, OrganisationFactory
from tests.helpers import acting, coordinating

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory()


def invite(organisation, role=Role.CONTACT):
    return partial(
        memberships.invite,
        organisation_id=organisation.pk,
        email="nieuw@zorg.example",
        name=Name(first_name="Noor"),
        role=role,
    )


def test_only_a_manager_invites_and_works_on_locations(organisation):
    manager = acting(organisation, Role.MANAGER)
    here = LocationFactory(organisation=organisation)
    new = {"name": "Noord", "municipality": "Urk", "pc4": "8321"}
    acts = (
        invite(organisation),
        invite(organisation, Role.MANAGER),
        partial(locations.make, location=Location(organisation=organisation, **new), seen=[]),
        partial(locations.change, location=here, read=versions.of(here)),
    )
    others = (
        acting(organisation, Role.CONTACT),
        acting(OrganisationFactory(), Role.MANAGER),
        actor_of(UserFactory(is_staff=True)),
    )
    for act in acts:
        for by in others:
            with pytest.raises(ValidationError, match="beheerder"):
                act(by=by)
    for act in acts[1:]:
        act(by=manager)
    assert MembershipInvitation.objects.count() == 1
    assert Location.objects.count() == 2


def test_first_manager_is_invited_as_manager_alone(organisation):
    asked = JoinRequestFactory(organisation=organisation)
    coordinator = coordinating(asked.partnership)
    with pytest.raises(ValidationError, match="beheerder"):
        invite(organisation)(by=coordinator)
    invite(organisation, Role.MANAGER)(by=coordinator)
    assert MembershipInvitation.objects.get().role == Role.MANAGER
