"""What waits for someone anywhere in the portal: the steps of each app, and what has yet to be begun, merged.

Each app lists its own and cuts its list off; here they are sorted together, the most urgent first.
"""

from __future__ import annotations

from collections.abc import Sequence

from agreements.presenters import next_steps as agreement_steps
from partnerships.actors import Actor
from partnerships.models import Initiative
from partnerships.presenters import next_steps as partnership_steps
from placements.presenters import next_steps as placement_steps
from portal import beginnings
from students.presenters import next_steps as student_steps
from ui.next_steps import NextStep, by_urgency


def for_student(actor: Actor) -> list[NextStep]:
    """Everything that waits for a student."""
    return by_urgency([*student_steps.for_student(actor), *beside_plan(actor)])


def beside_plan(actor: Actor) -> list[NextStep]:
    """What waits for a student besides the own plan, whose page adds its steps from the rows that it has read anyway."""
    return by_urgency([*placement_steps.for_student(actor), *agreement_steps.for_student(actor)])


def for_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Everything that waits for someone of an employer, as far as the roles there go."""
    return by_urgency(
        [
            *placement_steps.for_employer(actor, organisation_id),
            *agreement_steps.for_employer(actor, organisation_id),
            *student_steps.for_employer(actor, organisation_id),
            *partnership_steps.for_manager(actor, organisation_id),
            *beginnings.of_employer(actor, organisation_id),
        ]
    )


def for_teacher(actor: Actor, organisation_id: int, *, is_begun: bool = False) -> list[NextStep]:
    """Everything that waits for a teacher of a school, in the own cohorts, and for its managers.

    `is_begun` is for a page that has seen the cohorts of a teacher: then nothing lacks.
    """
    return by_urgency(
        [
            *student_steps.for_teacher(actor, organisation_id),
            *placement_steps.for_teacher(actor, organisation_id),
            *agreement_steps.for_teacher(actor, organisation_id),
            *partnership_steps.for_manager(actor, organisation_id),
            *([] if is_begun else beginnings.of_school(actor, organisation_id)),
        ]
    )


def for_coordinator(
    actor: Actor,
    partnership_id: int,
    initiatives: Sequence[Initiative] | None = None,
    *,
    is_begun: bool = False,
) -> list[NextStep]:
    """Everything that waits for a coordinator of a partnership; `initiatives` as there.

    `is_begun` is for a page that has seen places, students and initiatives of it: then nothing lacks.
    """
    steps = partnership_steps.for_coordinator(actor, partnership_id, initiatives)
    own = [row for row in actor.coordinated if row.partnership_id == partnership_id and not is_begun]
    return [*steps, *(step for row in own for step in beginnings.of_partnership(row))]
