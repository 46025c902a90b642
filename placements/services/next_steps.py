"""What waits for someone around places, matches and agreements; first pages merge these with other apps' steps."""

from __future__ import annotations

from core.next_steps import NextStep, by_urgency
from partnerships.actors import Actor
from placements.services import agreement_steps

MOST = 20


def for_student(actor: Actor) -> list[NextStep]:
    return by_urgency(agreement_steps.for_student(actor))[:MOST]


def for_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    return by_urgency(agreement_steps.for_employer(actor, organisation_id))[:MOST]


def for_teacher(actor: Actor, organisation_id: int) -> list[NextStep]:
    return by_urgency(agreement_steps.for_teacher(actor, organisation_id))[:MOST]
