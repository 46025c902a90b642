"""A training place that is one's own has a page, for the student alone."""

import pytest
from django.urls import reverse

from placements.queries.seats import edition_of, opening
from portal.moments import stairs
from tests.helpers import login


def test_yes_of_the_student_leads_to_the_page_of_the_moment(client, scene):
    match = scene.agreed()
    login(client, match.enrolment.student.person.user)
    read = edition_of(match, opening(match.slot, match.enrolment))
    address = reverse("placements:match-answer", args=[match.public_id])
    page = client.post(address, {"answer": "yes", "read": read}, follow=True).content.decode()
    assert "<h1>Je hebt een plek!</h1>" in page
    assert f"Jij en {scene.employer.name} hebben allebei ja gezegd" in page


def test_place_of_another_is_not_ones_moment(client, scene):
    placement = scene.placement()
    address = reverse("placement-moment", args=[placement.public_id])
    assert login(client, placement.student.person.user).get(address).status_code == 200
    assert login(client, scene.teacher).get(address).status_code == 404


@pytest.mark.parametrize(("achieved", "total"), [(1, 1), (4, 11), (60, 60)])
def test_stairs_have_a_step_for_each_goal_and_rise(achieved, total):
    steps = stairs(achieved, total)
    assert [step.state for step in steps].count("new") == 1
    assert len(steps) == total
    assert sorted((step.y for step in steps), reverse=True) == [step.y for step in steps]
    assert all(0 <= step.x <= 440 and step.height > 0 for step in steps)
