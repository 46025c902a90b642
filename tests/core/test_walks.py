"""The first of many owners, put together: the same rows as asked for together, and no more read than there is room for."""

import pytest
from django.db.models import Q

from core.walks import Walk
from partnerships.models import Location
from tests.factories.partnerships import LocationFactory, OrganisationFactory

ORDER = ("name", "pk")
pytestmark = pytest.mark.django_db


@pytest.fixture
def owners():
    """Three organisations, with the names of their locations through each other."""
    made = OrganisationFactory.create_batch(3)
    for number in range(12):
        LocationFactory(organisation=made[number % 3], name=f"Vestiging {number:02}")
    return made


def names(walk, rows, most):
    return list(
        Location.objects.filter(pk__in=walk.first(rows, ORDER, most))
        .order_by(*ORDER)
        .values_list("name", flat=True)
    )


@pytest.mark.parametrize("most", [1, 4, 100])
def test_first_are_those_of_all_together(owners, most):
    walk = Walk([owner.pk for owner in owners[:2]])
    together = Location.objects.filter(organisation__in=owners[:2]).order_by(*ORDER)
    expected = list(together.values_list("name", flat=True)[:most])
    assert names(walk, Location.objects.filter(organisation=walk.key), most) == expected
    assert len(expected) == min(most, 8)


def test_what_differs_from_owner_to_owner_is_asked_of_the_owner(owners):
    one, other, last = owners
    walk = Walk([owner.pk for owner in owners])
    shown = walk.among({one.pk}) | (walk.among({other.pk}) & Q(name__gte="Vestiging 05")) | walk.among(set())
    found = names(walk, Location.objects.filter(shown, organisation=walk.key), 100)
    assert found == [f"Vestiging {number:02}" for number in (0, 3, 6, 7, 9, 10)]
    assert not set(found) & set(last.locations.values_list("name", flat=True))


def test_without_owners_there_is_nothing(owners):
    walk = Walk([])
    assert names(walk, Location.objects.filter(organisation=walk.key), 10) == []


def test_no_more_of_each_is_read_than_there_is_room_for(owners):
    walk = Walk([owner.pk for owner in owners])
    rows = Location.objects.filter(organisation=walk.key)
    plan = Location.objects.filter(pk__in=walk.first(rows, ORDER, 2)).explain(analyze=True)
    assert "rows=2.00 loops=3" in plan
