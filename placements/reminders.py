"""What this app reminds of: proposals without an answer, and slots that nobody confirmed for a while."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from core.dates import add_working_days, local_day
from core.reminding.batches import batches, gathered
from core.reminding.engine import Item, Notice
from core.reminding.ladders import Calendar, Due, Rung, due_rungs, in_days, on_days
from partnerships.queries.people import people
from partnerships.roles import EMPLOYER_PARTY, KEEPS_SLOTS
from placements.enums import ANSWER_WITHIN, CONFIRM_AFTER_DAYS, FRESH_DAYS, OPEN_MATCH, MatchState, SlotState
from placements.models import Match, Slot
from students.enums import EnrolmentState

MATCH_LADDER = (Rung("working-day-5", 5, working=True), Rung("working-day-8", 8, working=True))


class MatchUnanswered:
    """A proposal was not answered: after 5 working days and after 8, with the last day for an answer.

    It goes to whose turn it is: the employer first, the student once the employer agreed.
    """

    kind = "match_answer"

    def notices(self, calendar: Calendar) -> Iterator[list[Notice]]:
        due = due_rungs(MATCH_LADDER, calendar)
        waiting = Match.objects.filter(
            in_days("asked_at", due),
            state__in=OPEN_MATCH,
            slot__ends_on__gt=calendar.day,
            enrolment__state=EnrolmentState.ENROLLED,
        )
        keys = waiting.order_by("slot__organisation", "pk").values_list("pk", flat=True)
        rows = Match.objects.select_related(
            "slot__organisation", "slot__location", "enrolment__student__person__user"
        ).order_by()
        for chunk in batches(keys, rows):
            yield gathered(_of_matches(chunk, due, calendar))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        own = items[0]["is_own"]
        text = (
            "placements/mail/student_match_waiting.txt"
            if own
            else "placements/mail/employer_match_waiting.txt"
        )
        letters.remind(person, text, items, kind=self.kind)


def _of_matches(rows: list[Match], due: Due, calendar: Calendar) -> Iterator[tuple[Person, str, Item]]:
    contacts = people({row.slot.organisation_id for row in rows}, EMPLOYER_PARTY)
    for row in rows:
        rung = due.get(local_day(row.asked_at))
        student = row.enrolment.student
        if rung is None or row.state not in OPEN_MATCH:
            continue
        own = row.state == MatchState.EMPLOYER_AGREED
        words = {
            "slot": row.slot.title,
            "employer": row.slot.organisation.name,
            "location": str(row.slot.location),
            "first_name": student.first_name,  # all that the employer may know so far (docs/domain.md section 2)
            "is_own": own,
            "last_day": add_working_days(local_day(row.asked_at), ANSWER_WITHIN, calendar.holidays),
            "path": row.get_absolute_url(),
            "overview": reverse("placements:match-list"),
        }
        recipients = contacts.get(row.slot.organisation_id, [])
        if own:
            recipients = [student.person] if student.person.can_sign_in else []
        for person in recipients:
            yield person, f"{own}:{row.slot.organisation_id}", Item(f"match:{row.pk}", rung, words)


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

    def notices(self, calendar: Calendar) -> Iterator[list[Notice]]:
        due = due_rungs(SLOT_LADDER, calendar)
        stale = Slot.objects.filter(
            on_days("confirmed_on", due), state=SlotState.ONLINE, ends_on__gte=calendar.day
        )
        keys = stale.order_by("organisation", "pk").values_list("pk", flat=True)
        for rows in batches(keys, Slot.objects.select_related("organisation", "location").order_by()):
            yield gathered(_of_slots(rows, due))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "placements/mail/employer_slot_unconfirmed.txt", items, kind=self.kind)


def _of_slots(rows: list[Slot], due: Due) -> Iterator[tuple[Person, str, Item]]:
    keepers = people({row.organisation_id for row in rows}, KEEPS_SLOTS)
    for row in rows:
        rung = due.get(row.confirmed_on) if row.confirmed_on else None
        if rung is None or row.state != SlotState.ONLINE:
            continue
        overview = reverse("placements:slot-list", args=[row.organisation.slug])
        words = {
            "slot": row.title,
            "location": str(row.location),
            "confirmed_on": row.confirmed_on,
            "path": reverse("placements:slot-manage", args=[row.organisation.slug, row.public_id]),
            "overview": overview,
        }
        for person in keepers.get(row.organisation_id, []):
            yield person, overview, Item(f"slot:{row.pk}", rung, words)


REMINDERS = (MatchUnanswered(), SlotConfirm())
