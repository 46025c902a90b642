"""A place that was never online is thrown away by its employer; one that was is closed."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.models import StateChange
from placements.enums import SlotState
from placements.models import Slot
from placements.services import drafts, slots
from tests.helpers import login
from tests.placements.scene import actor

pytestmark = pytest.mark.django_db


def test_employer_throws_a_draft_away(client, scene):
    slot = scene.slot(state=SlotState.DRAFT, confirmed_on=None)
    login(client, scene.contact)
    args = [slot.organisation.slug, slot.public_id]
    url = reverse("placements:slot-discard", args=args)
    assert url in client.get(reverse("placements:slot-manage", args=args)).content.decode()
    client.post(url, {"read": client.get(url).context["read"]})
    assert not Slot.objects.exists()
    assert StateChange.objects.get(action="discard").reason == str(slot)


def test_place_that_was_online_or_was_copied_stays(scene):
    online = scene.slot()
    with pytest.raises(ValidationError, match="niet verwijderen"):
        drafts.slot(slot_id=online.pk, by=actor(scene.contact), read=None)
    draft = scene.slot(state=SlotState.DRAFT, confirmed_on=None)
    slots.copy(slot_id=draft.pk, by=actor(scene.contact))
    with pytest.raises(ValidationError, match="hangt"):
        drafts.slot(slot_id=draft.pk, by=actor(scene.contact), read=None)


def test_nobody_else_throws_it_away(scene):
    draft = scene.slot(state=SlotState.DRAFT, confirmed_on=None)
    with pytest.raises(ValidationError):
        drafts.slot(slot_id=draft.pk, by=actor(scene.teacher), read=None)


def test_nothing_is_thrown_away_on_an_old_page(client, scene):
    slot = scene.slot(state=SlotState.DRAFT, confirmed_on=None)
    login(client, scene.contact)
    url = reverse("placements:slot-discard", args=[slot.organisation.slug, slot.public_id])
    assert "is iets gewijzigd" in client.post(url, {"read": "0"}, follow=True).content.decode()
    assert Slot.objects.exists()
