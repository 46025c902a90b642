"""What should be true of plans, goals and the consent of three parties, in plain Python.

Written from what the portal promises (docs/domain.md 3 and 6), not from its code: it imports nothing of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

DAY = dt.timedelta(days=1)
UNDO = dt.timedelta(days=14)
PARTIES = ("student", "school", "employer")
CHANGEABLE = ("proposed", "agreed", "busy")
ENDED = ("assessed", "lapsed")


@dataclass(eq=False)
class Answer:
    party: str
    said: str  # yes or change
    by: int
    employer: int | None  # of which employer, where it speaks for one


@dataclass(eq=False)
class Text:
    pk: int
    by: int
    is_asked: bool = False
    answers: list[Answer] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)  # what someone at work wrote of it

    def counting(self, employer: int | None) -> dict[str, Answer]:
        """A party's newest; of employers only that of today, or without one the last."""
        return {
            row.party: row
            for row in self.answers
            if row.party != "employer" or employer is None or row.employer == employer
        }

    def is_agreed(self, employer: int | None) -> bool:
        """All three of today said yes."""
        said = self.counting(employer)
        return (
            employer is not None
            and set(said) == set(PARTIES)
            and {row.said for row in said.values()} == {"yes"}
        )


@dataclass(eq=False)
class Act:
    name: str
    day: dt.date
    was: str
    by: int


@dataclass(eq=False)
class Goal:
    pk: int
    plan: Plan
    texts: list[Text]
    state: str = "proposed"
    result: str = ""
    holds: Text | None = None
    acts: list[Act] = field(default_factory=list)  # that stand
    is_shown: bool = False  # whether the school can read evidence
    # The hand-in that stands: on evidence, on what was seen.
    rests_on: tuple[bool, int | None] = (False, None)

    @property
    def newest(self) -> Text:
        return self.texts[-1]

    @property
    def seen(self) -> int | None:
        """What someone at work wrote last of the text that holds."""
        return self.holds.seen[-1] if self.holds and self.holds.seen else None


@dataclass(eq=False)
class Plan:
    pk: int
    enrolment: Enrolment
    state: str = "draft"
    was_active: bool = False
    closed_on: dt.date | None = None  # by the school itself, or with the enrolment
    was: str = ""
    goals: list[Goal] = field(default_factory=list)
    last_asker: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state != "closed"


@dataclass(eq=False)
class Enrolment:
    pk: int
    starts: dt.date
    state: str = "enrolled"
    left_on: dt.date | None = None
    is_continued: bool = False
    is_moved: bool = False  # to the other group of the programme
    closed_along: list[Plan] = field(default_factory=list)
    ended_along: list[tuple[Work, dict[str, object]]] = field(default_factory=list)


@dataclass(eq=False)
class Work:
    """A placement, as far as plans know it."""

    pk: int
    slot: int
    employer: int
    enrolment: Enrolment
    starts: dt.date
    ends: dt.date
    is_live: bool = True
    is_left: bool = False  # ends, or ended, on a day that was chosen


class Model:
    """One student over time."""

    def __init__(self, day: dt.date, enrolment: Enrolment) -> None:
        self.day = day
        self.enrolments = [enrolment]
        self.plans: list[Plan] = []
        self.works: list[Work] = []

    @property
    def enrolment(self) -> Enrolment:
        return self.enrolments[-1]

    @property
    def goals(self) -> list[Goal]:
        return [goal for plan in self.plans for goal in plan.goals]

    @property
    def has_plan(self) -> bool:
        """An open one, of the newest enrolment."""
        return any(row.is_open for row in self.plans if row.enrolment is self.enrolment)

    @property
    def asked(self) -> list[Goal]:
        """Whose newest text was put to consent."""
        return [goal for goal in self.goals if goal.newest.is_asked]

    def work(self, enrolment: Enrolment | None = None) -> Work | None:
        """Where the student has work now or soon that goes on, with this enrolment or any."""
        rows = (row for row in self.works if self._counts(row) and not row.is_left)
        return next((row for row in rows if enrolment in (None, row.enrolment)), None)

    def employer(self, enrolment: Enrolment) -> int | None:
        """Who speaks as employer: where the student works or will, the one found last."""
        rows = (row for row in reversed(self.works) if row.enrolment is enrolment)
        return next((row.employer for row in rows if self._counts(row)), None)

    def _counts(self, row: Work) -> bool:
        return row.is_live and self.day <= row.ends

    def may_find_work(self, slot_ends: dt.date) -> bool:
        """Enrolled and without work that goes on; who leaves somewhere begins the day after, and needs two days."""
        left = (row.ends + DAY for row in self.works if row.is_left and row.ends >= self.day)
        return (
            self.enrolment.state == "enrolled" and self.work() is None and max([self.day, *left]) < slot_ends
        )

    def may_leave_work(self, work: Work, last_day: dt.date) -> bool:
        return last_day < work.ends

    def leave_work(self, work: Work, last_day: dt.date) -> None:
        """Until that day the employer speaks; when it has come, at once no more."""
        work.is_left = True
        work.is_live = last_day > self.day
        work.ends = max(last_day, work.starts)

    # Texts and consent

    def standing(self, goal: Goal, party: str) -> str:
        """What a party has said to the newest text: ok, back, wait or none."""
        answer = goal.newest.counting(self._asked_employer(goal)).get(party)
        if answer is not None:
            return "ok" if answer.said == "yes" else "back"
        if goal.holds is not None and not goal.newest.is_asked:
            return "ok"
        return "wait" if goal.newest.is_asked and goal.state != "assessed" else "none"

    def _asked_employer(self, goal: Goal) -> int | None:
        """Consent to what was assessed stays that of then."""
        return None if goal.state == "assessed" else self.employer(goal.plan.enrolment)

    def waits_for(self, goal: Goal, party: str) -> bool:
        """Asked, answered by nobody with a wish, not yet by this one."""
        if goal.state in ENDED or not goal.plan.is_open:
            return False
        standings = {one: self.standing(goal, one) for one in PARTIES}
        there = party != "employer" or self.employer(goal.plan.enrolment) is not None
        return there and "back" not in standings.values() and standings[party] == "wait"

    def may_change(self, goal: Goal) -> bool:
        return goal.plan.is_open and goal.state in CHANGEABLE

    def to_ask(self, plan: Plan) -> list[Goal]:
        return [row for row in plan.goals if row.state not in ENDED and not row.newest.is_asked]

    def may_ask(self, plan: Plan, by: int) -> bool:
        """There is something new and somebody to ask; asked twice by one person is asked once."""
        if not plan.is_open or self.employer(plan.enrolment) is None:
            return False
        return bool(self.to_ask(plan)) or plan.last_asker == by

    def ask(self, plan: Plan, party: str, by: int) -> None:
        """Who asks agrees."""
        asked = self.to_ask(plan)
        if asked:
            plan.last_asker = by
        for goal in asked:
            goal.newest.is_asked = True
        for goal in asked:
            self._record(goal, party, "yes", by)

    def may_answer(self, goal: Goal, text: Text, party: str, said: str, by: int) -> bool:
        if not goal.plan.is_open or text is not goal.newest:
            return False
        if self._said_already(goal, party, said, by):
            return True
        if goal.state in ENDED or not text.is_asked:
            return False
        mine = text.counting(self.employer(goal.plan.enrolment)).get(party)
        return not (mine is not None and mine.said == "yes" and goal.holds is text)

    def _said_already(self, goal: Goal, party: str, said: str, by: int) -> bool:
        mine = goal.newest.counting(self._asked_employer(goal)).get(party)
        return mine is not None and (mine.said, mine.by) == (said, by)

    def answer(self, goal: Goal, party: str, said: str, by: int) -> None:
        if not self._said_already(goal, party, said, by):
            self._record(goal, party, said, by)

    def _record(self, goal: Goal, party: str, said: str, by: int) -> None:
        employer = self.employer(goal.plan.enrolment)
        text = goal.newest
        text.answers.append(Answer(party, said, by, employer if party == "employer" else None))
        if said == "yes" and text.is_agreed(employer):
            goal.holds = text
            if goal.state == "proposed":
                self.advance(goal, "agree", "agreed", by)
            self._activate(goal.plan)

    def _activate(self, plan: Plan) -> None:
        """Once every goal is agreed, for good."""
        live = [goal for goal in plan.goals if goal.state != "lapsed"]
        employer = self.employer(plan.enrolment)
        agreed = (
            goal.state == "assessed" or (goal.holds is not None and goal.holds.is_agreed(employer))
            for goal in live
        )
        if plan.state == "draft" and live and all(agreed):
            plan.state, plan.was_active = "active", True

    # Achieving

    def advance(self, goal: Goal, name: str, state: str, by: int) -> None:
        goal.acts.append(Act(name, self.day, goal.state, by))
        goal.state = state

    def is_repeat(self, goal: Goal, name: str, state: str, by: int) -> bool:
        """The same button pressed twice."""
        last = goal.acts[-1] if goal.acts else None
        return last is not None and (last.name, last.by, goal.state) == (name, by, state)

    def may_see_at_work(self, goal: Goal, employer: int) -> bool:
        """Who works with the student today, while the goal is worked on or waits for the school."""
        sees = goal.plan.pk in self.read_by(employer)
        return sees and goal.plan.is_open and goal.state in ("busy", "demonstrated")

    def hand_in(self, goal: Goal, by: int) -> None:
        self.advance(goal, "hand_in", "demonstrated", by)
        goal.rests_on = goal.is_shown, goal.seen

    def assess(self, goal: Goal, result: str, by: int, *, name: str = "assess") -> None:
        self.advance(goal, name, "assessed", by)
        goal.result = result
        if name == "assess":
            self._activate(goal.plan)

    def lapse(self, goal: Goal, by: int) -> None:
        self.advance(goal, "lapse", "lapsed", by)
        self._activate(goal.plan)

    def may_take_back(self, goal: Goal, party: str) -> bool:
        """The last thing that happened, by the party whose act it was: a hand-in until judged, the rest for 14 days."""
        last = goal.acts[-1] if goal.acts else None
        whose = {"hand_in": "student", "assess": "school", "lapse": "school"}
        if last is None or whose.get(last.name) != party or not goal.plan.is_open:
            return False
        return last.name == "hand_in" or self.day <= last.day + UNDO

    @staticmethod
    def take_back(goal: Goal) -> None:
        last = goal.acts.pop()
        goal.state = last.was
        if last.name == "assess":
            goal.result = ""

    # Plans, places and enrolments

    def close(self, plan: Plan) -> None:
        plan.was, plan.state, plan.closed_on = plan.state, "closed", self.day

    def may_reopen(self, plan: Plan) -> bool:
        """Within its days, while the student is there and has no other plan; an open one stays as it is."""
        if plan.is_open:
            return True
        within = plan.closed_on is not None and self.day <= plan.closed_on + UNDO
        others = any(row.is_open for row in self.plans if row.enrolment is plan.enrolment)
        return within and plan.enrolment.state == "enrolled" and not others

    @staticmethod
    def reopen(plan: Plan) -> None:
        if not plan.is_open:
            plan.state, plan.closed_on = plan.was, None

    def leave(self, enrolment: Enrolment) -> None:
        """Plan and place end with it."""
        enrolment.state, enrolment.left_on = "dropped_out", self.day
        enrolment.closed_along = [row for row in self.plans if row.enrolment is enrolment and row.is_open]
        live = [row for row in self.works if row.is_live and row.enrolment is enrolment]
        enrolment.ended_along = [(row, dict(vars(row))) for row in live]
        for plan in enrolment.closed_along:
            self.close(plan)
        for work in live:
            self.leave_work(work, self.day)

    def may_reinstate(self, enrolment: Enrolment) -> bool:
        left = enrolment.left_on
        return left is not None and not enrolment.is_continued and self.day <= left + UNDO

    def reinstate(self, enrolment: Enrolment) -> None:
        enrolment.state, enrolment.left_on = "enrolled", None
        for plan in enrolment.closed_along:
            self.reopen(plan)
        for work, was in enrolment.ended_along:
            vars(work).update(was)

    def enrol_again(self, former: Enrolment, pk: int) -> None:
        """A new period, under which the newest plan goes on with all that is in it."""
        former.is_continued = True
        self.enrolments.append(Enrolment(pk, self.day))
        newest = max(
            (row for row in self.plans if row.enrolment is former), key=lambda row: row.pk, default=None
        )
        if newest is not None:
            newest.enrolment, newest.closed_on = self.enrolment, None
            newest.state = "active" if newest.was_active else "draft"

    def night(self, day: dt.date) -> None:
        self.day = day
        for work in self.works:
            work.is_live = work.is_live and day <= work.ends

    # Who may read

    def read_by(self, employer: int) -> Iterator[int]:
        """The plans that this employer's people see."""
        reads = {row.enrolment.pk for row in self.works if row.employer == employer and self._counts(row)}
        return (plan.pk for plan in self.plans if plan.enrolment.pk in reads)
