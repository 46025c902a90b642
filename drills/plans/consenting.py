"""Plans, their texts and the consent to them, acted on as people do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from core.dates import today
from drills.ground import NUMBER, SELDOM, Machine, has, pick
from drills.plans import model as plain
from drills.plans.region import Region, region
from partnerships.actors import Actor
from students.services import plans

PARTY = st.sampled_from(plain.PARTIES)


class Consenting(Machine):
    """What leads to goals that three agree on."""

    region: Region

    @classmethod
    def make_region(cls) -> Region:
        return region()

    def __init__(self) -> None:
        super().__init__()
        row = self.region.enrolment
        self.model = plain.Model(today(), plain.Enrolment(row.pk, row.starts_on))
        self._written = 0
        self._begin_with()

    def _begin_with(self) -> None:
        """What the region made: work, a goal on which all agreed, and a new one."""
        begun, region, model = self.region.begun, self.region, self.model
        assert begun is not None
        slot, here = region.slots[0], model.enrolment
        days = begun.starts, begun.ends
        model.works.append(plain.Work(begun.work, slot.pk, slot.organisation_id, here, *days))
        plan = plain.Plan(begun.plan, here)
        model.plans.append(plan)
        (agreed, text), (new, other) = begun.goals
        plan.goals.append(plain.Goal(agreed, plan, [plain.Text(text, region.teacher.person_id)]))
        model.ask(plan, "school", region.teacher.person_id)
        model.answer(plan.goals[0], "student", "yes", region.student.person_id)
        model.answer(plan.goals[0], "employer", "yes", region.trainers[0].person_id)
        plan.goals.append(plain.Goal(new, plan, [plain.Text(other, region.student.person_id)]))

    def _plan(self) -> None:
        """Made by the school for who is enrolled and has none."""
        here = self.model.enrolment
        may = here.state == "enrolled" and not self.model.has_plan
        made = self.act("make plan", may, lambda: plans.create(enrolment_id=here.pk, by=self._school(here)))
        if made:
            self.model.plans.append(plain.Plan(made.pk, here))

    def _school(self, enrolment: plain.Enrolment, *, other: bool = False) -> Actor:
        """The teacher of the group that the student is in, or the one of the other group."""
        return self.region.colleague if enrolment.is_moved != other else self.region.teacher

    def _by(self, party: str, enrolment: plain.Enrolment, *, other: bool = False) -> tuple[Actor, bool]:
        """Who acts for a party, and whether that is the party; `other` takes whom it is not of this student."""
        if party == "student":
            return self.region.student, True
        if party == "school":
            return self._school(enrolment, other=other), not other
        speaks = self.model.employer(enrolment)
        number = [row.pk for row in self.region.employers].index(speaks or self.region.employers[0].pk)
        number = 1 - number if other else number
        return self.region.trainers[number], self.region.employers[number].pk == speaks

    def _text(self) -> dict[str, Any]:
        self._written += 1
        return {"text": f"Ik leer {self._written}", "due_on": today() + dt.timedelta(30)}

    # Texts and consent

    @precondition(lambda self: not self.model.has_plan or self.is_fourth)
    @rule()
    def make_plan(self) -> None:
        self._plan()

    @has("plans")
    @rule(plan=NUMBER, party=PARTY, other=SELDOM)
    def add_goal(self, plan: int, party: str, other: bool) -> None:
        row = pick(self.model.plans, plan)
        by, is_party = self._by(party, row.enrolment, other=other)
        made = self.act(
            "add goal",
            row.is_open and is_party,
            lambda: plans.add_goal(plan_id=row.pk, by=by, **self._text()),
        )
        if made:
            row.goals.append(plain.Goal(made.pk, row, [plain.Text(made.latest_id, by.person_id)]))

    @has("goals")
    @rule(goal=NUMBER, party=PARTY, other=SELDOM)
    def change_goal(self, goal: int, party: str, other: bool) -> None:
        row = pick(self.model.goals, goal)
        by, is_party = self._by(party, row.plan.enrolment, other=other)
        made = self.act(
            "change goal",
            self.model.may_change(row) and is_party,
            lambda: plans.change_goal(goal_id=row.pk, by=by, based_on=row.newest.pk, **self._text()),
        )
        if made:
            row.texts.append(plain.Text(made.pk, by.person_id))

    @has("plans")
    @rule(plan=NUMBER, party=PARTY, other=SELDOM)
    def ask(self, plan: int, party: str, other: bool) -> None:
        row = pick(self.model.plans, plan)
        by, is_party = self._by(party, row.enrolment, other=other)
        shown = [goal.newest.pk for goal in row.goals]
        if self.act(
            "ask consent",
            is_party and self.model.may_ask(row, by.person_id),
            lambda: plans.ask_consent(plan_id=row.pk, by=by, shown=shown),
        ):
            self.model.ask(row, party, by.person_id)

    @has("goals")
    @rule(goal=NUMBER, party=PARTY, change=SELDOM, stale=SELDOM, other=SELDOM)
    def answer(self, goal: int, party: str, change: bool, stale: bool, other: bool) -> None:
        row = pick(self.model.goals, goal)
        by, is_party = self._by(party, row.plan.enrolment, other=other)
        text = row.texts[0] if stale else row.newest
        said = "change" if change else "yes"
        if self.act(
            f"answer {said}",
            is_party and self.model.may_answer(row, text, party, said, by.person_id),
            lambda: plans.answer(
                goal_version_id=text.pk, answer=said, remark="Anders graag." if change else "", by=by
            ),
        ):
            self.model.answer(row, party, said, by.person_id)

    @has("goals")
    @rule(goal=NUMBER)
    def all_agree(self, goal: int) -> None:
        self._put_to_consent(goal)
        for party in plain.PARTIES:
            self.answer(goal, party, False, False, False)

    def _put_to_consent(self, goal: int) -> None:
        row = pick(self.model.goals, goal)
        if not row.newest.is_asked:
            self.ask(self.model.plans[::-1].index(row.plan), "school", False)
