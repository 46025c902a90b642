"""The conditions of a sign-up with how they were settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from core.models import StateChange
from partnerships.enums import ConditionState
from partnerships.models import PledgeCondition, SignUp
from ui.history import TrailLine, Undo, last_act, undo_of


@dataclass(frozen=True)
class ConditionRow:
    """A condition, the act that settled it, and whether that can be taken back."""

    condition: PledgeCondition
    act: StateChange | None
    undo: Undo | None

    @property
    def is_open(self) -> bool:
        """Whether it waits to be settled."""
        return self.condition.state == ConditionState.OPEN

    @property
    def kind(self) -> str:
        """The colour of its state."""
        kinds = {ConditionState.OPEN: "wait", ConditionState.MET: "done", ConditionState.FAILED: "back"}
        return kinds.get(ConditionState(self.condition.state), "todo")


def rows_of(sign_up: SignUp) -> list[ConditionRow]:
    """All conditions of a sign-up, in the order in which they were told; two queries, one when there are none."""
    found = list(sign_up.conditions.all())
    acts = _acts(found) if found else {}
    return [
        ConditionRow(row, last_act(acts.get(str(row.pk), [])), undo_of(row, acts.get(str(row.pk), [])))
        for row in found
    ]


def _acts(conditions: Iterable[PledgeCondition]) -> dict[str, list[TrailLine]]:
    keys = [str(row.pk) for row in conditions]
    made = StateChange.objects.filter(model=PledgeCondition._meta.label_lower, object_id__in=keys)
    found: dict[str, list[TrailLine]] = defaultdict(list)
    for act in made.select_related("by").order_by("at", "pk"):
        found[act.object_id].append(TrailLine(act, act.from_state, act.to_state))
    return found
