"""How far the three parties are with a goal, and what waits for whom: the one answer for rows that are loaded.

In SQL the same questions are `Goal.objects.awaiting(party)` and `Goal.objects.sent_back(to=party)`. A test compares the
two over random plans and over the demo region.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal

from students.enums import Answer, GoalState, Party, PlanState
from students.models import Consent, Goal, GoalVersion
from students.models.answers import AnswerT, Said, answers_that_count

State = Literal["none", "wait", "ok", "back"]
_ENDED = (GoalState.ASSESSED, GoalState.LAPSED)
_LEAST_FIRST: tuple[State, ...] = ("back", "wait", "none")


@dataclass(frozen=True)
class Standing(Generic[AnswerT]):
    """The answers to the newest text of one goal, and what follows from them."""

    answers: Mapping[str, AnswerT]
    is_asked: bool  # the newest text was put to consent
    is_assessed: bool
    is_open: bool  # agreement is still looked for: the goal has not ended, nor has its plan
    has_employer: bool
    holds: bool = False  # an agreed text holds, and nobody was asked yet about the newer one

    def state(self, party: Party) -> State:
        """What the sign strip shows of a party: said yes, sent back, asked, or nothing (yet)."""
        answer = self.answers.get(party)
        if answer is not None:
            return "ok" if answer.answer == Answer.YES else "back"
        if self.holds:
            return "ok"
        return "wait" if self.is_asked and not self.is_assessed else "none"

    @property
    def has_change(self) -> bool:
        """Whether a party asked for another text, in a plan that is closed too: what a list shows of it."""
        return any(self.state(party) == "back" for party in Party)

    def is_sent_back(self, *, to: Party | None = None) -> bool:
        """Whether a party asked for another text; `to` leaves out that party's own wish, which waits for the others."""
        return self.is_open and any(self.state(party) == "back" for party in Party if party != to)

    def waits_for(self, party: Party | None) -> bool:
        """Whether the text waits for this party's answer. What was sent back waits for a new text, not for consent."""
        if party is None or not self.is_open or self.is_sent_back():
            return False
        return self.state(party) == "wait" and (party != Party.EMPLOYER or self.has_employer)


def standing_of(goal: Goal, employer_id: int | None) -> Standing[Consent]:
    """Of a loaded goal with its plan and the answers to its newest text (`Goal.objects.for_list`).

    `employer_id` is the employer party of today, `enrolment.parties.employer`.
    """
    return _standing(
        goal.answers_of(employer_id),
        state=goal.state,
        plan_state=goal.plan.state,
        is_asked=goal.latest is not None and goal.latest.asked_at is not None,
        is_agreed=goal.current_id is not None,
        employer_id=employer_id,
    )


def standing_from(
    answers: Iterable[Said],
    *,
    state: str,
    plan_state: str,
    is_asked: bool,
    is_agreed: bool,
    employer_id: int | None,
) -> Standing[Said]:
    """The same from columns, for pages that draw hundreds of goals; `answers` oldest first."""
    employer = None if state == GoalState.ASSESSED else employer_id
    return _standing(
        answers_that_count(answers, employer),
        state=state,
        plan_state=plan_state,
        is_asked=is_asked,
        is_agreed=is_agreed,
        employer_id=employer_id,
    )


def _standing(
    answers: Mapping[str, AnswerT],
    *,
    state: str,
    plan_state: str,
    is_asked: bool,
    is_agreed: bool,
    employer_id: int | None,
) -> Standing[AnswerT]:
    return Standing(
        answers=answers,
        is_asked=is_asked,
        is_assessed=state == GoalState.ASSESSED,
        is_open=state not in _ENDED and plan_state != PlanState.CLOSED,
        has_employer=employer_id is not None,
        holds=is_agreed and not is_asked,
    )


def agreed_by(version: GoalVersion) -> list[Consent]:
    """The answer of each party with which a text was agreed; empty as long as it is not. Its answers are loaded."""
    if version.agreed_at is None:
        return []
    until_then = [row for row in version.consents.all() if row.at <= version.agreed_at]
    newest = {row.party: row for row in sorted(until_then, key=lambda row: row.number)}
    return [newest[party] for party in Party if party in newest]


def of_whole_plan(standings: Iterable[Standing[AnswerT]], party: Party) -> State:
    """The party's answer to a plan as a whole: the least far of its answers to the goals not assessed yet."""
    states = {standing.state(party) for standing in standings if not standing.is_assessed}
    return next((state for state in _LEAST_FIRST if state in states), "ok")
