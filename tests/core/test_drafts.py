"""A draft is thrown away with its own parts, on record; nothing goes that something else rests on."""

import pytest
from django.core.exceptions import ValidationError

from core.drafts import discard
from core.models import StateChange
from partnerships.models import Group, Initiative
from tests.factories.accounts import PersonFactory
from tests.factories.partnerships import CallFactory, GroupFactory, GroupSeatFactory, InitiativeFactory

pytestmark = pytest.mark.django_db


def test_record_says_who_threw_what_away():
    group, person = GroupFactory(name="Werkgroep Zomer"), PersonFactory()
    discard(group, by=person.pk)
    assert not Group.objects.exists()
    record = StateChange.objects.get()
    assert (record.model, record.action, record.reason) == (
        "partnerships.group",
        "discard",
        "Werkgroep Zomer",
    )
    assert record.by == person


def test_what_something_else_rests_on_stays_and_so_do_its_parts():
    initiative = InitiativeFactory()
    partner = initiative.partners.create(organisation=GroupSeatFactory().organisation)
    CallFactory(initiative=initiative)
    with pytest.raises(ValidationError, match="hangt"):
        discard(initiative, initiative.partners.all(), by=None)
    assert list(Initiative.objects.get(pk=initiative.pk).partners.all()) == [partner]
    assert not StateChange.objects.exists()
