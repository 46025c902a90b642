"""What people answer to an invitation, signed in or by their own link, and what becomes of those links."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.enums import LinkAct
from accounts.models import PersonalLink
from accounts.services import links
from core import states, versions
from core.access import ensure
from core.models import StateChange
from meetings.enums import Answer
from meetings.models import Attendance, AttendanceLink, Meeting, Need
from meetings.rules import meetings as rules
from meetings.services.locks import attendance_under_lock
from partnerships.actors import Actor


@transaction.atomic
def link_for(*, attendance: Attendance) -> str:
    """The secret of a new link by which this person answers; empty for who cannot be written to."""
    if not attendance.person.is_reachable:
        return ""
    link, token = links.make(person=attendance.person, act=LinkAct.MEETING)
    AttendanceLink.objects.create(link=link, attendance=attendance)
    return token


@transaction.atomic
def renewed(*, meeting: Meeting) -> list[tuple[Attendance, str]]:
    """Everyone who was asked and still sits there, each with a new link; the former ones open nothing any more."""
    revoke(meeting=meeting)
    rows = Attendance.objects.filter(meeting=meeting).sitting().for_list()
    return [(row, link_for(attendance=row)) for row in rows]


@transaction.atomic
def revoke(*, meeting: Meeting) -> None:
    """Nobody answers by a link any more."""
    links.revoke(links=PersonalLink.objects.filter(attendance__attendance__meeting=meeting))


@transaction.atomic
def renew_link(*, former: PersonalLink, link: PersonalLink) -> None:
    """A link took the place of another: it is about the same invitation, if the other was about one."""
    about = AttendanceLink.objects.filter(link=former).first()
    if about is not None:
        AttendanceLink.objects.create(link=link, attendance_id=about.attendance_id)


@transaction.atomic
def answer(
    *, attendance_id: int, answer: Answer | str, substitute: str = "", by: Actor | None, read: str | None
) -> Attendance:
    """Say whether one comes, or who comes instead; `by` is None for who answers by the own link.

    Raises ValidationError when the meeting was held or cancelled meanwhile. The same answer again changes nothing.
    """
    row = attendance_under_lock(attendance_id)
    ensure(rules.can_answer(row.meeting) if by is None else rules.can_answer_for(by, row))
    told = substitute.strip() if answer == Answer.SUBSTITUTE else ""
    if (row.answer, row.substitute) == (answer, told):
        return row
    versions.ensure(read, row)
    before, row.answer, row.substitute = row.answer, str(answer), told
    row.answered_at = timezone.now()
    row.full_clean(exclude=["meeting", "person", "seat", "organisation"])
    row.save(update_fields=["answer", "substitute", "answered_at"])
    person = row.person_id if by is None else by.person_id
    subject = row.person.public_id
    states.record(row, "answer", before=before, after=row.answer, by_id=person, subject=subject)
    return row


@transaction.atomic
def give_back_needs(*, keys: Collection[int], by: Actor, cause: StateChange | None = None) -> None:
    """Needs that are on no agenda any more are open again."""
    for need in Need.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=keys, state="bundled"
    ):
        states.advance(need, "unbundle", by=by.person_id, cause=cause, item=None)
