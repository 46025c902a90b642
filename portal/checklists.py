"""The few steps from an empty organisation or partnership to a first student: which are done, which one is now.

What is there and what lacks comes from `portal.beginnings`; here it is put into the steps of a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from partnerships.actors import Actor, HeldRole
from portal.beginnings import Beginning
from ui.next_steps import NextStep, Text

# The names of each step, and what of the beginning belongs to it.
Shape = Mapping[Text, Sequence[str]]
EMPLOYER: Shape = {
    _("Location"): ["location"],
    _("Training place"): ["slot"],
    pgettext_lazy("checklist", "People"): ["contact", "trainer", "signer"],
    _("Accreditation"): ["checked"],
}
SCHOOL: Shape = {
    _("Programme"): ["programme"],
    pgettext_lazy("checklist", "People"): ["teacher", "signer"],
    _("Cohort"): ["cohort", "teaching"],
    _("Students"): ["student"],
}
PARTNERSHIP: Shape = {
    _("Employer"): ["employer"],
    _("School"): ["school"],
    _("Initiative"): ["initiative"],
}
OF_ONESELF = {"contact", "trainer", "teacher"}  # roles that a manager can take too


@dataclass(frozen=True)
class ChecklistStep:
    """One step: what lacks in it is what to do there, nothing when it is done."""

    name: Text
    state: Literal["done", "now", "todo"]
    lacks: Sequence[NextStep]
    myself_url: str = ""


@dataclass(frozen=True)
class Checklist:
    """All steps in order, with how many are done."""

    steps: Sequence[ChecklistStep]
    done: int


def of_employer(actor: Actor, held: HeldRole, found: Beginning) -> Checklist | None:
    """The steps of an employer until all are done, then None."""
    return _checklist(EMPLOYER, found, _myself_url(actor, held))


def of_school(actor: Actor, held: HeldRole, found: Beginning) -> Checklist | None:
    """The steps of a school for its managers until all are done, then None; teachers have none."""
    if not actor.has_role(held.organisation_id, Role.MANAGER):
        return None
    return _checklist(SCHOOL, found, _myself_url(actor, held))


def of_partnership(found: Beginning) -> Checklist | None:
    """The steps of a partnership for its coordinators until all are done, then None."""
    return _checklist(PARTNERSHIP, found)


def _checklist(shape: Shape, found: Beginning, myself_url: str = "") -> Checklist | None:
    if not any(found.values()):
        return None
    steps: list[ChecklistStep] = []
    is_now = True
    for name, parts in shape.items():
        lacks = [step for part in parts if (step := found[part]) is not None]
        state: Literal["done", "now", "todo"] = "done" if not lacks else "now" if is_now else "todo"
        is_now = is_now and not lacks
        own = any(found[part] for part in OF_ONESELF.intersection(parts))
        steps.append(ChecklistStep(name, state, lacks, myself_url if own else ""))
    return Checklist(steps, sum(step.state == "done" for step in steps))


def _myself_url(actor: Actor, held: HeldRole) -> str:
    """Where a manager takes on roles too; empty for others."""
    if not actor.has_role(held.organisation_id, Role.MANAGER):
        return ""
    return reverse("partnerships:people-take-on", args=[held.slug])
