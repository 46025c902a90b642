"""Proposing a student for a place: who fits, why, and what is said of a proposal that cannot be made."""

import pytest
from django.urls import reverse

from placements.models import Match, Slot
from tests.factories.programmes import QualificationFactory
from tests.helpers import login, press
from tests.placements.scene import Scene


def url(name, *args):
    return reverse(f"placements:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.fixture
def cohort_page(scene):
    return url("match-propose-cohort", scene.school.slug, scene.cohort.public_id)


def test_two_lists_then_the_best_first_then_why(client, scene, cohort_page):
    enrolment = scene.enrolment(student__pc4="8224", wishes="graag een ziekenhuis")
    scene.placement()
    near = scene.slot(title="Dichtbij", setting="hospital")
    scene.slot(title="Ander crebo", qualifications=[QualificationFactory()])
    full = scene.slot(title="Vol", seats=1)
    scene.placement(full)
    login(client, scene.teacher)
    start = client.get(cohort_page)
    assert [row.pk for row in start.context["students"]] == [enrolment.pk]
    chosen = client.get(cohort_page, {"inschrijving": enrolment.public_id})
    titles = [fit.slot.title for fit in chosen.context["fits"]]
    assert titles[0] == "Dichtbij"
    assert not {"Ander crebo", "Vol"} & set(titles)
    assert "Past bij de wens: ziekenhuis" in text(chosen)
    assert "Minder dan 1 km van huis" in text(chosen)
    pair = {"inschrijving": enrolment.public_id, "plek": near.public_id}
    assert "Geen erkenning" in text(client.get(cohort_page, pair))
    sent = {"enrolment": enrolment.public_id, "slot": near.public_id, "reason": "Past goed"}
    response = press(client, cohort_page, [near, enrolment], sent, follow=True)
    assert "Eerst antwoordt de werkgever" in text(response)
    assert Match.objects.get(slot=near).enrolment == enrolment
    again = press(client, cohort_page, [near, enrolment], sent)
    assert "al voorgesteld" in text(again)
    assert Match.objects.filter(slot=near).count() == 1


def test_places_for_other_programmes_are_not_offered_to_a_cohort(client, scene, cohort_page):
    scene.enrolment()
    scene.slot(title="Plek die past")
    other = scene.slot(title="Plek voor anderen")
    other.qualifications.set([QualificationFactory()])
    login(client, scene.teacher)
    page = text(client.get(cohort_page))
    assert "Plek die past" in page
    assert "Plek voor anderen" not in page


def test_from_a_place_to_the_students_who_fit(client, scene):
    enrolment, slot = scene.enrolment(), scene.slot()
    scene.enrolment(state="waiting")
    login(client, scene.coordinator)
    page = client.get(url("match-propose", scene.partnership.slug), {"plek": slot.public_id})
    assert [fit.enrolment for fit in page.context["fits"]] == [enrolment]


@pytest.mark.parametrize(
    "change",
    [
        {"slot": ""},
        {"slot": "geen-uuid"},
        {"enrolment": "00000000-0000-0000-0000-000000000000"},
        {"reason": ""},
        {"reason": "x" * 301},
        {"reason": "bsn 123456782"},
    ],
)
def test_proposal_with_something_wrong_is_shown_again(client, scene, cohort_page, change):
    enrolment, slot = scene.enrolment(), scene.slot()
    login(client, scene.teacher)
    data = {"slot": slot.public_id, "enrolment": enrolment.public_id, "reason": "Past", **change}
    assert client.post(cohort_page, data).status_code == 200
    assert Match.objects.count() == 0


def test_ids_of_others_are_no_choice(client, scene, cohort_page):
    other = Scene()
    theirs, slot = other.enrolment(), other.slot()
    login(client, scene.teacher)
    for one, place in ((theirs, scene.slot()), (scene.enrolment(), slot)):
        sent = {"enrolment": one.public_id, "slot": place.public_id, "reason": "Past"}
        assert client.post(cohort_page, sent).status_code == 200
        page = client.get(cohort_page, {"inschrijving": one.public_id, "plek": place.public_id})
        assert slot.title not in text(page)
        assert theirs.student.full_name not in text(page)
    assert Match.objects.count() == 0
    for nonsense in ("x", "'", "\x00"):
        assert client.get(cohort_page, {"plek": nonsense, "inschrijving": nonsense}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("chosen", ["", "inschrijving", "plek"])
def test_proposing_costs_the_same_for_one_and_three(
    client, scene, cohort_page, django_assert_max_num_queries, chosen, count
):
    enrolments = [scene.enrolment() for _ in range(count)]
    slots = [scene.slot() for _ in range(count)]
    login(client, scene.teacher)
    query = {"inschrijving": enrolments[0].public_id, "plek": slots[0].public_id}
    with django_assert_max_num_queries(12):
        client.get(cohort_page, {chosen: query[chosen]} if chosen else {})


def test_a_place_with_enough_open_proposals_says_so_before_the_reason_is_typed(client, scene, cohort_page):
    slot, enrolment = scene.slot(max_open=1), scene.enrolment()
    scene.match(slot)
    login(client, scene.teacher)
    pair = f"?plek={slot.public_id}&inschrijving={enrolment.public_id}"
    page = client.get(f"{cohort_page}{pair}").content.decode()
    assert "al 1 student voorgesteld" in page
    assert 'name="reason"' not in page
    Slot.objects.update(max_open=2)
    assert 'name="reason"' in client.get(f"{cohort_page}{pair}").content.decode()
