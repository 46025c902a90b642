"""To which invitation a personal link belongs."""

from __future__ import annotations

from accounts.models import PersonalLink
from meetings.models import Attendance


def attendance_of(link: PersonalLink) -> Attendance | None:
    """What is answered by this link, with its meeting; of whoever sits there no longer nothing."""
    rows = Attendance.objects.sitting().filter(links__link=link)
    related = rows.select_related("meeting__partnership", "meeting__group", "person__user", "organisation")
    return related.first()
