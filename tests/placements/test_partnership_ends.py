"""When a partnership is closed, so is what is offered there; it comes back when that is taken back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core import states, versions
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from partnerships.enums import MemberRole
from partnerships.services import closings, join_requests, returns
from placements.enums import MatchState, SlotState
from placements.models import Match, Slot
from placements.services import slots
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.placements import SlotFactory
from tests.helpers import login
from tests.placements.scene import actor, in_days

pytestmark = pytest.mark.django_db


def test_places_and_proposals_close_with_it_and_come_back(client, scene):
    slot, draft = scene.slot(seats=3), scene.slot(state=SlotState.DRAFT, confirmed_on=None)
    waiting, gone, placed = scene.match(slot), scene.match(slot), scene.placement(slot)
    by = actor_of(scene.coordinator)
    login(client, scene.coordinator)
    page = client.get(reverse("partnerships:coordination-close", args=[scene.partnership.slug]))
    assert "Er eindigen 2 voorstellen" in page.content.decode()
    closings.partnership(partnership_id=scene.partnership.pk, by=by, read=None)
    assert {slot.state for slot in Slot.objects.exclude(pk=draft.pk)} == {SlotState.CLOSED}
    assert set(Match.objects.exclude(placement=placed).values_list("state", flat=True)) == {
        MatchState.EXPIRED
    }
    waits = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED)
    waits.update(state=OutgoingMail.State.SENT, sent_at=timezone.now())
    scene.placement(enrolment=gone.enrolment)
    (lost,) = returns.partnership(partnership_id=scene.partnership.pk, by=by, read=None)
    assert gone.enrolment.student.first_name in str(lost)
    slot.refresh_from_db()
    waiting.refresh_from_db()
    assert (slot.state, waiting.state) == (SlotState.ONLINE, MatchState.PROPOSED)
    told = set(OutgoingMail.objects.filter(kind="reader_act_taken_back").values_list("to_email", flat=True))
    assert scene.teacher.email in told


def test_place_that_its_employer_closed_stays_closed(scene):
    slot = scene.slot()
    by = actor_of(scene.coordinator)
    slots.close(slot_id=slot.pk, reason="Verbouwing", by=actor(scene.contact), read=None)
    closings.partnership(partnership_id=scene.partnership.pk, by=by, read=None)
    returns.partnership(partnership_id=scene.partnership.pk, by=by, read=None)
    slot.refresh_from_db()
    assert slot.state == SlotState.CLOSED


def test_yes_to_join_that_is_taken_back_closes_what_was_offered_since(scene):
    asker, manager = OrganisationFactory(), UserFactory()
    MembershipFactory(organisation=asker, person=manager.person, role=Role.MANAGER)
    request = join_requests.invite(
        partnership_id=scene.partnership.pk,
        organisation=asker,
        role=MemberRole.MEMBER,
        by=actor_of(scene.coordinator),
    )
    join_requests.accept(request_id=request.pk, by=actor_of(manager), read=None)
    slot = SlotFactory(organisation=asker, partnership=scene.partnership, starts_on=today())
    act = states.last_act(request)
    join_requests.take_back(request_id=request.pk, by=actor_of(manager), act_id=act.pk)
    slot.refresh_from_db()
    assert slot.state == SlotState.CLOSED
    assert states.last_act(slot).cause.undoes == act


def test_coordinator_is_told_who_can_do_what_for_a_place_that_is_over_by_now(client, scene):
    slot = scene.slot()
    closings.partnership(partnership_id=scene.partnership.pk, by=actor_of(scene.coordinator), read=None)
    Slot.objects.filter(pk=slot.pk).update(starts_on=in_days(-30), ends_on=in_days(-1))
    scene.partnership.refresh_from_db()
    login(client, scene.coordinator)
    reopen = reverse("partnerships:coordination-reopen", args=[scene.partnership.slug])
    page = client.post(reopen, {"read": versions.of(scene.partnership)}, follow=True).content.decode()
    assert f"De plek {slot.title} kwam niet terug: de periode is voorbij." in page
    assert "De werkgever kan de plek kopiëren" in page
    assert f'<a href="{slot.get_absolute_url()}">Bekijken</a>' in page
    assert client.get(slot.get_absolute_url()).status_code == 200
