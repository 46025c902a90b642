"""The few steps from an empty organisation or partnership to a first student: which are done, which one is now.

What is there and what lacks comes from `portal.beginnings`; here it is put into the steps of a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from partnerships.actors import Actor, HeldRole
from portal.beginnings import Beginning
from ui.components import Link
from ui.next_steps import NextStep, Text


@dataclass(frozen=True)
class Planned:
    """A step as it is planned: what of the beginning belongs to it, and about how long it takes.

    `note` says what to know beforehand, `follows` what comes after it; `again` is what can be added once it is done.
    """

    name: Text
    parts: Sequence[str]
    minutes: int
    note: Text = ""
    follows: Text = ""
    again: tuple[Text, str] | None = None


@dataclass(frozen=True)
class Plan:
    """All steps of a kind of beginning, and what happens after them: an icon and a sentence each."""

    lead: Text
    steps: Sequence[Planned]
    afterwards: Sequence[tuple[str, Text]]


EMPLOYER = Plan(
    lead=_("These steps take you to your first student."),
    steps=(
        Planned(
            _("Location"), ["location"], 3, again=(_("Another location"), "partnerships:location-create")
        ),
        Planned(
            _("Training place"),
            ["slot"],
            5,
            note=_("Which programme, how many training places, which days?"),
            follows=_("It is online only when you say so."),
        ),
        Planned(
            pgettext_lazy("checklist", "People"),
            ["contact", "trainer", "signer"],
            3,
        ),
        Planned(_("Accreditation"), ["checked"], 1),
    ),
    afterwards=(
        ("eye", _("Schools can find your training place. You choose which ones.")),
        ("mail", _("You get a proposal with a first name, a programme and a school.")),
        ("users", _("You meet each other. Only then do you say yes or no.")),
        ("signature", _("School, student and employer sign the agreement.")),
    ),
)
SCHOOL = Plan(
    lead=_("These steps get you started with Leerpact."),
    steps=(
        Planned(_("Programme"), ["programme"], 4),
        Planned(
            pgettext_lazy("checklist", "People"),
            ["teacher", "signer"],
            3,
        ),
        Planned(_("Cohort"), ["cohort", "teaching"], 3),
        Planned(_("Students"), ["student"], 5, follows=_("Each student gets an invitation by email.")),
    ),
    afterwards=(
        ("search", _("Teachers look for a training place with each student, and propose it.")),
        ("users", _("The employer and the student say yes or no.")),
        ("signature", _("School, student and employer sign the agreement.")),
        ("clipboard-list", _("Student and teacher make the learning plan together.")),
    ),
)
PARTNERSHIP = Plan(
    lead=_("These steps get you started with Leerpact."),
    steps=(
        Planned(_("Employer"), ["employer"], 2, follows=_("The organisation itself says yes or no.")),
        Planned(_("School"), ["school"], 2, follows=_("The organisation itself says yes or no.")),
        Planned(_("Initiative"), ["initiative"], 10, follows=_("Others read it only when you publish it.")),
    ),
    afterwards=(
        ("briefcase", _("Employers register training places.")),
        ("school", _("Schools add their programmes and students.")),
        (
            "chart-bar",
            _("Here you see how many training places there are, and how many students are looking."),
        ),
    ),
)
OF_ONESELF = {"contact", "trainer", "teacher"}  # roles that a manager can take too
EXAMPLES = "slot"  # what there are examples of
A_QUARTER = 15
ROUND = 5  # minutes: nobody knows it more exactly


@dataclass(frozen=True)
class ChecklistStep:
    """One step: what lacks in it is what to do there, nothing when it is done. `more` are other ways to do it."""

    name: Text
    state: Literal["done", "now", "todo"]
    lacks: Sequence[NextStep]
    planned: Planned
    more: Sequence[Link] = ()
    myself_url: str = ""

    @property
    def acts(self) -> Sequence[NextStep]:
        """What can be done now, each page once."""
        return list({lack.url: lack for lack in reversed(self.lacks) if lack.url}.values())[::-1]

    @property
    def minutes(self) -> int:
        """About how long it takes, where anything can be done."""
        return self.planned.minutes if self.lacks else 0


@dataclass(frozen=True)
class Checklist:
    """All steps in order, with how many are done."""

    steps: Sequence[ChecklistStep]
    done: int
    plan: Plan

    @property
    def duration(self) -> str:
        """About how long what is not done takes, in words."""
        minutes = -(-sum(step.minutes for step in self.steps) // ROUND) * ROUND
        if minutes == A_QUARTER:
            return gettext("about a quarter of an hour")
        return gettext("about {minutes} minutes").format(minutes=minutes)


def of_employer(actor: Actor, held: HeldRole, found: Beginning) -> Checklist | None:
    """The steps of an employer until all are done, then None."""
    return _checklist(EMPLOYER, found, actor, held)


def of_school(actor: Actor, held: HeldRole, found: Beginning) -> Checklist | None:
    """The steps of a school for its managers until all are done, then None; teachers have none."""
    if not actor.has_role(held.organisation_id, Role.MANAGER):
        return None
    return _checklist(SCHOOL, found, actor, held)


def of_partnership(found: Beginning) -> Checklist | None:
    """The steps of a partnership for its coordinators until all are done, then None."""
    return _checklist(PARTNERSHIP, found)


def _checklist(
    plan: Plan, found: Beginning, actor: Actor | None = None, held: HeldRole | None = None
) -> Checklist | None:
    if not any(found.values()):
        return None
    myself_url = _myself_url(actor, held) if actor and held else ""
    steps: list[ChecklistStep] = []
    is_now = True
    for planned in plan.steps:
        lacks = [step for part in planned.parts if (step := found[part]) is not None]
        state: Literal["done", "now", "todo"] = "done" if not lacks else "now" if is_now else "todo"
        is_now = is_now and not lacks
        own = any(found[part] for part in OF_ONESELF.intersection(planned.parts))
        more = _more(planned, lacks, held, is_manager=bool(myself_url)) if held else []
        steps.append(ChecklistStep(planned.name, state, lacks, planned, more, myself_url if own else ""))
    return Checklist(steps, sum(step.state == "done" for step in steps), plan)


def _more(planned: Planned, lacks: Sequence[NextStep], held: HeldRole, *, is_manager: bool) -> list[Link]:
    """What else can be done at a step: begin with an example, or add another one once it is done."""
    if not lacks and planned.again and is_manager:
        label, page = planned.again
        return [Link(label, reverse(page, args=[held.slug]))]
    start = reverse("placements:slot-start", args=[held.slug])
    if EXAMPLES in planned.parts and any(lack.url == start for lack in lacks):
        return [Link(_("Take an example"), reverse("placements:slot-examples", args=[held.slug]))]
    return []


def _myself_url(actor: Actor, held: HeldRole) -> str:
    """Where a manager takes on roles too; empty for others."""
    if not actor.has_role(held.organisation_id, Role.MANAGER):
        return ""
    return reverse("partnerships:people-take-on", args=[held.slug])
