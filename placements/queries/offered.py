"""What an employer offers of a call."""

from __future__ import annotations

from placements.models import Slot


def number_of_call(call_id: int, organisation_id: int) -> int:
    """How many slots of this call an employer has, drafts too."""
    return Slot.objects.filter(call=call_id, organisation=organisation_id).count()
