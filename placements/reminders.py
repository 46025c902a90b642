"""What this app reminds of: proposals without an answer, and slots that nobody confirmed for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from django.urls import reverse

from accounts.enums import Role
from accounts.mail import letters
from accounts.models import Person
from core.dates import local_day
from core.reminding.ladders import Calendar, Due, DueRung, Rung, due_rungs, in_days, on_days
from core.reminding.waiting import Item, Told, Waiting
from partnerships.queries.people import people
from partnerships.roles import EMPLOYER_PARTY, KEEPS_SLOTS
from placements.enums import (
    CONFIRM_AFTER_DAYS,
    FRESH_DAYS,
    OPEN_MATCH,
    MatchState,
    SlotState,
)
from placements.models import Match, Slot
from placements.models.answering import Terms
from placements.queries.answering import all_terms
from placements.queries.people import proposers
from students.enums import EnrolmentState

MATCH_TEXTS = {
    "employer": "placements/mail/employer_match_waiting.txt",
    "student": "placements/mail/student_match_waiting.txt",
    "colleague": "placements/mail/colleague_match_waiting.txt",
    "manager": "placements/mail/manager_match_waiting.txt",
    "proposer": "placements/mail/proposer_match_waiting.txt",
}


class MatchUnanswered:
    """A proposal waits for an answer for some working days: whose turn it is hears the last day for an answer.

    That is the employer first, and the student once the employer agreed.
    """

    kind = "match_answer"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        return _waiting(attrgetter("remind_after"), calendar, _asked_again)

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, MATCH_TEXTS[items[0]["reader"]], items, kind=self.kind)


class MatchStillUnanswered:
    """Some working days before a proposal expires others are asked, by a mail of their own.

    At the employer everyone who can answer, with the names of the colleagues, and the managers, who can give someone
    the right to; for a student who is silent whoever proposed the place, and the student once more.
    """

    kind = "match_colleague"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        return _waiting(attrgetter("colleague_after"), calendar, _asked_beside)

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, MATCH_TEXTS[items[0]["reader"]], items, kind=self.kind)


def _due(days_of: Callable[[Terms], int], calendar: Calendar) -> Due:
    """What is due today of what was asked, each by the terms of the day on which it was."""
    found: Due = {}
    for first, terms in all_terms():
        rung = Rung(f"working-day-{days_of(terms)}", days_of(terms), working=True)
        found = {day: due for day, due in found.items() if day < first}
        found |= {day: due for day, due in due_rungs((rung,), calendar).items() if day >= first}
    return found


def _waiting(
    days_of: Callable[[Terms], int], calendar: Calendar, tell: Callable[[list[Match], Due], Iterator[Told]]
) -> Waiting:
    due = _due(days_of, calendar)
    waiting = Match.objects.open().filter(
        in_days("asked_at", due),
        slot__ends_on__gt=calendar.day,
        enrolment__state=EnrolmentState.ENROLLED,
    )
    keys = waiting.order_by("slot__organisation", "pk").values_list("pk", flat=True)
    rows = Match.objects.select_related(
        "slot__organisation", "slot__location", "enrolment__student__person__user", "proposed_by__user"
    ).order_by()
    return Waiting(keys, rows, lambda rows: tell(rows, due))


def _still_due(rows: list[Match], due: Due) -> Iterator[tuple[Match, DueRung]]:
    """Those that nobody answered since the batch was found."""
    for row in rows:
        rung = due.get(local_day(row.asked_at))
        if rung is not None and row.state in OPEN_MATCH:
            yield row, rung


def _asked_again(rows: list[Match], due: Due) -> Iterator[Told]:
    contacts = people({row.slot.organisation_id for row in rows}, EMPLOYER_PARTY)
    for row, rung in _still_due(rows, due):
        asked = {"student": _student(row)}
        if row.state == MatchState.PROPOSED:
            asked = {"employer": contacts.get(row.slot.organisation_id, [])}
        for reader, readers in asked.items():
            for person in readers:
                yield person, f"{reader}:{row.slot.organisation_id}", _item(row, rung, reader=reader)


def _asked_beside(rows: list[Match], due: Due) -> Iterator[Told]:
    employers = {row.slot.organisation_id for row in rows if row.state == MatchState.PROPOSED}
    contacts, managers = people(employers, EMPLOYER_PARTY), people(employers, [Role.MANAGER])
    by_match = proposers([row for row in rows if row.state == MatchState.EMPLOYER_AGREED])
    for row, rung in _still_due(rows, due):
        employer = row.slot.organisation
        if row.state == MatchState.EMPLOYER_AGREED:
            for reader, readers in (("student", _student(row)), ("proposer", by_match[row.pk])):
                name = {"reader": reader, "student": row.enrolment.student.full_name}
                for person in readers:
                    yield person, f"{reader}:{employer.pk}", _item(row, rung, **name)
            continue
        able = contacts.get(employer.pk, [])
        for person in able:
            others = [str(colleague) for colleague in able if colleague != person]
            yield person, f"colleague:{employer.pk}", _item(row, rung, reader="colleague", others=others)
        staff = reverse("partnerships:people-list", args=[employer.slug])
        for person in managers.get(employer.pk, []):
            if person not in able:
                words = {"reader": "manager", "others": [str(colleague) for colleague in able]}
                item = _item(row, rung, path=staff, overview=staff, **words)
                yield person, f"manager:{employer.pk}", item


def _student(row: Match) -> list[Person]:
    person = row.enrolment.student.person
    return [person] if person.can_sign_in else []


def _item(row: Match, rung: DueRung, **words: Any) -> Item:
    known = {
        "slot": row.slot.title,
        "employer": row.slot.organisation.name,
        "location": row.slot.place,
        "first_name": row.enrolment.student.first_name,  # all that the employer may know (docs/domain.md section 2)
        "last_day": row.answer_by,
        "path": row.get_absolute_url(),
        "overview": reverse("placements:match-list"),
    }
    return Item(f"match:{row.pk}", rung, known | words)


SLOT_LADDER = (
    Rung("day-30", CONFIRM_AFTER_DAYS),
    Rung("day-37", CONFIRM_AFTER_DAYS + 7),
    Rung("day-44", FRESH_DAYS - 1),
)


class SlotConfirm:
    """An online slot was not confirmed for 30 days: asked then, a week later, and the day before others stop seeing it.

    It goes to whoever works on the slots of the employer.
    """

    kind = "slot_confirm"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        due = due_rungs(SLOT_LADDER, calendar)
        stale = Slot.objects.filter(
            on_days("confirmed_on", due), state=SlotState.ONLINE, ends_on__gte=calendar.day
        )
        keys = stale.order_by("organisation", "pk").values_list("pk", flat=True)
        rows = Slot.objects.select_related("organisation", "location").order_by()
        return Waiting(keys, rows, lambda rows: _of_slots(rows, due))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "placements/mail/employer_slot_unconfirmed.txt", items, kind=self.kind)


def _of_slots(rows: list[Slot], due: Due) -> Iterator[Told]:
    keepers = people({row.organisation_id for row in rows}, KEEPS_SLOTS)
    for row in rows:
        rung = due.get(row.confirmed_on) if row.confirmed_on else None
        if rung is None or row.state != SlotState.ONLINE:
            continue
        overview = reverse("placements:slot-list", args=[row.organisation.slug])
        words = {
            "slot": row.title,
            "location": row.place,
            "confirmed_on": row.confirmed_on,
            "path": reverse("placements:slot-manage", args=[row.organisation.slug, row.public_id]),
            "overview": overview,
        }
        for person in keepers.get(row.organisation_id, []):
            yield person, overview, Item(f"slot:{row.pk}", rung, words)


REMINDERS = (MatchUnanswered(), MatchStillUnanswered(), SlotConfirm())
