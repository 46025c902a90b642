"""What was said about a goal, and what whoever said it can do about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from accounts.models import Person
from partnerships.actors import Actor
from students import rules
from students.enums import Party
from students.models import Assessment, Goal, GoalRemark
from students.presenters.goals import SIDE_WORDS, Text
from students.rules import reports


@dataclass(frozen=True)
class Feedback:
    """What someone said about a goal, and for which side; the rest is of feedback as such only."""

    at: dt.datetime
    text: str
    party: str
    by: Person | None
    public_id: UUID | None = None
    taken_back_at: dt.datetime | None = None
    corrects_at: dt.datetime | None = None
    corrected_at: dt.datetime | None = None
    last_day: dt.date | None = None
    removed_because: str = ""
    may_take_back: bool = False
    may_report: bool = False
    may_remove: bool = False
    may_correct: bool = False

    @property
    def role(self) -> Text:
        """The side in words."""
        return SIDE_WORDS[Party(self.party)]


def feedback_on(actor: Actor, goal: Goal, assessments: list[Assessment]) -> list[Feedback]:
    """Feedback, also with results, and reasons why a text was sent back, newest first."""
    said = _remarks(actor, goal)
    said += [Feedback(row.at, row.feedback, Party.SCHOOL, row.by) for row in assessments if row.feedback]
    consents = goal.latest.consents.all() if goal.latest else []
    said += [Feedback(row.at, row.remark, row.party, row.by) for row in consents if row.remark]
    return sorted(said, key=lambda row: row.at, reverse=True)


def _remarks(actor: Actor, goal: Goal) -> list[Feedback]:
    rows = list(goal.remarks.select_related("by", "corrects"))
    corrected = {row.corrects_id: row.at for row in rows if row.corrects_id and row.taken_back_at is None}
    for row in rows:
        row.goal = goal
    return [_of_remark(actor, row, corrected.get(row.pk)) for row in rows]


def _of_remark(actor: Actor, row: GoalRemark, corrected_at: dt.datetime | None) -> Feedback:
    may_correct = rules.can_correct_remark(actor, row, is_corrected=corrected_at is not None)
    return Feedback(
        row.at,
        row.text,
        row.party,
        row.by,
        public_id=row.public_id,
        taken_back_at=row.taken_back_at,
        corrects_at=row.corrects.at if row.corrects else None,
        corrected_at=corrected_at,
        last_day=row.last_day_to_take_back,
        may_take_back=bool(rules.can_take_back_remark(actor, row)),
        may_correct=bool(may_correct),
        removed_because=row.removed_because,
        may_report=bool(reports.can_report(actor, row)),
        may_remove=bool(reports.can_remove(actor, row)),
    )
