"""Whoever may propose, and offer a place, is asked by the service, under its lock: no page has to remember it."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from accounts.enums import Role
from accounts.models import Person
from accounts.services.people import Name
from placements.enums import SlotState, Visibility
from placements.models import Match, Slot
from placements.services import matches, slots, supervisors
from tests.factories.partnerships import LocationFactory, OrganisationFactory
from tests.factories.placements import SupervisorFactory
from tests.helpers import acting
from tests.placements.scene import actor

pytestmark = pytest.mark.django_db


def propose(scene, by):
    slot, row = scene.slot(), scene.enrolment()
    return matches.propose(slot_id=slot.pk, enrolment_id=row.pk, reason="Past goed", by=by, read=None)


def withdraw(scene, by):
    return matches.withdraw(match_id=scene.match().pk, reason="Toch niet", by=by, read=None)


def publish(scene, by):
    slot = scene.slot(state=SlotState.DRAFT, confirmed_on=None)
    return slots.publish(slot_id=slot.pk, visibility=Visibility.PARTNERSHIP, by=by, version=None)


def save(scene, by):
    content = {"title": "Nieuw", "location": scene.location, "partnership": scene.partnership}
    return slots.save(
        organisation=scene.employer, content=content, public_id=uuid.uuid4(), by=by, version=None
    )


def copy(scene, by):
    return slots.copy(slot_id=scene.slot().pk, by=by)


def add(scene, by):
    return supervisors.add(
        organisation_id=scene.employer.pk, name=Name(first_name="Ans"), email="ans@zorg.example", by=by
    )


@pytest.mark.parametrize("who", ["colleague", "elsewhere", "employer"])
@pytest.mark.parametrize("verb", [propose, withdraw])
def test_only_teachers_of_the_cohort_and_coordinators_propose_and_withdraw(scene, verb, who):
    by = {
        "colleague": lambda: acting(scene.school, Role.TEACHER),
        "elsewhere": lambda: acting(OrganisationFactory(school=True), Role.TEACHER),
        "employer": lambda: actor(scene.contact),
    }[who]()
    with pytest.raises(ValidationError, match="van het cohort en coördinatoren"):
        verb(scene, by)
    assert set(Match.objects.values_list("state", flat=True)) <= {"proposed"}
    assert verb(scene, actor(scene.teacher)).pk
    assert verb(scene, actor(scene.coordinator)).pk


@pytest.mark.parametrize("who", ["elsewhere", "supervisor", "teacher"])
@pytest.mark.parametrize("verb", [publish, save, copy, add])
def test_only_the_employers_own_people_offer_a_place_and_name_supervisors(scene, verb, who):
    by = {
        "elsewhere": lambda: acting(OrganisationFactory(), Role.CONTACT),
        "supervisor": lambda: actor(scene.supervisor),
        "teacher": lambda: actor(scene.teacher),
    }[who]()
    with pytest.raises(ValidationError, match="werkgever"):
        verb(scene, by)
    assert not Slot.objects.filter(Q(title="Nieuw") | Q(copied_from__isnull=False)).exists()
    assert not Person.objects.filter(email="ans@zorg.example").exists()
    if verb is publish:
        assert Slot.objects.get().state == SlotState.DRAFT
    if verb is not save:
        assert verb(scene, actor(scene.contact)).pk


@transaction.atomic
def write(scene, **fields):
    """Past the services, with what is looked at when the transaction ends."""
    scene.slot(**fields)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("field", ["location", "supervisor"])
def test_place_is_at_a_location_and_with_a_supervisor_of_its_employer(scene, field):
    of_another = {"location": LocationFactory, "supervisor": SupervisorFactory}[field]()
    content = {"title": "Nieuw", "location": scene.location, "partnership": scene.partnership}
    known = {"organisation": scene.employer, "by": actor(scene.contact), "version": None}
    with pytest.raises(ValidationError, match="eigen organisatie"):
        slots.save(content=content | {field: of_another}, public_id=uuid.uuid4(), **known)
    with pytest.raises(IntegrityError, match="of_employer"):
        write(scene, **{field: of_another})


def test_who_is_named_at_a_place_supervises_there(scene):
    content = {"title": "Nieuw", "location": scene.location, "partnership": scene.partnership}
    contact = scene.contact.person.memberships.get()
    with pytest.raises(ValidationError, match="eigen organisatie"):
        slots.save(
            organisation=scene.employer,
            content=content | {"supervisor": contact},
            public_id=uuid.uuid4(),
            by=actor(scene.contact),
            version=None,
        )
