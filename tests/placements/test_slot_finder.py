"""The finder of places, and a place as those see it who do not offer it."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.models import ReadLog
from placements.models import Slot
from tests.factories.partnerships import MembershipFactory
from tests.factories.placements import SupervisorFactory
from tests.factories.programmes import QualificationFactory
from tests.helpers import login
from tests.placements.scene import in_days


def url(name, *args):
    return reverse(f"placements:{name}", args=args)


@pytest.fixture
def employer(client, scene):
    return login(client, scene.contact)


@pytest.fixture
def place(scene):
    return {
        "title": "Afdeling De Linde",
        "partnership": scene.partnership.pk,
        "qualifications": [scene.qualification.pk],
        "route": "bbl",
        "location": scene.location.pk,
        "setting": "nursing_home",
        "seats": 3,
        "starts_on": in_days(10).isoformat(),
        "ends_on": in_days(300).isoformat(),
        "act": "next",
    }


def text(response):
    return response.content.decode()


def titles(client, **query):
    return [row.title for row in client.get(url("slot-find"), query).context["rows"]]


def test_visitor_learns_the_number_only(client, scene):
    scene.slot(seats=12, title="Geheim")
    scene.slot(draft=True)
    page = text(client.get(url("slot-find")))
    assert "12 plekken" in page
    assert "Geheim" not in page
    assert reverse("for-employers") in page


def test_finder_filters(client, scene):
    login(client, scene.teacher)
    scene.location.latitude, scene.location.longitude = 52.5083, 5.4750
    scene.location.save()
    other = QualificationFactory()
    here = scene.slot(title="Hier", setting="hospital", seats=1)
    scene.placement(here)
    far = scene.slot(title="Ver", qualifications=[other])
    far.location.pk = None
    type(far.location).objects.filter(pk=far.location_id)
    assert titles(client) == ["Hier", "Ver"]
    assert titles(client, opleiding=other.crebo) == ["Ver"]
    assert titles(client, soort=["hospital"]) == ["Hier"]
    assert titles(client, vrij="on") == ["Ver"]
    assert titles(client, plaats="8224 AB", afstand="10") == ["Hier", "Ver"]
    assert titles(client, plaats="Lelystad", afstand="5") == ["Hier", "Ver"]
    assert titles(client, plaats="Tilburg") == []
    response = client.get(url("slot-find"), {"plaats": "Nergenshuizen"})
    assert "We weten niet waar" in text(response)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"week": [450, 0, 450, 0, 0, 0, 0]}, "ma en wo elk 7,5 uur"),
        ({"week": [480] + [0] * 6 + [0, 480] + [0] * 5}, "oneven weken: ma 8 uur; even weken: di 8 uur"),
        ({"hours_per_week": 24}, "24 uur per week, op wisselende dagen"),
    ],
)
def test_finder_and_the_page_say_days_and_hours_as_people_do(client, scene, values, said):
    slot = scene.slot(**values)
    login(client, scene.teacher)
    for address in (reverse("placements:slot-find"), slot.get_absolute_url()):
        assert said in client.get(address).content.decode()


def test_finder_shows_distance_nearest_first(client, scene):
    from tests.factories.partnerships import LocationFactory  # noqa: PLC0415

    login(client, scene.teacher)
    for title, point in [("Dronten", (52.5250, 5.7181)), ("Lelystad", (52.5083, 5.4750))]:
        location = LocationFactory(organisation=scene.employer, latitude=point[0], longitude=point[1])
        scene.slot(title=title, location=location)
    response = client.get(url("slot-find"), {"plaats": "Lelystad", "afstand": "25"})
    assert [(row.title, row.distance) for row in response.context["rows"]] == [
        ("Lelystad", 0),
        ("Dronten", 17),
    ]
    assert titles(client, plaats="Lelystad", afstand="5") == ["Lelystad"]


@pytest.mark.parametrize(
    "query",
    [
        {"opleiding": "x'--"},
        {"afstand": "-1"},
        {"afstand": "veel", "plaats": "Lelystad"},
        {"plaats": "\x00%_\\"},
        {"plaats": "x" * 500},
        {"soort": ["<b>", "hospital"]},
        {"vrij": "misschien"},
        {"page": "-3"},
        {"page": "99999999999"},
    ],
)
def test_finder_takes_nonsense(client, scene, query):
    login(client, scene.teacher)
    scene.slot()
    assert client.get(url("slot-find"), query).status_code == 200


def test_detail_shows_a_student_the_place_but_not_its_people(client, scene):
    slot = scene.slot(
        supervisor=SupervisorFactory(
            organisation=scene.employer, person__first_name="Ans", person__last_name="Geheim"
        )
    )
    login(client, scene.enrolment().student.person.user)
    page = text(client.get(slot.get_absolute_url()))
    assert slot.title in page
    assert "Ans Geheim" not in page
    assert ReadLog.objects.count() == 0


def kept(slot):
    return Slot.objects.values_list("qualification_ids", flat=True).get(pk=slot.pk)


def test_place_knows_for_which_qualifications_it_is_whoever_writes(scene):
    slot, other = scene.slot(), scene.slot(qualifications=[])
    first, second = scene.qualification.pk, QualificationFactory().pk
    assert (kept(slot), kept(other)) == ([first], [])
    version = Slot.objects.get(pk=slot.pk).row_version
    slot.qualifications.add(second)
    assert kept(slot) == sorted([first, second])
    assert Slot.objects.get(pk=slot.pk).row_version == version  # what the database keeps is no edit
    slot.qualification_ids = []
    slot.save()
    Slot.objects.filter(pk=other.pk).update(qualification_ids=[first])
    assert (kept(slot), kept(other)) == (sorted([first, second]), [])
    Slot.qualifications.through.objects.filter(qualification=first).update(slot=other)
    assert (kept(slot), kept(other)) == ([second], [first])
    Slot.qualifications.through.objects.all().delete()
    assert (kept(slot), kept(other)) == ([], [])


def test_first_page_and_further_ones_find_the_same_as_the_list(client, scene, settings):
    """The first page is read in one statement, further ones by their keys, with filters and without."""
    for number in range(30):
        scene.slot(title=f"Plek {number:02}")
    login(client, scene.teacher)
    shown = titles(client) + titles(client, page=2)
    assert shown == [f"Plek {number:02}" for number in range(30)]
    assert client.get(url("slot-find")).context["page"].total == 30
    assert titles(client, vrij="on") + titles(client, vrij="on", page=2) == shown
    settings.WRITTEN_QUERIES = False
    assert titles(client) + titles(client, page=2) == shown


def test_line_of_a_place_follows_what_was_changed(client, scene):
    """What is remembered of a line is its name: with another title, other seats or taken offline it is another, or none."""
    slot = scene.slot(title="Eerst", seats=2)
    login(client, scene.teacher)
    assert "<b>2</b> vrij" in text(client.get(url("slot-find")))
    scene.placement(slot)
    assert "<b>1</b> vrij" in text(client.get(url("slot-find")))
    Slot.objects.filter(pk=slot.pk).update(title="Daarna")
    assert titles(client) == ["Daarna"]
    Slot.objects.filter(pk=slot.pk).update(state="closed")
    assert titles(client) == []


def test_finder_shows_nobody_what_another_may_see(client, scene):
    """Lines are remembered in the process, for whoever reads those very values: not who looked before."""
    scene.slot(title="Alleen hier", visibility="partnership")
    login(client, scene.teacher)
    assert titles(client) == ["Alleen hier"]
    stranger = MembershipFactory(role=Role.TEACHER, organisation__school=True).person.user
    login(client, stranger)
    assert titles(client) == []
    assert "Alleen hier" not in text(client.get(url("slot-find")))
