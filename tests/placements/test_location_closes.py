"""When a location is closed, so is what is offered there; it comes back when that is taken back within two weeks."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core import endings, states
from core.dates import today
from core.models import OutgoingMail
from core.versions import Changed
from partnerships.actors import actor_of
from partnerships.services import closings, locations, returns
from placements.enums import MatchState, SlotState
from placements.models import Match, Placement, Slot
from placements.services import slots
from tests.factories.partnerships import LocationFactory
from tests.helpers import login, member
from tests.placements.offers import VERBS
from tests.placements.scene import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(scene):
    return member(scene.employer, Role.MANAGER)


def close(scene, manager):
    return locations.close(location_id=scene.location.pk, by=actor_of(manager), read=None)


def reopen(scene, by):
    return returns.location(location_id=scene.location.pk, by=actor_of(by), read=None)


def mails(kind):
    return set(OutgoingMail.objects.filter(kind=kind).values_list("to_email", flat=True))


def sent():
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, sent_at=timezone.now())


def page_of(name, scene):
    return reverse(f"partnerships:location-{name}", args=[scene.employer.slug, scene.location.public_id])


def press(client, url, read):
    return client.post(url, {"read": read}, follow=True).content.decode()


def test_page_says_what_hangs_there_and_closes_and_reopens_it(client, scene, manager):
    slot, elsewhere = scene.slot(seats=3), scene.slot(location=LocationFactory(organisation=scene.employer))
    waiting, placed = scene.match(slot), scene.placement(slot)
    login(client, manager)
    page = client.get(page_of("close", scene))
    for sentence in ("1 plek", "1 voorstel", "1 student", "14 dagen terugdraaien"):
        assert sentence in page.content.decode()
    shown = press(client, page_of("close", scene), page.context["read"])
    slot.refresh_from_db()
    waiting.refresh_from_db()
    assert "Gesloten in de laatste twee weken" in shown
    assert (slot.state, waiting.state) == (SlotState.CLOSED, MatchState.EXPIRED)
    assert Placement.objects.live().filter(pk=placed.pk).exists()
    assert Slot.objects.get(pk=elsewhere.pk).state == SlotState.ONLINE
    assert "Deze locatie is gesloten." in press(client, page_of("close", scene), page.context["read"])
    scene.location.refresh_from_db()
    for _twice in range(2):
        shown = press(client, page_of("reopen", scene), scene.location.row_version)
        assert "De locatie gaat door zoals het was." in shown
    slot.refresh_from_db()
    waiting.refresh_from_db()
    scene.location.refresh_from_db()
    assert (slot.state, waiting.state) == (SlotState.ONLINE, MatchState.PROPOSED)
    assert not scene.location.is_closed


def test_whoever_it_concerns_hears_it_and_that_it_is_taken_back(scene, manager):
    placed = scene.placement()
    close(scene, manager)
    assert mails("people_location_closed") == {scene.contact.email}
    assert mails("student_slot_closed") == {placed.student.person.address}
    assert mails("teacher_slot_closed") == {scene.teacher.email}
    sent()
    reopen(scene, manager)
    told = {scene.contact.email, placed.student.person.address, scene.teacher.email}
    assert mails("reader_act_taken_back") == told


def test_mail_about_it_that_waits_is_not_sent(scene, manager):
    scene.placement()
    close(scene, manager)
    reopen(scene, manager)
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {OutgoingMail.State.CANCELLED}


def test_who_may_and_until_when(scene, manager):
    close(scene, manager)
    with pytest.raises(ValidationError, match="beheerder"):
        reopen(scene, scene.contact)
    colleague = member(scene.employer, Role.MANAGER)
    late = dt.datetime.combine(today() + dt.timedelta(days=15), dt.time(12), dt.UTC)
    with time_machine.travel(late), pytest.raises(ValidationError, match="14 dagen"):
        reopen(scene, colleague)
    with time_machine.travel(late - dt.timedelta(days=1)):
        assert reopen(scene, colleague) == []


def test_what_was_read_is_what_is_acted_on(scene, manager):
    old = str(scene.location.row_version)
    close(scene, manager)
    with pytest.raises(Changed):
        returns.location(location_id=scene.location.pk, by=actor_of(manager), read=old)
    reopen(scene, manager)
    with pytest.raises(Changed):
        locations.close(location_id=scene.location.pk, by=actor_of(manager), read=old)


def test_one_that_was_merged_stays_closed(scene, manager):
    kept = LocationFactory(organisation=scene.employer)
    locations.merge(
        kept_id=kept.pk, dropped_id=scene.location.pk, by=actor_of(manager), read=None, digest=None
    )
    with pytest.raises(ValidationError, match="met een andere samengevoegd"):
        reopen(scene, manager)


def test_name_that_another_has_by_now_is_said(scene, manager):
    close(scene, manager)
    LocationFactory(organisation=scene.employer, name=scene.location.name)
    with pytest.raises(ValidationError, match="Er is al een locatie met deze naam"):
        reopen(scene, manager)


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_offered_at_a_closed_location(scene, verb):
    """Also where the place itself was left online."""
    act = verb(scene)
    endings.end(scene.location, by=None)
    with pytest.raises(ValidationError, match="locatie van deze plek is gesloten"):
        act()


def test_place_that_its_employer_closed_stays_closed(scene, manager):
    slot = scene.slot()
    slots.close(slot_id=slot.pk, reason="Verbouwing", by=actor(scene.contact), read=None)
    close(scene, manager)
    reopen(scene, manager)
    assert Slot.objects.get(pk=slot.pk).state == SlotState.CLOSED


@pytest.mark.parametrize("first", ["location", "partnership"])
def test_place_that_closed_for_one_reason_does_not_come_back_past_another(scene, manager, first):
    slot, waiting = scene.slot(), scene.match(scene.slot())
    by = actor_of(scene.coordinator)
    if first == "location":
        close(scene, manager)
        closings.partnership(partnership_id=scene.partnership.pk, by=by, read=None)
        lost = reopen(scene, manager)
    else:
        closings.partnership(partnership_id=scene.partnership.pk, by=by, read=None)
        close(scene, manager)
        lost = returns.partnership(partnership_id=scene.partnership.pk, by=by, read=None)
    assert len(lost) == 2
    assert slot.title in " ".join(map(str, lost))
    assert Slot.objects.get(pk=slot.pk).state == SlotState.CLOSED
    assert Match.objects.get(pk=waiting.pk).state == MatchState.EXPIRED


def test_closing_stands_in_the_history(scene, manager):
    slot = scene.slot()
    close(scene, manager)
    act = states.last_act(scene.location)
    assert (act.action, act.by_id) == (endings.END, manager.person.pk)
    assert states.last_act(slot).cause == act
