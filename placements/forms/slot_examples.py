"""Examples of a place, for whoever describes the first one: words and hours. What is to be chosen stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placements.forms.slots import STEP_FIELDS


@dataclass(frozen=True)
class Example:
    """A place as it could be; `key` names it in an address, the other fields are those of a slot."""

    key: str
    kind: Promise
    title: Promise
    tasks: Promise
    learns: Promise
    hours_per_week: int
    supervision_hours: int

    def of_step(self, step: str) -> dict[str, Any]:
        """What stands in the fields of a step beforehand."""
        return {name: vars(self)[name] for name in STEP_FIELDS[step] if name in vars(self)}


EXAMPLES: Sequence[Example] = (
    Example(
        key="verpleeghuis",
        kind=_("Nursing home"),
        title=_("Learning on the ward"),
        tasks=_("Morning care, meals, a walk or a talk, and reporting with a colleague."),
        learns=_(
            "You learn step by step to help residents with washing, dressing and eating. First you watch, then you "
            "do it together, and after a few weeks you do more by yourself. You learn to report in the file and to "
            "talk with family."
        ),
        hours_per_week=24,
        supervision_hours=2,
    ),
    Example(
        key="thuiszorg",
        kind=_("Home care"),
        title=_("Learning in the district team"),
        tasks=_(
            "Joining a colleague on the route, washing and dressing, giving medication together, and reporting."
        ),
        learns=_(
            "You go along with a regular colleague. You learn to come into someone's home, to see what someone can "
            "still do and to plan your route. When it goes well you visit a few clients by yourself."
        ),
        hours_per_week=24,
        supervision_hours=2,
    ),
    Example(
        key="zorgboerderij",
        kind=_("Care farm or day centre"),
        title=_("Learning at the care farm"),
        tasks=_("Animals and garden with participants, coffee and lunch, and a short report of the day."),
        learns=_(
            "You learn to guide participants in their work: what someone can do, what someone needs help with and how "
            "to keep the day quiet. You begin next to a colleague and after a few weeks you have a small group of "
            "your own."
        ),
        hours_per_week=24,
        supervision_hours=2,
    ),
    Example(
        key="buurt",
        kind=_("Neighbourhood work"),
        title=_("Learning in the neighbourhood team"),
        tasks=_("Receiving visitors, an activity each week, visits with a colleague, and the planning."),
        learns=_(
            "You learn to get to know people in the neighbourhood and to hear what they need. You help with "
            "activities, and after some time you organise one yourself."
        ),
        hours_per_week=16,
        supervision_hours=2,
    ),
)


def example_of(key: str) -> Example | None:
    """The example of that name, if there is one."""
    return next((example for example in EXAMPLES if example.key == key), None)
