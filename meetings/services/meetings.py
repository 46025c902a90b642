"""A meeting from its first plan to its report."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core import changes, states, versions
from core.access import ensure
from core.constraints import explained
from meetings.enums import MeetingState
from meetings.mail import meetings as mail
from meetings.models import Absence, Adoption, Attendance, Meeting
from meetings.models.meetings import NEEDS_A_PLACE
from meetings.queries.tables import Asked, absent_at, at_table
from meetings.rules import meetings as rules
from meetings.services import answers
from meetings.services.locks import meeting_under_lock
from partnerships.actors import Actor

MAILED = ("starts_at", "ends_at", "place", "link", "title")
OTHERS_NOW = _(
    "The people at this table have changed since you opened this page. Look again at who gets an invitation."
)


@transaction.atomic
def save(*, meeting: Meeting, by: Actor, version: str | None) -> Meeting:
    """Keep a meeting, new or changed; who was invited hears of another time or place, with a new entry for the agenda.

    Raises ValidationError for whoever may not, and when it was held or cancelled meanwhile.
    """
    if meeting.pk is None:
        ensure(rules.can_plan(by, meeting.partnership, meeting.group))
        with explained(meeting):
            meeting.save()
        states.record(meeting, "plan", after=str(meeting.state), by_id=by.person_id)
        return meeting
    before = meeting_under_lock(meeting.pk)
    with explained(meeting):
        versions.claim(version, meeting)
        ensure(rules.can_change(by, before))
        kept = changes.stored(meeting)
        meeting.save()
        changes.record(meeting, kept, by=by.person_id)
    is_news = any(getattr(before, name) != getattr(meeting, name) for name in MAILED)
    if before.state == MeetingState.INVITED and is_news:
        _raise_sequence(meeting)
        mail.invited_meeting_changed(meeting, answers.renewed(meeting=meeting), by=by)
    return meeting


def _raise_sequence(meeting: Meeting) -> None:
    """The next edition of the entry in people's agendas."""
    Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1)
    meeting.refresh_from_db(fields=["sequence", "row_version"])


@transaction.atomic
def invite(*, meeting_id: int, people: Collection[int], by: Actor, read: str | None) -> Meeting:
    """Ask everyone at the table, as they were shown by key, each with an own link for the answer.

    Raises ValidationError when someone else sits there by now, and when nobody does.
    """
    meeting = meeting_under_lock(meeting_id)
    ensure(rules.can_invite(by, meeting))
    versions.ensure(read, meeting)
    if not (meeting.place or meeting.link):
        raise ValidationError(NEEDS_A_PLACE)
    asked = at_table(meeting)
    if not asked:
        ensure(rules.NOBODY_TO_INVITE)
    if {one.person.pk for one in asked} != set(people):
        raise ValidationError(OTHERS_NOW)
    states.advance(meeting, "invite", by=by.person_id)
    rows = [_ask(meeting, one) for one in asked]
    mail.invited_meeting_planned(meeting, [(row, answers.link_for(attendance=row)) for row in rows], by=by)
    return meeting


def _ask(meeting: Meeting, asked: Asked) -> Attendance:
    return Attendance.objects.create(
        meeting=meeting,
        person=asked.person,
        organisation=asked.organisation,
        seat=asked.seat,
        perspective=asked.perspective,
        is_observer=asked.is_observer,
    )


@transaction.atomic
def cancel(*, meeting_id: int, reason: str, by: Actor, read: str | None) -> Meeting:
    """Call it off, with the reason; who was invited and still sits there hears it, and it goes out of their agendas.

    Needs on its agenda are open again.
    """
    meeting = meeting_under_lock(meeting_id)
    if states.is_repeat(meeting, "cancel", by=by.person_id):
        return meeting
    ensure(rules.can_cancel(by, meeting))
    versions.ensure(read, meeting)
    was_invited = meeting.state == MeetingState.INVITED
    act = states.advance(meeting, "cancel", by=by.person_id, reason=reason)
    from_agenda = meeting.items.filter(needs__isnull=False).values_list("needs", flat=True)
    answers.give_back_needs(keys=list(from_agenda), by=by, cause=act)
    if was_invited:
        _raise_sequence(meeting)
        rows = Attendance.objects.filter(meeting=meeting).sitting().for_list()
        mail.invited_meeting_cancelled(meeting, list(rows), reason=reason, by=by)
        answers.revoke(meeting=meeting)
    return meeting


@transaction.atomic
def hold(*, meeting_id: int, by: Actor, read: str | None) -> Meeting:
    """Begin the report: who was asked can be ticked off; whoever was not asked before is at the table from now."""
    meeting = meeting_under_lock(meeting_id)
    if states.is_repeat(meeting, "hold", by=by.person_id):
        return meeting
    ensure(rules.can_hold(by, meeting))
    versions.ensure(read, meeting)
    if not (meeting.place or meeting.link):
        raise ValidationError(NEEDS_A_PLACE)
    if meeting.state == MeetingState.DRAFT:
        for one in at_table(meeting):
            _ask(meeting, one)
    states.advance(meeting, "hold", by=by.person_id)
    answers.revoke(meeting=meeting)
    return meeting


@transaction.atomic
def attend(*, meeting_id: int, present: Collection[int], by: Actor) -> Meeting:
    """Write down who is there, by the keys of their rows; everyone else was not."""
    meeting = meeting_under_lock(meeting_id)
    ensure(rules.can_minute(by, meeting))
    rows: Any = meeting.attendances
    rows.filter(pk__in=present).exclude(was_present=True).update(was_present=True)
    rows.exclude(pk__in=present).exclude(was_present=False).update(was_present=False)
    return meeting


@transaction.atomic
def close(*, meeting_id: int, by: Actor, read: str | None) -> Meeting:
    """Send the report to everyone who was asked and still sits there; from now on it stands."""
    meeting = meeting_under_lock(meeting_id)
    if states.is_repeat(meeting, "close", by=by.person_id):
        return meeting
    ensure(rules.can_close(by, meeting))
    versions.ensure(read, meeting)
    _keep_absent(meeting)
    act = states.advance(meeting, "close", by=by.person_id)
    rows = Attendance.objects.filter(meeting=meeting).sitting().for_list()
    mail.invited_meeting_reported(meeting, list(rows), act)
    return meeting


def _keep_absent(meeting: Meeting) -> None:
    """Who was missing stays with the report, as it was on this day; nothing where nobody ticked off who was there."""
    if not meeting.attendances.filter(was_present__isnull=False).exists():
        return
    missing = absent_at(meeting)
    Absence.objects.bulk_create(
        Absence(
            meeting=meeting,
            organisation_id=one.organisation,
            perspective=one.voice,
            number=one.number,
        )
        for one in (*missing.organisations, *missing.voices)
    )


@transaction.atomic
def adopt(*, meeting_id: int, report_id: int, by: Actor) -> Adoption:
    """Adopt the report of an earlier meeting of the same table, at one that is held: it is not taken up again."""
    meeting = meeting_under_lock(meeting_id)
    ensure(rules.can_minute(by, meeting))
    report = meeting_under_lock(report_id)
    known = Adoption.objects.filter(report=report).first()
    if known is not None and known.meeting_id == meeting.pk:
        return known
    ensure(rules.can_adopt(meeting, report, is_adopted=known is not None))
    return Adoption.objects.create(report=report, meeting=meeting, by_id=by.person_id)


@transaction.atomic
def reopen(*, meeting_id: int, reason: str, by: Actor, read: str | None) -> Meeting:
    """Take a report up again that has gone out, with the reason; it goes out anew when it is closed."""
    meeting = meeting_under_lock(meeting_id)
    if states.is_repeat(meeting, "reopen", by=by.person_id):
        return meeting
    ensure(rules.can_reopen(by, meeting, is_adopted=Adoption.objects.filter(report=meeting).exists()))
    versions.ensure(read, meeting)
    states.advance(meeting, "reopen", by=by.person_id, reason=reason)
    meeting.absences.all().delete()
    return meeting
