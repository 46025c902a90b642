"""Two versions of a plan beside each other, with what changed in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from students.models import GoalVersion, LearningPlan, PlanVersion
from ui.formats import day


@dataclass(frozen=True)
class Difference:
    """One goal in two versions; an empty text where it was not there."""

    title: str
    old: str
    new: str

    @property
    def kind(self) -> str:
        if self.old == self.new:
            return "same"
        return "changed" if self.old and self.new else "added" if self.new else "gone"

    @property
    def rest(self) -> str:
        """The new text without what stands above it as the title."""
        return self.new.removeprefix(self.title).lstrip("\n")


def as_text(version: GoalVersion | None) -> str:
    """A version of a goal as one readable text, so that a difference shows where it is."""
    if version is None:
        return ""
    lines = [
        version.text,
        f"{_('Achieved when')}: {version.criterion}" if version.criterion else "",
        f"{_('Way of working')}: {version.way_of_working}" if version.way_of_working else "",
        f"{_('Evidence')}: {version.evidence_asked}" if version.evidence_asked else "",
        f"{_('Due by')}: {day(version.due_on)}",
    ]
    return "\n".join(line for line in lines if line)


def differences(older: PlanVersion | None, newer: PlanVersion) -> list[Difference]:
    """Goal by goal, in the order of the plan."""
    before = {version.goal_id: version for version in older.goal_versions.all()} if older else {}
    after = {version.goal_id: version for version in newer.goal_versions.all()}
    goals = {version.goal_id: version.goal for version in [*before.values(), *after.values()]}
    ordered = sorted(goals.values(), key=lambda goal: (goal.position, goal.pk))
    return [
        Difference(
            title=str(after.get(goal.pk) or before.get(goal.pk)),
            old=as_text(before.get(goal.pk)),
            new=as_text(after.get(goal.pk)),
        )
        for goal in ordered
    ]


def versions_context(plan: LearningPlan, asked: Mapping[str, str]) -> dict[str, Any]:
    """The versions of a plan and what differs between the two that the address names.

    `asked` holds "van" and "naar"; by default the newest version is shown against the one before it.
    """
    versions = list(plan.versions.select_related("asked_by").order_by("-number"))
    newer, older = _chosen(versions, asked)
    context: dict[str, Any] = {"plan": plan, "versions": versions, "newer": newer, "older": older}
    if newer is not None:
        loaded = plan.versions.filter(pk__in=[item.pk for item in (newer, older) if item])
        by_pk = {item.pk: item for item in loaded.prefetch_related("goal_versions__goal")}
        found = differences(by_pk.get(older.pk) if older else None, by_pk[newer.pk])
        context["changes"] = [item for item in found if item.kind != "same"]
        context["same"] = [item for item in found if item.kind == "same"]
    return context


def _chosen(
    versions: list[PlanVersion], asked: Mapping[str, str]
) -> tuple[PlanVersion | None, PlanVersion | None]:
    """The two versions of the address; by default the newest and the one before it."""
    by_number = {str(version.number): version for version in versions}
    newer = by_number.get(asked.get("naar", ""), versions[0] if versions else None)
    if newer is None:
        return None, None
    before = by_number.get(str(newer.number - 1))
    older = by_number.get(asked.get("van", ""), before)
    return newer, older if older and older.number < newer.number else before
