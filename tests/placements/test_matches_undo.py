"""Answers to a proposal and its end are taken back while the other party has not gone on from them."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.dates import today
from core.models import OutgoingMail
from core.states import history, last_act
from placements.enums import MatchState, SlotState
from placements.models import Match
from placements.queries import due
from placements.services import matches, slots
from tests.helpers import login
from tests.placements.scene import actor, in_days

pytestmark = pytest.mark.django_db


def student_of(match):
    return match.enrolment.student.person.user


def take_back(match, who):
    return matches.take_back_act(match_id=match.pk, act_id=last_act(match).pk, by=actor(who))


def sent() -> None:
    """Every mail so far has gone out, so that none of them can be cancelled any more."""
    whole = OutgoingMail.objects.filter(told_in=None)
    whole.update(state=OutgoingMail.State.SENT, sent_at=timezone.now())


def mails(kind):
    return list(OutgoingMail.objects.filter(kind=kind).order_by("to_email"))


def test_yes_of_the_employer_is_taken_back_until_the_student_answers(scene):
    match = scene.match()
    matches.employer_answer(match_id=match.pk, yes=True, reason="", by=actor(scene.contact), read=None)
    sent()
    with pytest.raises(ValidationError, match="Alleen wie dit deed"):
        take_back(match, student_of(match))
    back = take_back(match, scene.contact)
    assert (back.state, back.employer_agreed_at, back.answer_by) == (
        MatchState.PROPOSED,
        None,
        due.answer_by(),
    )
    (told,) = mails("reader_act_taken_back")
    assert told.to_email == student_of(match).email
    # The proposal itself is not the student's to see now.
    assert told.link.endswith(reverse("placements:match-list"))
    assert take_back_again(match, scene.contact).state == MatchState.PROPOSED
    assert len(mails("reader_act_taken_back")) == 1


def take_back_again(match, who):
    act = history(match).filter(action="employer_yes").get()
    return matches.take_back_act(match_id=match.pk, act_id=act.pk, by=actor(who))


def test_mail_about_a_yes_that_still_waits_is_not_sent(scene):
    match = scene.match()
    matches.employer_answer(match_id=match.pk, yes=True, reason="", by=actor(scene.contact), read=None)
    take_back(match, scene.contact)
    assert mails("reader_act_taken_back") == []
    assert [mail.state for mail in mails("student_match_agreed")] == [OutgoingMail.State.CANCELLED]


def test_yes_to_which_the_student_said_yes_stays(scene):
    match = scene.match()
    matches.employer_answer(match_id=match.pk, yes=True, reason="", by=actor(scene.contact), read=None)
    act = last_act(match)
    matches.student_answer(match_id=match.pk, yes=True, reason="", by=actor(student_of(match)), read=None)
    with pytest.raises(ValidationError):
        matches.take_back_act(match_id=match.pk, act_id=act.pk, by=actor(scene.contact))
    match.refresh_from_db()
    assert match.state == MatchState.ACCEPTED


@pytest.mark.parametrize("party", ["employer", "student"])
def test_no_is_taken_back_within_five_days_by_whose_it_was(scene, party):
    match = scene.match() if party == "employer" else scene.agreed()
    mine, other = (scene.contact, student_of(match))[:: 1 if party == "employer" else -1]
    answer = matches.employer_answer if party == "employer" else matches.student_answer
    before = match.state
    answer(match_id=match.pk, yes=False, reason="Te ver", by=actor(mine), read=None)
    sent()
    match.refresh_from_db()
    with pytest.raises(ValidationError, match="Alleen wie dit deed"):
        take_back(match, other)
    with time_machine.travel(noon(6)), pytest.raises(ValidationError, match="5 dagen"):
        take_back(match, mine)
    back = take_back(match, mine)
    assert (back.state, back.answer_reason) == (before, "")
    assert scene.teacher.email in [mail.to_email for mail in mails("reader_act_taken_back")]


def noon(days):
    return dt.datetime.combine(today() + dt.timedelta(days=days), dt.time(12), dt.UTC)


def test_withdrawal_is_taken_back_only_where_it_could_be_proposed(scene):
    slot = scene.slot(seats=1)
    match = scene.match(slot)
    matches.withdraw(match_id=match.pk, reason="Vergissing", by=actor(scene.teacher), read=None)
    scene.placement(slot)
    with pytest.raises(ValidationError):
        take_back(match, scene.teacher)
    match.refresh_from_db()
    assert match.state == MatchState.WITHDRAWN
    other = scene.match()
    matches.withdraw(match_id=other.pk, reason="Vergissing", by=actor(scene.teacher), read=None)
    assert take_back(other, scene.teacher).state == MatchState.PROPOSED


def test_page_shows_the_way_back_to_whose_act_it_was(client, scene):
    match = scene.match()
    matches.employer_answer(match_id=match.pk, yes=True, reason="", by=actor(scene.contact), read=None)
    url = reverse("placements:match-take-back", args=[match.public_id])
    login(client, scene.teacher)
    page = client.get(match.get_absolute_url())
    assert url not in page.content.decode()
    assert [line.after for line in page.context["history"]]
    login(client, scene.contact)
    page = client.get(match.get_absolute_url())
    assert url in page.content.decode()
    page = client.post(url, {"act": page.context["undo"].act.pk}, follow=True)
    assert "Teruggehaald." in page.content.decode()
    match.refresh_from_db()
    assert match.state == MatchState.PROPOSED


def test_reopened_slot_brings_back_what_ended_with_it(scene):
    slot = scene.slot(seats=3)
    first, agreed, placed = scene.match(slot), scene.agreed(slot), scene.match(slot)
    slots.close(slot_id=slot.pk, reason="Vergissing", by=actor(scene.contact), read=None)
    sent()
    scene.placement(enrolment=placed.enrolment)
    (lost,) = slots.reopen(slot_id=slot.pk, by=actor(scene.contact), read=None)
    assert placed.enrolment.student.first_name in str(lost)
    states = Match.objects.filter(slot=slot).order_by("pk").values_list("state", flat=True)
    assert list(states) == [MatchState.PROPOSED, MatchState.EMPLOYER_AGREED, MatchState.EXPIRED]
    assert history(first).last().cause == last_act(slot)
    told = {mail.to_email for mail in mails("reader_act_taken_back")}
    assert told == {scene.teacher.email, student_of(agreed).email}


def test_who_stays_on_a_place_that_closes_hears_that_it_is_open_again(scene):
    slot = scene.slot(seats=3)
    placed = scene.placement(slot)
    told = {placed.student.person.address, scene.teacher.email}
    slots.close(slot_id=slot.pk, reason="Vergissing", by=actor(scene.contact), read=None)
    slots.reopen(slot_id=slot.pk, by=actor(scene.contact), read=None)
    about = OutgoingMail.objects.filter(about__isnull=False)
    assert {(mail.to_email, mail.state) for mail in about} == {(to, "cancelled") for to in told}
    slots.close(slot_id=slot.pk, reason="Vergissing", by=actor(scene.contact), read=None)
    sent()
    slots.reopen(slot_id=slot.pk, by=actor(scene.contact), read=None)
    assert {mail.to_email for mail in mails("reader_act_taken_back")} == told


def test_slot_closed_long_ago_comes_back_alone(scene):
    slot = scene.slot(starts_on=in_days(60), ends_on=in_days(300))
    match = scene.match(slot)
    slots.close(slot_id=slot.pk, reason="Verbouwing", by=actor(scene.contact), read=None)
    with time_machine.travel(noon(15)):
        assert slots.reopen(slot_id=slot.pk, by=actor(scene.contact), read=None) == []
    match.refresh_from_db()
    slot.refresh_from_db()
    assert (slot.state, match.state) == (SlotState.ONLINE, MatchState.EXPIRED)
