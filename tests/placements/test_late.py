"""Acts on places on a page that is old by now: nothing happens, and it is said."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from core import versions
from placements.services import break_offs, matches, slots, supervisors
from tests.factories.placements import SupervisorFactory
from tests.helpers import login
from tests.late import press_late
from tests.placements.scene import actor, in_days

pytestmark = pytest.mark.django_db


def test_place_is_put_online_again_as_it_was_read(client, scene):
    slot = scene.slot()
    slots.close(slot_id=slot.pk, reason="Verbouwing", by=actor(scene.contact), read=None)
    login(client, scene.contact)
    press_late(client, reverse("placements:slot-reopen", args=[scene.employer.slug, slot.public_id]), slot)


@pytest.mark.parametrize("changed", ["slot", "enrolment"])
def test_pair_is_proposed_as_it_was_read_and_the_reason_stays(client, scene, changed):
    enrolment, slot = scene.enrolment(), scene.slot()
    url = reverse("placements:match-propose-cohort", args=[scene.school.slug, scene.cohort.public_id])
    data = {"enrolment": enrolment.public_id, "slot": slot.public_id, "reason": "Past goed"}
    login(client, scene.teacher)
    if changed == "slot":
        press_late(client, url, [slot, enrolment], data)
    else:
        press_late(client, url, [enrolment], data, read="1.1")


@pytest.mark.parametrize("act", ["", "0"])
def test_answer_that_was_not_on_the_page_stands(client, scene, act):
    match = scene.match()
    matches.withdraw(match_id=match.pk, reason="Stopt", by=actor(scene.teacher), read=None)
    login(client, scene.teacher)
    url = reverse("placements:match-take-back", args=[match.public_id])
    assert "iets anders gebeurd" in client.post(url, {"act": act}, follow=True).content.decode()
    match.refresh_from_db()
    assert match.state == "withdrawn"


def test_placement_ends_and_goes_on_as_it_was_read(client, scene):
    placement = scene.placement()
    login(client, scene.contact)
    ending = {"last_day": in_days(10).isoformat(), "reason": "De afdeling sluit."}
    url = reverse("placements:placement-break-off", args=[placement.public_id])
    press_late(client, url, placement, ending)
    break_offs.break_off(
        placement_id=placement.pk, reason="Sluit", by=actor(scene.contact), last_day=in_days(10), read=None
    )
    login(client, scene.teacher)
    press_late(client, reverse("placements:placement-restore", args=[placement.public_id]), placement)


def test_supervisor_is_named_in_place_of_whom_one_read(client, scene):
    placement = scene.placement()
    read, other = placement.edition, SupervisorFactory(organisation=scene.employer)
    supervisors.hand_over(placement_id=placement.pk, to=other, by=actor(scene.contact), read=None)
    login(client, scene.contact)
    page = client.post(
        reverse("placements:placement-supervisor", args=[placement.public_id]),
        {"supervisor": SupervisorFactory(organisation=scene.employer).pk, "read": read},
    )
    assert escape(str(versions.CHANGED)) in page.content.decode()
    assert [row.membership for row in placement.supervisions.standing()] == [other]


def test_supervisor_is_corrected_as_it_was_read(client, scene):
    named = SupervisorFactory(organisation=scene.employer)
    login(client, scene.contact)
    url = reverse("placements:supervisor-edit", args=[scene.employer.slug, named.public_id])
    press_late(
        client, url, named.person, {"first_name": "Anna", "last_name": "Ander", "email": "anna@zorg.example"}
    )
