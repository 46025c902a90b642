"""Mails about a slot that closes, or opens again, while students are placed on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from django.urls import reverse

from accounts.mail import letters
from core.mail import Ask
from core.models import OutgoingMail, StateChange
from partnerships.models import Organisation
from partnerships.queries.asks import of_employer, of_person
from placements.models import Placement, Slot
from placements.queries.people import parties_of
from programmes.queries.teachers import teachers_of
from students.mail.letters import to_student


def parties_slot_closed(placement: Placement, act: StateChange) -> None:
    """Nobody new comes here, and this student stays: for the student and the teachers."""
    facts: dict[str, Any] = {
        "employer": placement.slot.organisation.name,
        "slot": placement.slot.title,
        "ends_on": placement.ends_on,
        "student": placement.student.full_name,
        "student_first": placement.student.first_name,
        "reason": act.reason,
        "about": act,
        "link": placement.get_absolute_url(),
    }
    ask = of_employer(placement.organisation_id)
    to_student(placement.student, "placements/mail/student_slot_closed.txt", **facts)
    for person in teachers_of(placement.enrolment.cohort_id):
        letters.to_person(person, "placements/mail/teacher_slot_closed.txt", ask=ask, **facts)


def parties_slot_open_again(slot: Slot, mailed: Sequence[OutgoingMail], *, by: str) -> None:
    """It is open to others again: for who was told that it closed, as far as they hear of that student today."""
    for placement in slot.placements.for_list() if mailed else ():
        about_one = [mail for mail in mailed if mail.link.endswith(placement.get_absolute_url())]
        if about_one:
            letters.taken_back(about_one, by=by, among=parties_of(placement))


def parties_slots_closed(
    *, employer: Organisation, reason: str, is_one: bool = False
) -> AbstractContextManager[None]:
    """An employer closes places, or one: within it each person gets one mail about all that come of it."""
    return _closed(str(employer), reason, lambda: of_employer(employer.pk), is_one=is_one)


def parties_slots_closed_there(*, reason: str, act: StateChange) -> AbstractContextManager[None]:
    """All places close that are offered somewhere, for whoever did `act` to a location, a member or a partnership."""
    return _closed("", reason, lambda: [of_person(act.by)] if act.by else None)


def _closed(
    employer: str, reason: str, knows: Callable[[], Sequence[Ask] | None], *, is_one: bool = False
) -> AbstractContextManager[None]:
    """Students ask their teachers and employers their own people, as always; others whoever knows about the places."""

    def ask(parts: Sequence[OutgoingMail]) -> Sequence[Ask] | None:
        return None if parts[0].kind.startswith(("student_", "employer_")) else knows()

    template = "placements/mail/parties_slots_closed.txt"
    facts = {"employer": employer, "reason": reason, "is_one": is_one}
    return letters.together(template, link=reverse("start"), ask=ask, **facts)
