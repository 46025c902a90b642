"""How it stands with what was promised for an action line, an initiative, a group or a partnership: counted and by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, RowNumber

from core.dates import today
from core.written import written
from meetings.enums import ActionState
from meetings.models import Action, Decision
from meetings.models.actions import RUNNING, ActionQuerySet
from meetings.models.decisions import DecisionQuerySet
from meetings.models.meetings import open_to
from meetings.queries.actions import Promised
from partnerships.actors import Actor
from partnerships.models import ActionLine

MOST_NAMED = 6
NOTHING = Promised(0, 0, 0)


@dataclass(frozen=True)
class Standing:
    """The counts of all that was promised, and by name what is late or comes first, as far as the reader may see it."""

    promised: Promised = NOTHING
    unseen: int = 0
    named: list[Action] = field(default_factory=list)

    @property
    def late(self) -> list[Action]:
        """Those that are late, the longest first."""
        return [row for row in self.named if row.is_late]

    @property
    def coming(self) -> Action | None:
        """The first that is due and not late."""
        return next((row for row in self.named if row.is_running and not row.is_late), None)


def of_lines(lines: Collection[ActionLine], actor: Actor) -> dict[int, Standing]:
    """By the key of each action line: its own actions and those of its initiatives. One query."""
    under = Q(action_line__in=lines) | Q(initiative__action_line__in=lines)
    partnerships = {line.partnership_id for line in lines}
    rows = Action.objects.filter(under, partnership__in=partnerships)
    return _standing(_counted(rows, Coalesce("action_line", "initiative__action_line"), actor))


def of_each(kind: str, keys: Collection[int], actor: Actor) -> dict[int, Standing]:
    """By the key of each row of the field `kind` of an action: its partnership, group or initiative. One query."""
    return _standing(_of_each(kind, keys=list(keys), actor=actor))


@written
def _of_each(kind: str, *, keys: list[int], actor: Actor) -> ActionQuerySet:
    return _counted(Action.objects.filter(**{f"{kind}__in": keys}), F(kind), actor)


def _counted(actions: ActionQuerySet, of: Combinable, actor: Actor) -> ActionQuerySet:
    late, done = Q(state__in=RUNNING, due_on__lt=today()), Q(state=ActionState.DONE)
    seen = Case(When(open_to(actor) | Q(owner=actor.person_id), then=Value(True)), default=Value(False))

    def counted(which: Q) -> Window:
        return Window(Count("pk", filter=which), partition_by=F("of"))

    rows = actions.exclude(state=ActionState.LAPSED).annotate(
        of=of,
        seen=seen,
        done=counted(done),
        late=counted(late),
        to_do=counted(Q(state__in=RUNNING) & ~late),
        unseen=counted(Q(seen=False)),
        place=Window(
            RowNumber(),
            partition_by=F("of"),
            order_by=[F("seen").desc(), Case(When(done, then=1), default=0), "due_on", "pk"],
        ),
    )
    return rows.filter(place__lte=MOST_NAMED).select_related("owner__user").order_by("of", "place")


def _standing(rows: Iterable[Action]) -> dict[int, Standing]:
    found: dict[int, Standing] = {}
    for row in rows:
        facts: Any = row
        promised = Promised(facts.done, facts.to_do, facts.late)
        one = found.setdefault(facts.of, Standing(promised, facts.unseen))
        if facts.seen:
            one.named.append(row)
    return found


def decided_on_line(line: ActionLine, actor: Actor) -> DecisionQuerySet:
    """Decisions about an action line and its initiatives that the actor may see, the newest first."""
    about = Q(action_line=line) | Q(initiative__action_line=line)
    return Decision.objects.visible_to(actor).filter(about, partnership=line.partnership_id).for_list()


def decided(actor: Actor, **about: Any) -> DecisionQuerySet:
    """Decisions of a partnership or group, or about an initiative, in the same way."""
    return Decision.objects.visible_to(actor).filter(**about).for_list()
