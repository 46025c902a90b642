"""Goals, places and enrolments, acted on as people do, and all of it held against the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from agreements import tasks as agreement_tasks
from core.dates import today
from drills.ground import DAYS, NUMBER, SELDOM, has, pick
from drills.plans import model as plain
from drills.plans.consenting import PARTY, Consenting
from partnerships.actors import Actor
from placements import tasks as placement_tasks
from placements.models import Placement
from placements.services import break_offs, matches
from students.enums import Party
from students.models import Enrolment, Goal, HandIn, LearningPlan
from students.queries.consent import standing_of
from students.services import evidence, goals, leavings, opinions, plans, returns


class Plans(Consenting):
    """Plan, goal, consent: texts asked, answered and changed, goals achieved, employers and enrolments that come and go."""

    def _act_on(
        self, name: str, row: plain.Goal, party: str, may: bool, verb: Callable[[Actor], Any]
    ) -> int | None:
        """Gives who did it, when it was done."""
        by, _is_party = self._by(party, row.plan.enrolment)
        done = self.act(name, may and row.plan.is_open, lambda: verb(by))
        return by.person_id if done else None

    @has("goals")
    @rule(goal=NUMBER, party=PARTY)
    def begin(self, goal: int, party: str) -> None:
        row = pick(self.model.goals, goal)
        me = self.region.student.person_id
        again = self.model.is_repeat(row, "begin", "busy", me)
        may = party == "student" and (again or row.state == "agreed")
        by = self._act_on("begin", row, party, may, lambda by: goals.begin(goal_id=row.pk, by=by, read=None))
        if by and not again:
            self.model.advance(row, "begin", "busy", by)

    @has("goals")
    @rule(goal=NUMBER, party=PARTY, other=SELDOM)
    def see_at_work(self, goal: int, party: str, other: bool) -> None:
        """Someone at work writes what was seen of the text that holds; the others may not."""
        row = pick(self.model.goals, goal)
        by, _is_party = self._by(party, row.plan.enrolment, other=other)
        employers = [employer.pk for employer in self.region.employers]
        at_work = employers[self.region.trainers.index(by)] if party == "employer" else 0
        text, said = row.holds or row.newest, self._text()["text"]
        made = self.act(
            "see at work",
            party == "employer" and self.model.may_see_at_work(row, at_work),
            lambda: opinions.give(goal_id=row.pk, version_id=text.pk, text=said, by=by),
        )
        if made:
            text.seen.append(made.pk)

    @has("goals")
    @rule(goal=NUMBER, shows=st.booleans())
    def hand_in(self, goal: int, shows: bool) -> None:
        """With evidence, with what was seen at work, or with both; with neither it is refused."""
        row = pick(self.model.goals, goal)
        me = self.region.student.person_id
        again = self.model.is_repeat(row, "hand_in", "demonstrated", me)
        something = shows or row.is_shown or row.seen is not None
        may = again or (row.state in ("agreed", "busy") and something)

        def verb(by: Actor) -> Goal:
            if shows:
                evidence.add(goal_id=row.pk, by=by, text="Drie keer gedaan.", readers=["teachers"])
            return goals.hand_in(goal_id=row.pk, opinion_id=row.seen, by=by, read=None)

        by = self._act_on("hand in", row, "student", may, verb)
        row.is_shown |= bool(by and shows)
        if by and not again:
            self.model.hand_in(row, by)

    @has("goals")
    @rule(goal=NUMBER, passed=st.booleans(), wrong=SELDOM)
    def assess(self, goal: int, passed: bool, wrong: bool) -> None:
        row = pick(self.model.goals, goal)
        hand_in = Goal.objects.get(pk=row.pk).hand_ins.standing().first()
        result = "passed" if passed else "not_yet"
        by = self._act_on(
            "assess",
            row,
            "student" if wrong else "school",
            not wrong and row.state == "demonstrated",
            lambda by: goals.assess(
                goal_id=row.pk,
                hand_in_id=hand_in.pk if hand_in else 0,
                result=result,
                feedback=f"Gezien {self._text()['text']}",
                by=by,
            ),
        )
        if by:
            self.model.assess(row, result, by)

    @has("goals")
    @rule(goal=NUMBER)
    def achieve(self, goal: int) -> None:
        """Agreed, handed in and judged, so that most sequences get somewhere."""
        self.all_agree(goal)
        self.see_at_work(goal, "employer", False)
        self.hand_in(goal, goal % 2 == 0)
        self.assess(goal, goal % 2 == 0, False)

    @has("goals")
    @rule(goal=NUMBER, days=st.sampled_from([2, 14, 15, 40]))
    def regret(self, goal: int, days: int) -> None:
        """Judged, and taken back so many days later, as far as it still can be."""
        self.achieve(goal)
        self.days_pass(days)
        self.take_back(goal, "school")

    @has("goals")
    @rule(goal=NUMBER, passed=st.booleans())
    def correct(self, goal: int, passed: bool) -> None:
        row = pick(self.model.goals, goal)
        result = "passed" if passed else "not_yet"

        def verb(by: Actor) -> Goal:
            newest = Goal.objects.get(pk=row.pk).hand_ins.order_by("-pk").first()
            decided = newest.assessments.order_by("-pk").first() if newest else None
            return goals.correct(
                goal_id=row.pk,
                assessment_id=decided.pk if decided else 0,
                result=result,
                reason="Ik las het verkeerd.",
                feedback=f"Gezien {self._text()['text']}",
                by=by,
            )

        by = self._act_on("correct", row, "school", row.state == "assessed", verb)
        if by:
            self.model.assess(row, result, by, name="correct")

    @has("goals")
    @rule(goal=NUMBER, party=PARTY)
    def resume(self, goal: int, party: str) -> None:
        row = pick(self.model.goals, goal)
        person = self._by(party, row.plan.enrolment)[0].person_id
        again = self.model.is_repeat(row, "resume", "busy", person)
        may = again or (party != "employer" and (row.state, row.result) == ("assessed", "not_yet"))
        by = self._act_on(
            "resume", row, party, may, lambda by: goals.resume(goal_id=row.pk, by=by, read=None)
        )
        if by and not again:
            self.model.advance(row, "resume", "busy", by)
            row.result = ""

    @has("goals")
    @rule(goal=NUMBER, party=PARTY)
    def lapse(self, goal: int, party: str) -> None:
        row = pick(self.model.goals, goal)
        again = self.model.is_repeat(row, "lapse", "lapsed", self._school(row.plan.enrolment).person_id)
        may = party == "school" and (again or row.state in plain.CHANGEABLE)
        by = self._act_on(
            "lapse",
            row,
            party,
            may,
            lambda by: goals.lapse(goal_id=row.pk, reason="Niet nodig.", by=by, read=None),
        )
        if by and not again:
            self.model.lapse(row, by)

    @has("goals")
    @rule(goal=NUMBER, party=PARTY)
    def take_back(self, goal: int, party: str) -> None:
        row = pick(self.model.goals, goal)

        def verb(by: Actor) -> Any:
            last = goals.states.last_act(Goal.objects.get(pk=row.pk))
            return goals.take_back(goal_id=row.pk, act_id=last.pk if last else 0, by=by)

        if self._act_on("take back", row, party, self.model.may_take_back(row, party), verb):
            self.model.take_back(row)

    # Plans, places and enrolments

    @precondition(lambda self: self.model.plans and (self.is_fourth or not self.model.has_plan))
    @rule(plan=NUMBER, reopen=st.booleans())
    def close_or_reopen(self, plan: int, reopen: bool) -> None:
        row = pick(self.model.plans, plan)
        by = self._school(row.enrolment)
        if reopen:
            may = self.model.may_reopen(row)
            if self.act("reopen plan", may, lambda: plans.reopen(plan_id=row.pk, by=by, read=None)):
                self.model.reopen(row)
        elif row.is_open and self.act(
            "close plan", True, lambda: plans.close(plan_id=row.pk, by=by, read=None)
        ):
            self.model.close(row)

    @precondition(lambda self: self.model.work() is None or self.is_fourth)
    @rule(number=NUMBER)
    def find_work(self, number: int) -> None:
        """Proposed, and yes by both."""
        slot, here = pick(self.region.slots, number), self.model.enrolment
        trainer = self.region.trainers[self.region.slots.index(slot)]

        def verb() -> Placement | None:
            match = matches.propose(
                slot_id=slot.pk, enrolment_id=here.pk, reason="Dichtbij.", by=self._school(here), read=None
            )
            matches.employer_answer(match_id=match.pk, yes=True, reason="", by=trainer, read=None)
            return matches.student_answer(
                match_id=match.pk, yes=True, reason="", by=self.region.student, read=None
            )

        made = self.act("find work", self.model.may_find_work(slot.ends_on), verb)
        if made:
            days = made.starts_on, made.ends_on
            self.model.works.append(plain.Work(made.pk, slot.pk, slot.organisation_id, here, *days))

    @precondition(lambda self: self.model.work())
    @rule(days=st.sampled_from([0, 0, 1, 6]))
    def leave_work(self, days: int) -> None:
        row = self.model.work()
        assert row is not None
        last = max(self.model.day + dt.timedelta(days), row.starts)
        if self.act(
            "leave work",
            self.model.may_leave_work(row, last),
            lambda: break_offs.break_off(
                placement_id=row.pk,
                last_day=last,
                reason="Het gaat niet.",
                by=self._school(row.enrolment),
                read=None,
            ),
        ):
            self.model.leave_work(row, last)

    @precondition(lambda self: self.model.goals and self.model.work())
    @rule(goal=NUMBER, first=PARTY, then=PARTY)
    def change_work(self, goal: int, first: str, then: str) -> None:
        """Another employer while some have answered: what the former one said counts no more."""
        work = self.model.work()
        assert work is not None
        others = [number for number, row in enumerate(self.region.slots[::-1]) if row.pk != work.slot]
        self._put_to_consent(goal)
        for party in sorted({first, "employer"}):
            self.answer(goal, party, False, False, False)
        self.leave_work(0)
        self.find_work(others[0])
        self.answer(goal, then, False, False, False)

    @precondition(lambda self: self.is_fourth)
    @rule(same=SELDOM)
    def transfer(self, same: bool) -> None:
        """To the other group of the programme, and back: all that the student has goes along."""
        row = self.model.enrolment
        groups = self.region.enrolment.cohort_id, self.region.other_cohort
        target = groups[row.is_moved if same else not row.is_moved]
        if self.act(
            "transfer",
            row.state == "enrolled",
            lambda: leavings.transfer(enrolment_id=row.pk, cohort_id=target, by=self._school(row), read=None),
        ):
            row.is_moved = target == self.region.other_cohort

    @precondition(lambda self: self.is_fourth)
    @rule()
    def drop_out(self) -> None:
        row = self.model.enrolment
        if self.act(
            "drop out",
            row.state == "enrolled",
            lambda: leavings.drop_out(
                enrolment_id=row.pk, last_day=today(), reason="Gestopt.", by=self._school(row), read=None
            ),
        ):
            self.model.leave(row)

    @precondition(lambda self: self.model.enrolments[0].state != "enrolled")
    @rule(enrolment=NUMBER, other=SELDOM)
    def reinstate(self, enrolment: int, other: bool) -> None:
        row = pick(self.model.enrolments, enrolment)
        by = self._school(row, other=other)

        def verb() -> Enrolment:
            returns.reinstate(enrolment_id=row.pk, by=by, read=None)
            return Enrolment.objects.get(pk=row.pk)

        if self.act("reinstate", self.model.may_reinstate(row) and not other, verb):
            self.model.reinstate(row)

    @precondition(lambda self: self.model.enrolment.state != "enrolled")
    @rule(other=SELDOM)
    def enrol_again(self, other: bool) -> None:
        """By a teacher of the group that the student was in; in the group where the student began."""
        row = self.model.enrolment
        made = self.act(
            "enrol again",
            not other,
            lambda: returns.re_enrol(
                enrolment_id=row.pk,
                cohort_id=self.region.enrolment.cohort_id,
                starts_on=today(),
                ends_on=self.region.enrolment.ends_on,
                by=self._school(row, other=other),
                read=None,
            ),
        )
        if made:
            self.model.enrol_again(row, made.pk)

    # The clock, and what must be the same

    @rule(days=DAYS)
    def days_pass(self, days: int) -> None:
        self.sleep(
            days, placement_tasks.move_placements, agreement_tasks.complete, placement_tasks.expire_matches
        )
        self.model.night(self.model.day + dt.timedelta(days))

    def look(self) -> None:
        self._plans_are_the_same()
        self._goals_are_the_same()
        self._hand_ins_are_the_same()
        self._who_may_read_is_the_same()

    def _plans_are_the_same(self) -> None:
        rows = LearningPlan.objects.filter(enrolment__student=self.region.enrolment.student)
        portal = {row.pk: (row.state, row.enrolment_id) for row in rows}
        model = {row.pk: (row.state, row.enrolment.pk) for row in self.model.plans}
        self.compare("plans (state, enrolment)", portal, model)

    def _goals_are_the_same(self) -> None:
        rows = Goal.objects.filter(plan__enrolment__student=self.region.enrolment.student)
        parties = {
            row.pk: row.parties
            for row in Enrolment.objects.with_parties().filter(student=self.region.enrolment.student)
        }
        portal = {}
        for row in rows.for_list():
            now = standing_of(row, parties[row.plan.enrolment_id].employer)
            said = [(now.state(Party(party)), now.waits_for(Party(party))) for party in plain.PARTIES]
            portal[row.pk] = (row.state, row.result, row.latest_id, row.current_id, said)
        model = {}
        for goal in self.model.goals:
            said = [
                (self.model.standing(goal, party), self.model.waits_for(goal, party))
                for party in plain.PARTIES
            ]
            holds = goal.holds.pk if goal.holds else None
            model[goal.pk] = (goal.state, goal.result, goal.newest.pk, holds, said)
        self.compare(
            "goals (state, result, newest, agreed, per party what was said and waits)", portal, model
        )
        waiting = self.pks(
            "what waits", lambda: {party: rows.awaiting(Party(party)) for party in plain.PARTIES}
        )
        wanted = {
            party: {row.pk for row in self.model.goals if self.model.waits_for(row, party)}
            for party in plain.PARTIES
        }
        self.compare("what waits for whom, in SQL", waiting, wanted)

    def _hand_ins_are_the_same(self) -> None:
        mine = HandIn.objects.standing().filter(goal__plan__enrolment__student=self.region.enrolment.student)
        shown = Exists(HandIn.evidence.through.objects.filter(handin=OuterRef("pk")))
        portal = {pk: tuple(rest) for pk, *rest in mine.values_list("goal", shown, "opinion")}
        handed = (row for row in self.model.goals if row.state in ("demonstrated", "assessed"))
        model = {row.pk: row.rests_on for row in handed}
        self.compare("what stands handed in (evidence, seen at work)", portal, model)

    def _who_may_read_is_the_same(self) -> None:
        everything = {row.pk for row in self.model.plans}
        moved = {row.pk for row in self.model.plans if row.enrolment.is_moved}
        wanted = {str(row.pk): set(self.model.read_by(row.pk)) for row in self.region.employers}
        wanted |= {
            "student": everything,
            "teacher": everything - moved,
            "colleague": moved,
            "coordinator": set(),
        }
        people = dict(zip(wanted, self.region.trainers, strict=False))
        people |= {"student": self.region.student, "teacher": self.region.teacher}
        people |= {"colleague": self.region.colleague, "coordinator": self.region.coordinator}
        found = self.pks(
            tuple(people.items()),
            lambda: {name: LearningPlan.objects.visible_to(by) for name, by in people.items()},
        )
        self.compare("who may read which plans", found, wanted)
