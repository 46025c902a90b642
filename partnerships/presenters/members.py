"""What the pages of a member of a partnership show."""

from __future__ import annotations

from partnerships.models import Member
from ui import history


def trail_of(member: Member) -> list[history.TrailLine]:
    """Other roles it had, and that it left and came back."""
    return history.in_time(history.field_lines(member), history.endings({member: ""}))
