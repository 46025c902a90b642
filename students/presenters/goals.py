"""How goals look: status, day, sign strip and remark of each, grouped by work process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.dates import local_day, today
from core.text import full_name
from students.enums import GoalResult, GoalState, Party
from students.models import Consent, Enrolment, Goal, LearningPlan
from students.queries.consent import Standing, of_whole_plan, standing_of
from ui.components import BlockState, LineBlock, LineGroup, PartyName, SignParty, SignState, folded
from ui.formats import day

Text = str | Promise
MOST_GOALS = 2  # of a part of the plan, before the rest of it is folded
PARTIES = (Party.STUDENT, Party.EMPLOYER, Party.SCHOOL)
SHAPES: dict[Party, PartyName] = {
    Party.STUDENT: "student",
    Party.EMPLOYER: "employer",
    Party.SCHOOL: "school",
}
SIDE_WORDS = {
    Party.STUDENT: pgettext_lazy("who wrote", "student"),
    Party.EMPLOYER: pgettext_lazy("who wrote", "workplace"),
    Party.SCHOOL: pgettext_lazy("who wrote", "teacher"),
}
STATUS: dict[str, tuple[str, Text]] = {
    GoalState.AGREED: ("todo", pgettext_lazy("goal", "Not started yet")),
    GoalState.BUSY: ("busy", pgettext_lazy("goal", "In progress")),
    GoalState.DEMONSTRATED: ("wait", pgettext_lazy("goal", "Handed in")),
    GoalState.LAPSED: ("todo", pgettext_lazy("goal", "Dropped")),
}


@dataclass(frozen=True)
class Remark:
    """What someone last said about a goal, with the party it speaks for."""

    text: str
    party: str
    author: str
    at: datetime

    @property
    def role(self) -> Text:
        return SIDE_WORDS[Party(self.party)]


@dataclass(frozen=True)
class GoalRow:
    """A goal as a list draws it."""

    goal: Goal
    standing: Standing[Consent]
    status: tuple[str, Text]
    block: BlockState
    when: Text
    parties: Sequence[SignParty]
    remark: Remark | None

    @property
    def anchor(self) -> str:
        return f"doel-{self.goal.public_id}"

    @property
    def is_achieved(self) -> bool:
        return self.goal.result == GoalResult.PASSED

    @property
    def is_now(self) -> bool:
        """Whether someone works on it, or is asked about it."""
        asked = self.goal.state == GoalState.PROPOSED and self.goal.latest and self.goal.latest.asked_at
        return bool(asked) or bool(self.goal.pending) or self.block in {"busy", "back"}

    @property
    def due_on(self) -> date:
        """By when it is to be done; without a text of its own last of all."""
        return self.goal.shown.due_on if self.goal.shown else date.max

    @property
    def is_whole(self) -> bool:
        """Whether all three agree, so that the strip has nothing to say."""
        return all(party.state == "ok" for party in self.parties)


@dataclass(frozen=True)
class Group:
    """The goals of one work process, or those without one."""

    code: str
    title: Text
    rows: Sequence[GoalRow]
    qualification: str = ""  # named where the programme has more than one

    @property
    def achieved(self) -> int:
        return sum(row.is_achieved for row in self.rows)

    @property
    def ident(self) -> str:
        return f"wp-{self.rows[0].goal.work_process_id or 0}"


@dataclass(frozen=True)
class Turn:
    """The goals of now, of later, or those achieved; what is open from the start is what one came for."""

    title: Text
    rows: Sequence[GoalRow]
    is_open: bool = False

    @property
    def shown(self) -> Sequence[GoalRow]:
        """The first ones; a list that is longer folds the rest."""
        return folded(self.rows, MOST_GOALS)[0]

    @property
    def more(self) -> Sequence[GoalRow]:
        """What the fold holds."""
        return folded(self.rows, MOST_GOALS)[1]


def by_turn(rows: Sequence[GoalRow]) -> list[Turn]:
    """What is worked on or waits for an answer, what comes later, both by their day, and what is achieved.

    Empty ones are left out. Where nothing is worked on, what comes first is open.
    """
    achieved = [row for row in rows if row.is_achieved]
    ahead = sorted((row for row in rows if row not in achieved), key=lambda row: row.due_on)
    now = [row for row in ahead if row.is_now]
    later = [row for row in ahead if not row.is_now]
    turns = [
        Turn(pgettext_lazy("goals", "Now"), now, is_open=True),
        Turn(pgettext_lazy("goals", "Later"), later, is_open=not now),
        Turn(pgettext_lazy("goals", "Achieved"), achieved, is_open=not now and not later),
    ]
    return [turn for turn in turns if turn.rows]


def goal_row(goal: Goal, enrolment: Enrolment) -> GoalRow:
    """A goal of `for_list`, for a list; needs the parties of the enrolment."""
    standing = standing_of(goal, enrolment.parties.employer)
    back = standing.has_change
    return GoalRow(
        goal=goal,
        standing=standing,
        status=_status(goal, back),
        block=_block(goal, back),
        when=_when(goal),
        parties=[_sign(standing, party) for party in PARTIES],
        remark=_remark(goal, goal.latest.consents.all() if goal.latest else ()),
    )


def goal_rows(goals: Iterable[Goal], enrolment: Enrolment) -> list[GoalRow]:
    """The rows of these goals, in their order."""
    return [goal_row(goal, enrolment) for goal in goals]


def grouped(rows: Iterable[GoalRow]) -> list[Group]:
    """By work process, in the order of the rows; own questions last."""
    groups = []
    for _key, found in groupby(rows, key=lambda row: row.goal.work_process_id):
        members = list(found)
        process = members[0].goal.process
        if process is None:
            groups.append(Group("", _("Own questions"), members))
        else:
            groups.append(Group(process.code, process.title, members, process.named or ""))
    return groups


def line_of(groups: Iterable[Group]) -> list[LineGroup]:
    """The learning line: a block per goal, linking to its page, since its row may stand in a part that is closed."""
    return [
        LineGroup(
            group.code or str(pgettext_lazy("progress line", "Own")),
            [LineBlock(row.block, str(row.goal.shown), row.goal.get_absolute_url()) for row in group.rows],
        )
        for group in groups
    ]


def plan_parties(plan: LearningPlan, rows: Sequence[GoalRow]) -> list[SignParty]:
    """The large strip: a party agreed when no goal still waits for it."""
    parties = plan.enrolment.parties
    names = {
        Party.STUDENT: plan.enrolment.student.full_name,
        Party.EMPLOYER: parties.employer_name,
        Party.SCHOOL: parties.teacher_name,
    }
    standings = [row.standing for row in rows]
    return [_summed(party, standings, names[party]) for party in PARTIES]


def _summed(party: Party, standings: Sequence[Standing[Consent]], name: str) -> SignParty:
    state: SignState = of_whole_plan(standings, party) if standings else "none"
    if state != "ok":
        return SignParty(SHAPES[party], state, name=name)
    answers = [standing.answers[party] for standing in standings if party in standing.answers]
    last = max(answers, key=lambda answer: answer.at, default=None)
    who = str(last.by) if last and last.by else name
    return SignParty(SHAPES[party], "ok", name=who, on=local_day(last.at) if last else None)


def _status(goal: Goal, back: bool) -> tuple[str, Text]:
    if goal.state == GoalState.ASSESSED:
        if goal.result == GoalResult.PASSED:
            return "done", pgettext_lazy("goal", "Achieved")
        return "back", pgettext_lazy("goal", "Not achieved yet")
    if goal.state == GoalState.PROPOSED:
        if back:
            return "back", pgettext_lazy("goal", "Change requested")
        if goal.latest and goal.latest.asked_at:
            return "wait", pgettext_lazy("goal", "Asked")
        return "todo", pgettext_lazy("goal", "Being written")
    return STATUS[goal.state]


def _block(goal: Goal, back: bool) -> BlockState:
    if goal.result == GoalResult.PASSED:
        return "done"
    if goal.state == GoalState.PROPOSED and back:
        return "back"
    busy = {GoalState.BUSY, GoalState.DEMONSTRATED, GoalState.ASSESSED}
    return "busy" if goal.state in busy else "todo"


def _when(goal: Goal) -> Text:
    if goal.state == GoalState.ASSESSED and goal.assessed_at:
        words = _("Finished on {day}") if goal.result == GoalResult.PASSED else _("Assessed on {day}")
        return format_lazy(words, day=day(goal.assessed_at))
    if goal.state == GoalState.LAPSED or goal.shown is None:
        return ""
    if goal.shown.due_on == today():
        return _("Ready today")
    if goal.shown.due_on < today() and goal.state != GoalState.DEMONSTRATED:
        return format_lazy(_("Late: it was due on {day}"), day=day(goal.shown.due_on))
    return format_lazy(_("Due by {day}"), day=day(goal.shown.due_on))


def _sign(standing: Standing[Consent], party: Party) -> SignParty:
    consent = standing.answers.get(party)
    return SignParty(
        SHAPES[party],
        standing.state(party),
        name=str(consent.by or "") if consent else "",
        on=local_day(consent.at) if consent else None,
    )


def _remark(goal: Goal, consents: Iterable[Consent]) -> Remark | None:
    """What was said last: feedback, or the reason why a text was sent back."""
    found = [
        Remark(consent.remark, consent.party, str(consent.by or ""), consent.at)
        for consent in consents
        if consent.remark
    ]
    newest: list[dict[str, Any] | None] = [
        getattr(goal, name, None) for name in ("last_remark", "last_feedback")
    ]
    for row in filter(None, newest):
        author = full_name(
            first_name=row["first_name"] or "",
            last_name=row["last_name"] or "",
            prefix=row["name_prefix"] or "",
        )
        at = parse_datetime(row["at"])
        if at is not None:
            found.append(Remark(row["text"], row["party"], author, at))
    return max(found, key=lambda remark: remark.at, default=None)
