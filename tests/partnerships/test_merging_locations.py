"""Two locations of one organisation become one."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from core.models import FieldChange
from partnerships.models import Location
from partnerships.queries.likeness import (
    Pair,
    locations_alike,
)
from partnerships.services import locations
from tests.factories.partnerships import (
    LocationFactory,
    OrganisationFactory,
)
from tests.factories.placements import SlotFactory
from tests.helpers import acting, login, member

pytestmark = pytest.mark.django_db


def test_manager_merges_two_locations(client):
    organisation = OrganisationFactory()
    one = LocationFactory(organisation=organisation, name="Molenhof")
    other = LocationFactory(organisation=organisation, name="De Molenhof", neighbourhood="Botter")
    slot = SlotFactory(organisation=organisation, location=other)
    login(client, member(organisation, Role.MANAGER))
    url = reverse("partnerships:location-merge", args=[organisation.slug, one.public_id, other.public_id])
    assert url in client.get(reverse("partnerships:location-list", args=[organisation.slug])).content.decode()
    find = reverse("partnerships:location-merge-find", args=[organisation.slug, one.public_id])
    assert url in client.get(find).content.decode()
    shown = client.post(url, {"stays": one.pk})
    sent = {"stays": one.pk, "read": shown.context["read"], "digest": shown.context["merging"].digest}
    done = client.post(url, sent, follow=True)
    assert "ook bekend als De Molenhof" in done.content.decode()
    slot.refresh_from_db()
    one.refresh_from_db()
    assert (slot.location, one.neighbourhood) == (one, "Botter")
    assert FieldChange.objects.filter(model="partnerships.location", field="merged_into").exists()


def test_location_is_found_by_a_former_name(client):
    organisation = OrganisationFactory()
    kept, dropped = (
        LocationFactory(organisation=organisation, name=name) for name in ("Molenhof", "Huis Zuid")
    )
    by = acting(organisation, Role.MANAGER)
    locations.merge(kept_id=kept.pk, dropped_id=dropped.pk, by=by, read=None, digest=None)
    login(client, member(organisation, Role.MANAGER))
    typed = {"name": "Het Huis Zuid", "municipality": "Lelystad", "neighbourhood": "", "pc4": "8224"}
    asked = client.post(reverse("partnerships:location-create", args=[organisation.slug]), typed)
    assert asked.context["form"].errors == {"likely": ["Zeg of het een van deze is."]}
    assert "Molenhof" in str(asked.context["form"]["likely"])


@pytest.mark.parametrize("wrong", ["elsewhere", "closed", "contact", "merged"])
def test_locations_that_cannot_be_one(wrong):
    organisation = OrganisationFactory()
    kept, dropped = LocationFactory(organisation=organisation), LocationFactory(organisation=organisation)
    by = acting(organisation, Role.CONTACT if wrong == "contact" else Role.MANAGER)
    if wrong == "elsewhere":
        dropped = LocationFactory()
    if wrong == "closed":
        Location.objects.filter(pk=kept.pk).update(ends_on=today(), ended_at=timezone.now())
    if wrong == "merged":
        locations.merge(kept_id=kept.pk, dropped_id=dropped.pk, by=by, read=None, digest=None)
    with pytest.raises(ValidationError):
        locations.merge(kept_id=kept.pk, dropped_id=dropped.pk, by=by, read=None, digest=None)


def test_locations_of_one_town_or_address_look_alike():
    organisation = OrganisationFactory()
    one, other = (
        LocationFactory(organisation=organisation, name=name) for name in ("Molenhof", "De Molenhof")
    )
    LocationFactory(organisation=organisation, name="Molenhof Oost", municipality="Almere")
    LocationFactory(name="Molenhof")
    assert locations_alike(organisation.pk) == [Pair(one.pk, other.pk)]
