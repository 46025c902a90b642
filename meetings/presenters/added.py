"""What meetings add to the pages of partnerships: what was promised and decided, for who may see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from meetings.models import Action, Decision, Meeting, PromisedAction
from meetings.models.decisions import DecisionQuerySet
from meetings.presenters.tables import Table
from meetings.queries import promises
from meetings.queries.promises import Standing
from meetings.queries.tables import kick_off_of
from meetings.rules.promised import can_give
from partnerships.actors import Actor
from partnerships.models import ActionLine, Call, CooperationVersion, Group, Initiative, Partnership, Promise
from partnerships.presenters.spots import (
    IN_ACTION_LINES,
    INSIDE,
    ON_ACTION_LINE,
    ON_CALL,
    ON_COOPERATION,
    ON_GROUP,
    ON_INITIATIVE,
)
from ui.sections import Section

MOST_DECISIONS = 3
MOST_BLOCKS = 60  # more of them say less than the counts below them
TEMPLATE = "meetings/added/promises.html"


@dataclass(frozen=True)
class Promises:
    """What was promised, done and late, and the latest decisions, with the ways to all of them."""

    standing: Standing
    decisions: Sequence[Decision]
    actions_url: str
    decisions_url: str

    @property
    def blocks(self) -> list[str]:
        """A block for each promise, by how it stands; none where there are too many to tell apart."""
        kept = self.standing.promised
        drawn = ["done"] * kept.done + ["late"] * kept.late + ["open"] * kept.to_do
        return drawn if len(drawn) <= MOST_BLOCKS else []


def _section(
    standing: Standing, decisions: DecisionQuerySet | None, table: Table, asked: str = ""
) -> Section:
    kept = [] if decisions is None else list(decisions[:MOST_DECISIONS])
    shown = Promises(standing, kept, table.actions_url + asked, table.decisions_url)
    return Section(TEMPLATE, shown)


@IN_ACTION_LINES.register
def in_action_lines(lines: Collection[ActionLine], actor: Actor) -> dict[int, Section]:
    """Under each action line of the list what was promised; the decisions stand on its own page."""
    found = promises.of_lines(lines, actor)
    return {
        line.pk: Section("meetings/added/lane.html", _promises_of(line, found.get(line.pk, Standing())))
        for line in lines
    }


def _promises_of(line: ActionLine, standing: Standing) -> Promises:
    return Promises(standing, [], f"{Table(line.partnership).actions_url}?lijn={line.public_id}", "")


@ON_ACTION_LINE.register
def on_action_line(lines: Collection[ActionLine], actor: Actor) -> dict[int, Section]:
    """The page of an action line: its promises and decisions. Two queries."""
    found = promises.of_lines(lines, actor)
    return {
        line.pk: _section(
            found.get(line.pk, Standing()),
            promises.decided_on_line(line, actor),
            Table(line.partnership),
            f"?lijn={line.public_id}",
        )
        for line in lines
    }


@INSIDE.register
def inside(partnerships: Collection[Partnership], actor: Actor) -> dict[int, Section]:
    """The page for the members of a partnership: what was promised and decided at all its tables. Two queries."""
    found = promises.of_each("partnership", [row.pk for row in partnerships], actor)
    return {
        row.pk: _section(found.get(row.pk, Standing()), promises.decided(actor, partnership=row), Table(row))
        for row in partnerships
    }


def counted(partnership: Partnership, actor: Actor) -> Section:
    """What was promised at all tables of a partnership, for its coordinator's first page. One query."""
    found = promises.of_each("partnership", [partnership.pk], actor)
    standing = found.get(partnership.pk, Standing())
    return Section("meetings/added/first.html", Promises(standing, [], Table(partnership).actions_url, ""))


@ON_GROUP.register
def on_group(groups: Collection[Group], actor: Actor) -> dict[int, Section]:
    """The page of a group: what was promised and decided there. Two queries."""
    found = promises.of_each("group", [row.pk for row in groups], actor)
    return {
        row.pk: _section(
            found.get(row.pk, Standing()), promises.decided(actor, group=row), Table(row.partnership, row)
        )
        for row in groups
    }


@ON_INITIATIVE.register
def on_initiative(initiatives: Collection[Initiative], actor: Actor) -> dict[int, Section]:
    """The inner page of an initiative: what was promised for it, and the decisions that moved it. Two queries.

    Whoever takes part as a person, and knows the partnership by nothing else, does not come here."""
    known = [row for row in initiatives if row.partnership_id in actor.inside]
    found = promises.of_each("initiative", [row.pk for row in known], actor) if known else {}
    return {
        row.pk: _section(
            found.get(row.pk, Standing()), promises.decided(actor, initiative=row), Table(row.partnership)
        )
        for row in known
    }


@dataclass(frozen=True)
class KeptPromise:
    """A promise of the agreement, and the action that keeps it, if someone took it on."""

    promise: Promise
    action: Action | None
    may_give: bool


@ON_COOPERATION.register
def on_cooperation(versions: Collection[CooperationVersion], actor: Actor) -> dict[int, Section]:
    """A version that was signed: what became of its promises. One query; the versions are loaded with their promises."""
    signed = [row for row in versions if row.signed_on]
    rows = PromisedAction.objects.filter(promise__version__in=[row.pk for row in signed]).for_list()
    actions = {row.promise_id: row.action for row in rows} if signed else {}
    return {
        row.pk: Section("meetings/added/cooperation.html", _kept(row, actions, bool(can_give(actor, row))))
        for row in signed
        if row.promises.all()
    }


def _kept(version: CooperationVersion, actions: Mapping[int, Action], may_give: bool) -> list[KeptPromise]:
    return [
        KeptPromise(promise, actions.get(promise.pk), may_give and promise.pk not in actions)
        for promise in version.promises.all()
    ]


@dataclass(frozen=True)
class KickOff:
    """The kick-off of a call and what was agreed there, or where it is planned."""

    meeting: Meeting | None
    decisions: Sequence[Decision]
    plan_url: str


@ON_CALL.register
def on_call(calls: Collection[Call], actor: Actor) -> dict[int, Section]:
    """The page of a call: its kick-off. Two queries, one where there is none yet."""
    return {row.pk: Section("meetings/added/kick_off.html", _kick_off(row, actor)) for row in calls}


def _kick_off(call: Call, actor: Actor) -> KickOff:
    meeting = kick_off_of(call.pk)
    decisions = Decision.objects.visible_to(actor).filter(meeting=meeting) if meeting is not None else ()
    plan_url = reverse("meetings:call-kick-off", args=[call.partnership.slug, call.slug])
    return KickOff(meeting, list(decisions), plan_url)
