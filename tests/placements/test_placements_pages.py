"""Pages of placements: who sees what, breaking off, who guides."""

import pytest
from django.urls import reverse

from core.dates import today
from core.models import ReadLog
from placements.enums import PlacementState
from placements.models import Placement
from tests.factories.placements import SupervisionFactory, SupervisorFactory
from tests.factories.programmes import AccreditationFactory
from tests.helpers import login
from tests.placements.scene import Scene, in_days
from ui.formats import day


def url(name, *args):
    return reverse(f"placements:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_placements_cost_the_same_for_one_and_three(client, scene, django_assert_num_queries, count):
    for _ in range(count):
        scene.placement()
    Scene().placement()
    login(client, scene.contact)
    with django_assert_num_queries(4):  # account with its session, count, page, read log
        response = client.get(url("placement-list"))
    assert len(response.context["rows"]) == count


def test_placement_is_broken_off_once(client, scene):
    placement = scene.placement()
    login(client, scene.teacher)
    end = url("placement-break-off", placement.public_id)
    sent = {"last_day": today().isoformat(), "read": placement.row_version}
    assert client.post(end, {**sent, "reason": " "}).status_code == 200
    for _press in range(2):
        again = client.post(end, {**sent, "reason": "Verhuisd"}, follow=True)
        assert "De laatste dag staat genoteerd" in text(again)
    placement.refresh_from_db()
    assert placement.state == PlacementState.BROKEN_OFF
    assert "Verhuisd" in text(client.get(placement.get_absolute_url()))


def test_supervisor_is_chosen_from_the_own_people(client, scene):
    placement = scene.placement()
    own, foreign = SupervisorFactory(organisation=scene.employer), SupervisorFactory()
    login(client, scene.contact)
    change = url("placement-supervisor", placement.public_id)
    assert client.post(change, {"supervisor": foreign.pk}).status_code == 200
    for chosen in (own.pk, own.pk, ""):
        read = Placement.objects.get(pk=placement.pk).edition
        assert client.post(change, {"supervisor": chosen, "read": read}).status_code == 302
    placement.refresh_from_db()
    assert placement.supervisor is None


def test_who_takes_over_on_a_day_to_come_stands_with_the_placement(client, scene):
    placement = scene.placement()
    now, next_one = (SupervisorFactory(organisation=scene.employer) for _ in range(2))
    SupervisionFactory(placement=placement, membership=now, starts_on=today(), ends_on=in_days(9))
    SupervisionFactory(placement=placement, membership=next_one, starts_on=in_days(10))
    login(client, scene.contact)
    page = text(client.get(placement.get_absolute_url()))
    assert f"Vanaf {day(in_days(10))}: {next_one.name}" in page
    assert f": {now.name}" not in page


def test_student_sees_the_own_place_and_others_are_noted(client, scene):
    placement = scene.placement()
    login(client, placement.student.person.user)
    assert "Mijn plek" in text(client.get(placement.get_absolute_url()))
    assert ReadLog.objects.count() == 0
    login(client, scene.teacher)
    for _ in range(2):
        client.get(placement.get_absolute_url())
    assert ReadLog.objects.get().subject == placement.student.public_id


def test_lost_accreditation_is_said_on_the_placement(client, scene):
    placement = scene.placement()
    AccreditationFactory(
        organisation=scene.employer,
        crebo=scene.qualification.crebo,
        status="withdrawn",
        valid_until=in_days(-1),
    )
    login(client, scene.teacher)
    assert "ingetrokken" in text(client.get(placement.get_absolute_url()))
    assert placement.student.full_name in text(client.get(url("accreditation-list")))


@pytest.mark.parametrize("state", PlacementState)
def test_placement_is_shown_in_every_state(client, scene, state):
    placement = scene.placement(state=state)
    login(client, scene.contact)
    page = client.get(placement.get_absolute_url()).content.decode()
    assert 'class="status' in page
    assert placement.student.full_name in client.get(url("placement-list") + "?toon=alles").content.decode()
