"""What waits for someone anywhere in the portal: the steps of students, placements and agreements, merged.

Each app lists its own and cuts its list off; here they are sorted together, the most urgent first.
"""

from __future__ import annotations

from agreements.presenters import next_steps as agreement_steps
from partnerships.actors import Actor
from partnerships.presenters.next_steps import for_manager
from placements.presenters import next_steps as placement_steps
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
            *for_manager(actor, organisation_id),
        ]
    )


def for_teacher(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Everything that waits for a teacher of a school, in the own cohorts."""
    return by_urgency(
        [
            *student_steps.for_teacher(actor, organisation_id),
            *placement_steps.for_teacher(actor, organisation_id),
            *agreement_steps.for_teacher(actor, organisation_id),
            *for_manager(actor, organisation_id),
        ]
    )
