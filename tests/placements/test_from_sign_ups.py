"""A started employer's sign-up becomes draft places, without anyone typing again what it offered."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core import versions
from core.models import OutgoingMail
from partnerships.enums import SignUpState
from partnerships.models import Location, SignUp
from placements.models import Slot
from placements.services import from_sign_ups as service
from tests.factories.partnerships import LocationFactory, SignUpFactory, SignUpLineFactory
from tests.helpers import acting, login, member, press
from tests.placements.scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def sign_up(scene):
    row = SignUpFactory(
        call__partnership=scene.partnership,
        call__study_year=2027,
        organisation=scene.employer,
        organisation_name=scene.employer.name,
        state=SignUpState.STARTED,
        confirmed_at=timezone.now(),
        places=6,
        neighbourhood="Overvecht",
        setting="Wijkzorg",
    )
    SignUpLineFactory(sign_up=row, places=4, neighbourhood="Zuilen")
    return row


def url(scene, sign_up):
    return reverse("placements:sign-up-places", args=[scene.partnership.slug, sign_up.public_id])


def page_of(scene, sign_up):
    return reverse("partnerships:coordination-sign-up", args=[scene.partnership.slug, sign_up.public_id])


def typed(scene, **changed):
    return {
        "starts_on": "2027-09-01",
        "ends_on": "2028-07-31",
        "location_0": str(scene.location.pk),
        "name_1": "Huis Zuilen",
        "town_1": "Utrecht",
        "pc4_1": "3552",
    } | changed


def test_coordinator_makes_drafts_of_a_sign_up_and_the_employer_completes_them(client, scene, sign_up):
    manager = member(scene.employer, Role.MANAGER)
    login(client, scene.coordinator)
    assert url(scene, sign_up) in client.get(page_of(scene, sign_up)).content.decode()
    form = client.get(url(scene, sign_up)).context["form"]
    assert (form["name_1"].value(), form["town_1"].value()) == ("Zuilen", "Zuilen")
    press(client, url(scene, sign_up), sign_up, typed(scene))
    press(client, url(scene, sign_up), sign_up, typed(scene))  # pressed twice
    first, second = Slot.objects.order_by("-seats")
    assert (first.seats, first.location, first.title) == (6, scene.location, "Wijkzorg")
    assert (second.seats, second.title, second.state) == (4, "Huis Zuilen", "draft")
    assert (second.location.pc4, second.location.municipality) == ("3552", "Utrecht")
    assert {slot.call for slot in (first, second)} == {sign_up.call}
    assert f"{first.starts_on} {first.ends_on}" == "2027-09-01 2028-07-31"
    told = OutgoingMail.objects.filter(kind="employer_slots_drafted")
    assert {mail.person for mail in told} == {manager.person, scene.contact.person}
    assert told[0].subject == f"2 plekken voor {sign_up.call.title} staan klaar"
    page = " ".join(client.get(page_of(scene, sign_up)).content.decode().split())
    assert "heeft 2 plekken van deze oproep" in page
    assert first.title not in client.get(reverse("placements:slot-find")).content.decode()
    login(client, manager)
    assert (
        "Huis Zuilen"
        in client.get(reverse("placements:slot-list", args=[scene.employer.slug])).content.decode()
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"pc4_1": ""}, "pc4_1"),
        ({"pc4_1": "12"}, "pc4_1"),
        ({"town_1": ""}, "town_1"),
        ({"name_1": "Al bekend"}, "name_1"),
        ({"location_0": "", "name_0": "Huis Zuilen", "town_0": "Utrecht", "pc4_0": "3551"}, "name_1"),
        ({"location_0": "999999"}, "location_0"),
        ({"ends_on": "2027-08-01"}, "ends_on"),
    ],
)
def test_what_lacks_is_asked_in_the_same_form_and_what_was_typed_stays(
    client, scene, sign_up, changed, field
):
    LocationFactory(organisation=scene.employer, name="Al bekend")
    before = Location.objects.count()
    login(client, scene.coordinator)
    page = press(client, url(scene, sign_up), sign_up, typed(scene, **changed))
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert page.context["form"]["town_1"].value() == typed(scene, **changed)["town_1"]
    assert (Slot.objects.count(), Location.objects.count()) == (0, before)


def test_employer_that_has_not_started_or_not_said_yes_waits(client, scene, sign_up):
    login(client, scene.coordinator)
    SignUp.objects.update(state=SignUpState.SIGNED)
    assert url(scene, sign_up) not in client.get(page_of(scene, sign_up)).content.decode()
    assert client.get(url(scene, sign_up)).status_code == 302
    SignUp.objects.update(state=SignUpState.STARTED)
    scene.partnership.members.filter(organisation=scene.employer).delete()
    answer = client.get(url(scene, sign_up), follow=True)
    assert "neemt nog niet deel" in answer.content.decode()


def test_sign_up_that_changed_meanwhile_and_another_employers_location_are_refused(scene, sign_up):
    by = acting(scene.body, Role.COORDINATOR)
    sign_up.refresh_from_db()
    elsewhere = LocationFactory()
    keys = list(sign_up.lines.order_by("pk").values_list("pk", flat=True))
    lines = [service.Line(keys[0], location=elsewhere), service.Line(keys[1], location=scene.location)]
    days = {"starts_on": scene.slot().starts_on, "ends_on": scene.slot().ends_on}
    Slot.objects.all().delete()
    draft = {"sign_up_id": sign_up.pk, "by": by, "read": versions.of(sign_up), **days}
    with pytest.raises(ValidationError):
        service.draft(lines=lines, **draft)
    with pytest.raises(ValidationError, match="zegt nu iets anders"):
        service.draft(lines=lines[1:], **draft)
    with pytest.raises(ValidationError):
        service.draft(lines=lines, **(draft | {"by": acting(scene.employer, Role.MANAGER)}))
    assert not Slot.objects.exists()
