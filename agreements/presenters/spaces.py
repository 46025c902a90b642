"""In which space the pages of an agreement stand: their colour and their entry in the menu."""

from __future__ import annotations

from agreements import rules
from agreements.models import Agreement
from partnerships.actors import Actor

PARTIES = (
    ("student", rules.is_student),
    ("teacher", rules.is_school),
    ("employer", rules.is_employer),
    ("supervisor", rules.is_supervisor),
)


def space_of(actor: Actor, agreement: Agreement) -> str:
    """Whose colours the pages wear for this reader: the first party that the reader is, or the coordinator."""
    return next((space for space, holds in PARTIES if holds(actor, agreement)), "coordinator")
