"""A place has not been confirmed for 30 days: asked then, a week later, and the day before it is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts.models import User
from placements.enums import CONFIRM_AFTER_DAYS, FRESH_DAYS, SlotState
from placements.mail import reminders as mail
from placements.models import Slot
from placements.services import recipients
from placements.services.reminders.batches import batches, gathered
from placements.services.reminders.engine import Item, Notice
from placements.services.reminders.ladders import Calendar, Due, Step, due_steps, on_days

STEPS = (
    Step("day-30", CONFIRM_AFTER_DAYS),
    Step("day-37", CONFIRM_AFTER_DAYS + 7),
    Step("day-44", FRESH_DAYS - 1),
)


class SlotConfirm:
    """Whoever works on the places of the employer: contacts, practice trainers and managers."""

    kind = "slot_confirm"

    def notices(self, calendar: Calendar) -> Iterator[list[Notice]]:
        due = due_steps(STEPS, calendar)
        stale = Slot.objects.filter(
            on_days("confirmed_on", due), state=SlotState.ONLINE, ends_on__gte=calendar.day
        )
        keys = stale.order_by("organisation", "pk").values_list("pk", flat=True)
        for rows in batches(keys, Slot.objects.select_related("organisation", "location").order_by()):
            yield gathered(_pairs(rows, due))

    def send(self, user: User, items: list[dict[str, Any]]) -> None:
        mail.employer_slot_unconfirmed(user, items)


def _pairs(rows: list[Slot], due: Due) -> Iterator[tuple[User, str, Item]]:
    keepers = recipients.keepers({row.organisation_id for row in rows})
    for row in rows:
        step = due.get(row.confirmed_on) if row.confirmed_on else None
        if step is None or row.state != SlotState.ONLINE:
            continue
        overview = reverse("placements:slot-list", args=[row.organisation.slug])
        words = {
            "slot": row.title,
            "location": str(row.location),
            "confirmed_on": row.confirmed_on,
            "path": reverse("placements:slot-manage", args=[row.organisation.slug, row.public_id]),
            "overview": overview,
        }
        for user in keepers.get(row.organisation_id, []):
            yield user, overview, Item(f"slot:{row.pk}", step, words)
