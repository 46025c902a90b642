"""What waits for someone anywhere in the portal: the steps of each app, and what has yet to be begun, merged.

Each app lists its own and cuts its list off; here they are sorted together, the most urgent first.
"""

from __future__ import annotations

from collections.abc import Sequence

from agreements.presenters import next_steps as agreement_steps
from meetings.presenters import next_steps as meeting_steps
from partnerships.actors import Actor
from partnerships.models import Initiative, Partnership
from partnerships.presenters import next_steps as partnership_steps
from placements.presenters import next_steps as placement_steps
from portal import beginnings
from portal.beginnings import Beginning
from programmes.models import Cohort
from students.presenters import next_steps as student_steps
from ui.next_steps import NextStep, by_urgency


def for_student(actor: Actor) -> list[NextStep]:
    """Everything that waits for a student."""
    return by_urgency([*student_steps.for_student(actor), *beside_plan(actor)])


def beside_plan(actor: Actor) -> list[NextStep]:
    """What waits for a student besides the own plan, whose page adds its steps from the rows that it has read anyway."""
    return by_urgency(
        [
            *placement_steps.for_student(actor),
            *agreement_steps.for_student(actor),
            *meeting_steps.for_person(actor),
        ]
    )


def for_employer(actor: Actor, organisation_id: int, begun: Beginning | None = None) -> list[NextStep]:
    """Everything that waits for someone of an employer, as far as the roles there go.

    `begun` is for a page that knows already what is there and what lacks.
    """
    if begun is None:
        begun = beginnings.employer(actor, organisation_id)
    return by_urgency(
        [
            *placement_steps.for_employer(actor, organisation_id),
            *agreement_steps.for_employer(actor, organisation_id),
            *student_steps.for_employer(actor, organisation_id),
            *partnership_steps.for_manager(actor, organisation_id),
            *meeting_steps.for_person(actor),
            *beginnings.acts_of(begun),
        ]
    )


def for_teacher(
    actor: Actor,
    organisation_id: int,
    begun: Beginning | None = None,
    cohorts: Sequence[Cohort] | None = None,
) -> list[NextStep]:
    """Everything that waits for a teacher of a school, in the own cohorts, and for its managers.

    `begun` is as there; `cohorts` are the own ones, of a page that has read what waits in them.
    """
    if begun is None:
        begun = beginnings.school(actor, organisation_id)
    return by_urgency(
        [
            *student_steps.for_teacher(actor, organisation_id, cohorts),
            *placement_steps.for_teacher(actor, organisation_id),
            *agreement_steps.for_teacher(actor, organisation_id),
            *partnership_steps.for_manager(actor, organisation_id),
            *meeting_steps.for_person(actor),
            *beginnings.acts_of(begun),
        ]
    )


def for_coordinator(
    actor: Actor,
    partnership: Partnership,
    initiatives: Sequence[Initiative] | None = None,
    begun: Beginning | None = None,
) -> list[NextStep]:
    """Everything that waits for a coordinator of a partnership; `initiatives` and `begun` as there."""
    if begun is None:
        begun = beginnings.in_partnership(partnership)
    steps = partnership_steps.for_coordinator(actor, partnership.pk, initiatives)
    own = meeting_steps.for_person(actor, partnership.pk)
    return [*by_urgency([*steps, *own]), *beginnings.acts_of(begun)]
