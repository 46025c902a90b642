"""What comes online while the location or partnership closes at that very moment does not stay online there."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from core import versions
from partnerships.services import closings, locations, returns
from placements.enums import SlotState, Visibility
from placements.models import Slot
from placements.services import slots
from tests.factories.partnerships import LocationFactory
from tests.helpers import acting, side_by_side
from tests.placements.scene import Scene, actor

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4
OF_PARTNERSHIP = {"in the partnership", "with its location"}


def publishing(scene, slot):
    by = actor(scene.contact)
    return partial(slots.publish, slot_id=slot.pk, visibility=Visibility.PARTNERSHIP, by=by, version=None)


def moving(scene, slot, location):
    content = {name: getattr(slot, name) for name in ("partnership", "starts_on", "ends_on", "seats")}
    content |= {"location": location, "qualifications": list(slot.qualifications.all())}
    return partial(
        slots.save,
        organisation=scene.employer,
        content=content,
        public_id=slot.public_id,
        by=actor(scene.contact),
        version=None,
    )


def closing_location(scene, location):
    return partial(
        locations.close, location_id=location.pk, by=acting(scene.employer, Role.MANAGER), read=None
    )


def reopening_location(scene, location):
    by = acting(scene.employer, Role.MANAGER)

    def reopen():
        location.refresh_from_db()
        return returns.location(location_id=location.pk, by=by, read=versions.of(location))

    return reopen


def closing_partnership(scene):
    return partial(
        closings.partnership, partnership_id=scene.partnership.pk, by=actor(scene.coordinator), read=None
    )


@pytest.mark.parametrize(
    "how", ["published", "moved there", "reopened", "in the partnership", "with its location"]
)
def test_what_comes_online_as_it_closes_is_closed_or_refused(how):
    for _round in range(ROUNDS):
        scene = Scene()
        location = LocationFactory(organisation=scene.employer)
        state = {"moved there": "online", "reopened": "closed", "with its location": "online"}.get(
            how, "draft"
        )
        slot = scene.slot(state=state, **({} if how == "moved there" else {"location": location}))
        if how == "moved there":
            act = moving(scene, slot, location)
        elif how == "reopened":
            act = partial(slots.reopen, slot_id=slot.pk, by=actor(scene.contact), read=None)
        elif how == "with its location":
            closing_location(scene, location)()
            act = reopening_location(scene, location)
        else:
            act = publishing(scene, slot)
        close = closing_partnership(scene) if how in OF_PARTNERSHIP else closing_location(scene, location)
        side_by_side(act, close, refusal=ValidationError)
        there = scene.partnership.slots if how in OF_PARTNERSHIP else Slot.objects.filter(location=location)
        assert not there.filter(state=SlotState.ONLINE).exists()
