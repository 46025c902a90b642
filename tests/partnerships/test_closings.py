"""Groups, calls and partnerships are closed and go on again; drafts that nobody used are thrown away."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core import states
from core.dates import today
from core.models import OutgoingMail, StateChange
from partnerships.actors import actor_of
from partnerships.enums import InitiativePhase
from partnerships.models import Call, Group, GroupSeat, Initiative, Partnership
from partnerships.services import affiliations, closings, drafts, groups, initiatives, returns
from tests.factories.partnerships import (
    CallFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    MemberFactory,
    SignUpFactory,
)
from tests.helpers import login, member
from tests.partnerships.signing_up import post
from tests.roles import Around, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(partnership):
    return coordinator(Around(partnership=partnership))


@pytest.fixture
def partnership():
    return MemberFactory().partnership


def later(days):
    return time_machine.travel(dt.datetime.combine(today() + dt.timedelta(days=days), dt.time(12), dt.UTC))


def sent() -> None:
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, sent_at=timezone.now())


def mails(kind):
    return [mail.to_email for mail in OutgoingMail.objects.filter(kind=kind)]


def press(client, page, url):
    """Post what the page would."""
    return client.post(url, {"read": page.context["read"]}, follow=True).content.decode()


# Groups


def test_group_is_closed_at_once_and_goes_on_with_its_seats(client, partnership, leader):
    seat = GroupSeatFactory(group__partnership=partnership, of="client")
    group = seat.group
    assert GroupSeat.objects.giving_papers().filter(pk=seat.pk).exists()
    login(client, leader)
    close = reverse("partnerships:coordination-group-close", args=[partnership.slug, group.public_id])
    assert close in client.get(group.get_absolute_url()).content.decode()
    page = press(client, client.get(close), close)
    assert "Groep laten doorgaan" in page
    assert "gestopt" in page
    assert not GroupSeat.objects.giving_papers().exists()
    assert mails("people_group_closed") == [seat.person.address]
    sent()
    group.refresh_from_db()
    reopen = reverse("partnerships:coordination-group-reopen", args=[partnership.slug, group.public_id])
    for _press in range(2):
        page = client.post(reopen, {"read": group.row_version}, follow=True).content.decode()
    assert "Groep sluiten" in page
    assert GroupSeat.objects.giving_papers().filter(pk=seat.pk).exists()
    assert mails("reader_act_taken_back") == [seat.person.address]


def test_mail_about_a_closed_group_that_waits_is_not_sent(partnership, leader):
    group = GroupSeatFactory(group__partnership=partnership).group
    closings.group(group_id=group.pk, by=actor_of(leader), read=None)
    returns.group(group_id=group.pk, by=actor_of(leader), read=None)
    assert [mail.state for mail in OutgoingMail.objects.all()] == [OutgoingMail.State.CANCELLED]


def test_closed_group_gives_no_seat_and_does_not_come_back_after_two_weeks(partnership, leader):
    group = GroupFactory(partnership=partnership)
    closings.group(group_id=group.pk, by=actor_of(leader), read=None)
    row = MemberFactory(partnership=partnership)
    membership = member(row.organisation, "contact").person.memberships.get()
    with pytest.raises(ValidationError, match="gestopt"):
        groups.give_seat(
            group_id=group.pk,
            membership=membership,
            perspective="delegate",
            is_observer=False,
            by=actor_of(leader),
        )
    with pytest.raises(ValidationError, match="gestopt"):
        closings.group(group_id=group.pk, by=actor_of(leader), read=None)
    with later(15), pytest.raises(ValidationError, match="14 dagen"):
        returns.group(group_id=group.pk, by=actor_of(leader), read=None)


def test_only_a_coordinator_closes_and_throws_away(partnership):
    other = coordinator(Around(partnership=MemberFactory().partnership))
    group, call = GroupFactory(partnership=partnership), CallFactory(partnership=partnership)
    initiative = InitiativeFactory(partnership=partnership)
    for act in (
        lambda by: closings.group(group_id=group.pk, by=by, read=None),
        lambda by: closings.call(call_id=call.pk, by=by, read=None),
        lambda by: drafts.call(call_id=call.pk, by=by, read=None),
        lambda by: drafts.initiative(initiative_id=initiative.pk, by=by, read=None),
        lambda by: closings.partnership(partnership_id=partnership.pk, by=by, read=None),
        lambda by: drafts.group(group_id=group.pk, by=by, read=None),
    ):
        with pytest.raises(ValidationError, match="coördinator"):
            act(actor_of(other))


# Calls


def test_call_is_closed_before_its_last_day_and_opened_again(client, partnership, leader):
    call = CallFactory(partnership=partnership)
    sign_up = reverse("partnerships:call-sign-up", args=[call.slug])
    login(client, leader)
    close = reverse("partnerships:coordination-call-close", args=[partnership.slug, call.slug])
    press(client, client.get(close), close)
    assert not Call.objects.open().exists()
    assert "Je kunt je niet meer aanmelden" in client.get(sign_up).content.decode()
    page = client.get(reverse("partnerships:coordination-call", args=[partnership.slug, call.slug]))
    url = reverse("partnerships:coordination-call-reopen", args=[partnership.slug, call.slug])
    assert url in page.content.decode()
    for _press in range(2):
        client.post(url, {"act": page.context["undo"].act.pk})
    call.refresh_from_db()
    assert (call.is_open, call.closed_on) == (True, None)


# The partnership


def test_partnership_is_closed_and_goes_on(client, partnership, leader):
    seat = GroupSeatFactory(group__partnership=partnership, of="client")
    manager = member(MemberFactory(partnership=partnership).organisation, "manager")
    login(client, leader)
    close = reverse("partnerships:coordination-close", args=[partnership.slug])
    page = press(client, client.get(close), close)
    assert "Samenwerking laten doorgaan" in page
    assert mails("parties_partnership_closed") == [manager.email]
    assert not Partnership.objects.running().filter(pk=partnership.pk).exists()
    assert not GroupSeat.objects.giving_papers().exists()
    sent()
    partnership.refresh_from_db()
    url = reverse("partnerships:coordination-reopen", args=[partnership.slug])
    for _press in range(2):
        page = client.post(url, {"read": partnership.row_version}, follow=True).content.decode()
    assert "Samenwerking sluiten" in page
    assert GroupSeat.objects.giving_papers().get() == seat
    assert mails("reader_act_taken_back") == [manager.email]


def test_nobody_signs_up_for_a_call_of_a_partnership_that_closed(client, partnership, leader):
    call = CallFactory(partnership=partnership)
    assert Call.objects.open().get() == call
    closings.partnership(partnership_id=partnership.pk, by=actor_of(leader), read=None)
    assert not Call.objects.open().exists()
    page = client.get(reverse("partnerships:call-sign-up", args=[call.slug]), follow=True).content.decode()
    assert "gesloten" in page
    post(client, call)
    assert not call.sign_ups.exists()


# Drafts


def discarded():
    return list(StateChange.objects.filter(action="discard").values_list("model", flat=True))


def test_group_in_which_nobody_sat_is_thrown_away(client, partnership, leader):
    group = GroupFactory(partnership=partnership)
    login(client, leader)
    url = reverse("partnerships:coordination-group-discard", args=[partnership.slug, group.public_id])
    assert url in client.get(group.get_absolute_url()).content.decode()
    press(client, client.get(url), url)
    assert not Group.objects.exists()
    assert discarded() == ["partnerships.group"]


def test_group_in_which_someone_sat_stays(partnership, leader):
    seat = GroupSeatFactory(group__partnership=partnership)
    groups.end_seat(group_id=seat.group_id, public_id=seat.public_id, by=actor_of(leader), read=None)
    with pytest.raises(ValidationError, match="niet verwijderen"):
        drafts.group(group_id=seat.group_id, by=actor_of(leader), read=None)


def test_call_that_was_never_public_is_thrown_away(client, partnership, leader):
    call = CallFactory(partnership=partnership, is_published=False)
    login(client, leader)
    url = reverse("partnerships:coordination-call-discard", args=[partnership.slug, call.slug])
    press(client, client.get(url), url)
    assert not Call.objects.exists()
    assert discarded() == ["partnerships.call"]


def test_call_that_was_public_or_answered_stays(partnership, leader):
    public = CallFactory(partnership=partnership)
    answered = SignUpFactory(call__partnership=partnership, call__is_published=False).call
    for call in (public, answered):
        with pytest.raises(ValidationError, match="niet verwijderen"):
            drafts.call(call_id=call.pk, by=actor_of(leader), read=None)


def test_idea_that_nobody_saw_is_thrown_away_with_its_partners(client, partnership, leader):
    values = {"partnership": partnership, "is_published": False, "state": InitiativePhase.IDEA}
    initiative = InitiativeFactory(**values)
    initiative.partners.create(organisation=partnership.members.first().organisation)
    login(client, leader)
    here = [partnership.slug, initiative.slug]
    url = reverse("partnerships:coordination-initiative-discard", args=here)
    assert url in client.get(reverse("partnerships:coordination-initiative", args=here)).content.decode()
    press(client, client.get(url), url)
    assert not Initiative.objects.exists()
    assert discarded() == ["partnerships.initiative"]
    moved = InitiativeFactory(**values)
    initiatives.move(initiative_id=moved.pk, action="prepare", by=actor_of(leader), read=None)
    initiatives.take_back(initiative_id=moved.pk, act_id=states.last_act(moved).pk, by=actor_of(leader))
    with pytest.raises(ValidationError, match="niet verwijderen"):
        drafts.initiative(initiative_id=moved.pk, by=actor_of(leader), read=None)


def test_draft_that_changed_since_it_was_read_stays(client, partnership, leader):
    group = GroupFactory(partnership=partnership)
    login(client, leader)
    url = reverse("partnerships:coordination-group-discard", args=[partnership.slug, group.public_id])
    page = client.get(url)
    Group.objects.update(mandate="Iets nieuws")
    assert "is iets gewijzigd" in press(client, page, url)
    assert Group.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "coordination-close",
        "coordination-group-close",
        "coordination-group-discard",
        "coordination-call-close",
        "coordination-call-discard",
        "coordination-initiative-discard",
        "coordination-affiliation-end",
    ],
)
def test_nothing_happens_on_an_old_page(client, partnership, leader, name):
    slug, voice = partnership.slug, GroupSeatFactory(group__partnership=partnership, of="client")
    empty, draft = (
        GroupFactory(partnership=partnership),
        CallFactory(partnership=partnership, is_published=False),
    )
    idea = InitiativeFactory(partnership=partnership, is_published=False, state=InitiativePhase.IDEA)
    args = {
        "coordination-close": [slug],
        "coordination-group-close": [slug, empty.public_id],
        "coordination-group-discard": [slug, empty.public_id],
        "coordination-call-close": [slug, CallFactory(partnership=partnership).slug],
        "coordination-call-discard": [slug, draft.slug],
        "coordination-initiative-discard": [slug, idea.slug],
        "coordination-affiliation-end": [slug, voice.group.public_id, voice.public_id],
    }
    login(client, leader)
    url = reverse(f"partnerships:{name}", args=args[name])
    assert client.get(url).status_code == 200
    assert "is iets gewijzigd" in client.post(url, {"read": "0"}, follow=True).content.decode()
    assert not StateChange.objects.exists()


@pytest.mark.parametrize("what", ["group", "partnership", "call", "affiliation"])
def test_nothing_goes_on_from_an_old_page(client, partnership, leader, what):
    slug, by = partnership.slug, actor_of(leader)
    voice, call = (
        GroupSeatFactory(group__partnership=partnership, of="client"),
        CallFactory(partnership=partnership),
    )
    closing, name, args = {
        "group": (
            lambda: closings.group(group_id=voice.group_id, by=by, read=None),
            "coordination-group-reopen",
            [slug, voice.group.public_id],
        ),
        "partnership": (
            lambda: closings.partnership(partnership_id=partnership.pk, by=by, read=None),
            "coordination-reopen",
            [slug],
        ),
        "call": (
            lambda: closings.call(call_id=call.pk, by=by, read=None),
            "coordination-call-reopen",
            [slug, call.slug],
        ),
        "affiliation": (
            lambda: affiliations.end(affiliation_id=voice.affiliation_id, by=by, read=None),
            "coordination-affiliation-take-back",
            [slug, voice.group.public_id, voice.public_id],
        ),
    }[what]
    closing()
    login(client, leader)
    url = reverse(f"partnerships:{name}", args=args)
    page = client.post(url, {"read": "0", "act": "0"}, follow=True).content.decode()
    assert "gewijzigd" in page or "Intussen is er iets anders gebeurd" in page
    assert not StateChange.objects.exclude(undoes=None).exists()
