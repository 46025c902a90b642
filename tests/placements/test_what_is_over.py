"""What an organisation that is over, or a place that is closed, still offers: nothing that is new, and no button in vain."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from lxml.html import document_fromstring

from accounts.enums import Role
from accounts.services import invitations
from core.dates import today
from partnerships.models import Membership, Organisation
from partnerships.services import locations
from placements.enums import LIVE_PLACEMENT, MatchState, PlacementState
from placements.models import Slot
from placements.queries.sight import sight_of
from placements.services import break_offs, slots
from tests.factories.accounts import InvitationFactory, UserFactory
from tests.factories.partnerships import MembershipInvitationFactory
from tests.helpers import acting, login, press
from tests.placements.scene import actor, in_days

pytestmark = pytest.mark.django_db


def over(organisation, days=-1):
    Organisation.objects.filter(pk=organisation.pk).update(valid_until=today() + timedelta(days=days))


@pytest.mark.parametrize(("last_day", "found"), [(0, True), (-1, False)])
def test_places_of_an_organisation_that_is_over_are_not_found(client, scene, last_day, found):
    slot = scene.slot()
    over(scene.employer, last_day)
    by = actor(scene.teacher)
    assert list(Slot.objects.found_by(by, sight_of(by))) == [slot] * found
    page = login(client, scene.teacher).get(reverse("placements:slot-find")).content.decode()
    assert (slot.title in page) is found
    assert Slot.objects.visible_to(actor(scene.contact)).filter(pk=slot.pk).exists()


def test_invitation_sent_before_the_last_day_of_an_organisation_is_not_accepted_after_it(client, scene):
    user = UserFactory(email="bo@zorg.example")
    invitation = InvitationFactory(token="geheim", person=user.person, email=user.email, purpose=Role.CONTACT)
    MembershipInvitationFactory(invitation=invitation, organisation=scene.employer, role=Role.CONTACT)
    over(scene.employer)
    login(client, user)
    url = reverse("accounts:invitation", args=["geheim"])
    page = client.post(url, {"digest": ""}, follow=True)
    assert "Deze organisatie is opgehouden te bestaan." in page.content.decode()
    with pytest.raises(ValidationError, match="opgehouden te bestaan"):
        invitations.accept(token="geheim", user=user, digest=None)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert not Membership.objects.filter(person=user.person).exists()


@pytest.mark.parametrize("way", ["place", "location"])
def test_placement_that_did_not_go_ahead_goes_on_when_its_page_offers_that(client, scene, way):
    """It is as if it had never been cancelled: who is placed on what closes stays."""
    placement = scene.placement(starts_on=in_days(20), ends_on=in_days(90))
    break_offs.break_off(
        placement_id=placement.pk, reason="Toch niet", by=actor(scene.teacher), last_day=in_days(1), read=None
    )
    if way == "place":
        slots.close(slot_id=placement.slot_id, reason="Dicht", by=actor(scene.contact), read=None)
    else:
        locations.close(location_id=scene.location.pk, by=acting(scene.employer, Role.MANAGER), read=None)
    page = login(client, scene.teacher).get(placement.get_absolute_url()).content.decode()
    url = reverse("placements:placement-restore", args=[placement.public_id])
    assert [form.action for form in document_fromstring(page).forms if form.action == url]
    press(client, url, placement)
    placement.refresh_from_db()
    assert placement.state == "confirmed"


def test_early_end_stands_once_in_the_history_with_its_last_day(client, scene):
    placement = scene.placement(starts_on=in_days(-40), ends_on=in_days(90))
    break_offs.break_off(
        placement_id=placement.pk, reason="Verhuisd", by=actor(scene.teacher), last_day=in_days(10), read=None
    )
    lines = login(client, scene.teacher).get(placement.get_absolute_url()).context["history"]
    assert [(line.change.reason, line.field) for line in lines] == [("Verhuisd", "")]
    assert "einddatum: " in lines[0].after
    break_offs.take_back(placement_id=placement.pk, by=actor(scene.teacher), read=None)
    lines = client.get(placement.get_absolute_url()).context["history"]
    assert [line.is_undo for line in lines] == [False, True]


@pytest.mark.parametrize("who", ["contact", "teacher"])
@pytest.mark.parametrize("state", PlacementState)
def test_employer_reads_how_to_reach_a_student_as_long_as_that_one_has_the_place(client, scene, who, state):
    """The name stays in what was agreed; the address of now is not of a former employer."""
    match = scene.match(state=MatchState.ACCEPTED)
    over = {"ended_at": timezone.now()} if state == PlacementState.BROKEN_OFF else {}
    placement = scene.placement(match.slot, match.enrolment, match=match, state=state, **over)
    student = placement.student
    login(client, getattr(scene, who))
    pages = [reverse("placement-detail", args=[placement.public_id])]
    pages += [match.get_absolute_url()] if who == "contact" else []
    for page in (client.get(page).content.decode() for page in pages):
        assert student.full_name in page
        assert (student.address in page) is (who == "teacher" or state in LIVE_PLACEMENT)
