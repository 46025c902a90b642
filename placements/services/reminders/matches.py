"""A match was not answered: after 3 working days and after 7, to whoever's turn it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts.models import User
from core.formats import local_day
from placements.enums import OPEN_MATCH, MatchState
from placements.mail import reminders as mail
from placements.models import Match
from placements.services import recipients
from placements.services.reminders.batches import batches, gathered
from placements.services.reminders.engine import Item, Notice
from placements.services.reminders.ladders import Calendar, Due, Step, due_steps, in_days
from students.enums import EnrolmentState

STEPS = (Step("working-day-3", 3, working=True), Step("working-day-7", 7, working=True))


class MatchUnanswered:
    """The employer's contacts and trainers first, the student once the employer agreed."""

    kind = "match_answer"

    def notices(self, calendar: Calendar) -> Iterator[list[Notice]]:
        due = due_steps(STEPS, calendar)
        waiting = Match.objects.filter(
            in_days("asked_at", due),
            state__in=OPEN_MATCH,
            slot__ends_on__gt=calendar.day,
            enrolment__state=EnrolmentState.ENROLLED,
        )
        keys = waiting.order_by("slot__organisation", "pk").values_list("pk", flat=True)
        rows = Match.objects.select_related(
            "slot__organisation", "slot__location", "enrolment__student__user"
        ).order_by()
        for chunk in batches(keys, rows):
            yield gathered(_pairs(chunk, due))

    def send(self, user: User, items: list[dict[str, Any]]) -> None:
        if items[0]["is_own"]:
            mail.student_match_waiting(user, items)
        else:
            mail.employer_match_waiting(user, items)


def _pairs(rows: list[Match], due: Due) -> Iterator[tuple[User, str, Item]]:
    contacts = recipients.contacts({row.slot.organisation_id for row in rows})
    for row in rows:
        step = due.get(local_day(row.asked_at))
        student = row.enrolment.student
        if step is None or row.state not in OPEN_MATCH:
            continue
        own = row.state == MatchState.EMPLOYER_AGREED
        words = {
            "slot": row.slot.title,
            "employer": row.slot.organisation.name,
            "location": str(row.slot.location),
            "first_name": student.first_name,  # all that the employer may know so far (product.md)
            "is_own": own,
            "path": row.get_absolute_url(),
            "overview": reverse("placements:match-list"),
        }
        users = contacts.get(row.slot.organisation_id, [])
        if own:
            users = [student.user] if student.user is not None and student.user.is_active else []
        for user in users:
            yield user, f"{own}:{row.slot.organisation_id}", Item(f"match:{row.pk}", step, words)
