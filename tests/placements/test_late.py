"""Acts on places on a page that is old by now: nothing happens, and it is said."""

import pytest
from django.urls import reverse

from placements.services import matches, slots
from tests.helpers import login
from tests.late import press_late
from tests.placements.scene import actor

pytestmark = pytest.mark.django_db


def test_place_is_put_online_again_as_it_was_read(client, scene):
    slot = scene.slot()
    slots.close(slot_id=slot.pk, reason="Verbouwing", by=actor(scene.contact))
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
    matches.withdraw(match_id=match.pk, reason="Stopt", by=actor(scene.teacher))
    login(client, scene.teacher)
    url = reverse("placements:match-take-back", args=[match.public_id])
    assert "iets anders gebeurd" in client.post(url, {"act": act}, follow=True).content.decode()
    match.refresh_from_db()
    assert match.state == "withdrawn"
