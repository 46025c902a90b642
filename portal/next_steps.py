"""What waits for someone around places, matches and agreements; first pages merge these with other apps' steps."""

from __future__ import annotations

from agreements.presenters import next_steps as agreement_steps
from partnerships.actors import Actor
from placements.presenters import next_steps as place_steps
from ui.next_steps import NextStep, by_urgency

MOST = 20


def for_student(actor: Actor) -> list[NextStep]:
    return by_urgency([*place_steps.for_student(actor), *agreement_steps.for_student(actor)])[:MOST]


def for_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    steps = [
        *place_steps.for_employer(actor, organisation_id),
        *agreement_steps.for_employer(actor, organisation_id),
    ]
    return by_urgency(steps)[:MOST]


def for_teacher(actor: Actor, organisation_id: int) -> list[NextStep]:
    steps = [
        *place_steps.for_teacher(actor, organisation_id),
        *agreement_steps.for_teacher(actor, organisation_id),
    ]
    return by_urgency(steps)[:MOST]
