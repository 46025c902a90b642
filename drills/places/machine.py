"""Placements and enrolments that end and come back, acted on as people do, and all of it held against the model."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from agreements import tasks as agreement_tasks
from agreements.models import Agreement
from core.dates import today
from drills.ground import DAYS, LAST_DAYS, NUMBER, SELDOM, has, pick
from drills.places import rows as plain
from drills.places.contracting import Contracting
from drills.places.region import told_of, told_of_model
from partnerships.actors import Actor
from placements import tasks as placement_tasks
from placements.models import Match, Placement, Slot
from placements.services import break_offs
from students.models import Enrolment
from students.services import leavings, returns


class Places(Contracting):
    """Match, placement, agreement: proposals answered, seats given, texts signed and changed, ends and returns."""

    @has("placements")
    @rule(placement=NUMBER, days=st.sampled_from(LAST_DAYS), by_employer=st.booleans(), wrong=SELDOM)
    def break_off(self, placement: int, days: int, by_employer: bool, wrong: bool) -> None:
        row = pick(self.model.placements, placement)
        by = self._ender(row, by_employer=by_employer, wrong=wrong)
        last = self.model.day + dt.timedelta(days)

        def verb() -> Placement:
            return break_offs.break_off(
                placement_id=self._shown(row, by), last_day=last, reason="Het gaat niet.", by=by, read=None
            )

        if self.act("break off", not wrong and self.model.may_break_off(row, last), verb):
            self.model.break_off(row, last)

    @precondition(lambda self: any(row.endings for row in self.model.placements))
    @rule(placement=NUMBER, by_employer=st.booleans(), wrong=SELDOM)
    def take_back_break_off(self, placement: int, by_employer: bool, wrong: bool) -> None:
        row = pick([row for row in self.model.placements if row.endings], placement)
        by = self._ender(row, by_employer=by_employer, wrong=wrong)
        may = not wrong and self.model.may_take_back_break_off(row)
        if self.act(
            "take back break off",
            may,
            lambda: break_offs.take_back(placement_id=self._shown(row, by), by=by, read=None),
        ):
            self.model.restore(row)

    @precondition(lambda self: self.is_fourth and any(row.goes_on for row in self.model.placements))
    @rule(days=st.sampled_from([0, 2, 14, 15, 40]), last=st.sampled_from([0, 0, 5]))
    def regret(self, days: int, last: int) -> None:
        """Ended, and taken back so many days later, as far as it still can be."""
        row = next(one for one in self.model.placements if one.goes_on)
        number = self.model.placements[::-1].index(row)
        self.break_off(number, last, False, False)
        if days:
            self.days_pass(days)
        if row.endings:
            ended = [one for one in self.model.placements if one.endings]
            self.take_back_break_off(ended[::-1].index(row), False, False)

    def _ender(self, row: plain.Placement, *, by_employer: bool, wrong: bool) -> Actor:
        """Who ends a placement or lets it go on; the student does not."""
        if wrong:
            return self.region.student(row.enrolment)
        return self._contact(row.slot) if by_employer else self.region.teacher

    @staticmethod
    def _shown(row: plain.Placement, by: Actor) -> int:
        """The placement that stands on a page of theirs."""
        return int(Placement.objects.visible_to(by).get(pk=row.pk).pk)

    @precondition(lambda self: self.is_fourth)
    @rule(enrolment=NUMBER, days=st.sampled_from([0, 0, -1, -8]), finished=SELDOM)
    def leave(self, enrolment: int, days: int, finished: bool) -> None:
        row = pick(self.model.enrolments, enrolment)
        by = self.region.teacher
        may = row.state == "enrolled"
        if finished:
            if self.act("complete", may, lambda: leavings.complete(enrolment_id=row.pk, by=by, read=None)):
                self.model.leave(row, "completed", self.model.day)
            return
        last = max(self.model.day + dt.timedelta(days), row.starts)
        if self.act(
            "drop out",
            may,
            lambda: leavings.drop_out(
                enrolment_id=row.pk, last_day=last, reason="Gestopt.", by=by, read=None
            ),
        ):
            self.model.leave(row, "dropped_out", last)

    def _has_left(self) -> bool:
        return any(row.state != "enrolled" for row in self.model.enrolments)

    @precondition(_has_left)
    @rule(enrolment=NUMBER)
    def reinstate(self, enrolment: int) -> None:
        row = pick([one for one in self.model.enrolments if one.state != "enrolled"], enrolment)

        def verb() -> Enrolment:
            returns.reinstate(enrolment_id=row.pk, by=self.region.teacher, read=None)
            return Enrolment.objects.get(pk=row.pk)

        if self.act("reinstate", self.model.may_reinstate(row), verb):
            self.model.reinstate(row)

    @precondition(_has_left)
    @rule(enrolment=NUMBER)
    def enrol_again(self, enrolment: int) -> None:
        row = pick([one for one in self.model.enrolments if one.state != "enrolled"], enrolment)
        made = self.act(
            "enrol again",
            row.state == "dropped_out" and not row.is_continued,
            lambda: returns.re_enrol(
                enrolment_id=row.pk,
                cohort_id=self.region.cohort_id,
                starts_on=today(),
                ends_on=row.ends,
                by=self.region.teacher,
                read=None,
            ),
        )
        if made:
            row.is_continued = True
            self.model.enrolments.append(plain.Enrolment(made.pk, row.student, today(), row.ends))

    # The clock, and what must be the same

    @rule(days=DAYS)
    def days_pass(self, days: int) -> None:
        self.sleep(
            days, placement_tasks.move_placements, agreement_tasks.complete, placement_tasks.expire_matches
        )
        self.model.night(self.model.day + dt.timedelta(days))

    def look(self) -> None:
        super().look()
        self._states_are_the_same()
        self._agreements_are_the_same()
        self._who_may_read_is_the_same()

    def _states_are_the_same(self) -> None:
        model = self.model
        self.compare("today", today(), model.day)
        portal = dict(Match.objects.filter(slot__in=self.region.slots).values_list("pk", "state"))
        self.compare("proposals", portal, {row.pk: row.state for row in model.matches})
        rows = Placement.objects.filter(slot__in=self.region.slots)
        found = {
            row.pk: (row.state, row.seat_no, row.starts_on, row.ends_on, row.would_end_on) for row in rows
        }
        wanted = {
            row.pk: (row.state, row.seat, row.starts, row.ends, row.planned) for row in model.placements
        }
        self.compare("placements (state, seat, first, last day, and the one it had)", found, wanted)
        enrolled = dict(Enrolment.objects.filter(cohort=self.region.cohort_id).values_list("pk", "state"))
        self.compare("enrolments", enrolled, {row.pk: row.state for row in model.enrolments})
        taken = dict(
            Slot.objects.filter(pk__in=[row.pk for row in self.region.slots]).values_list("pk", "taken")
        )
        self.compare("seats taken", taken, {row.pk: model.taken(row) for row in model.slots})

    def _agreements_are_the_same(self) -> None:
        rows = Agreement.objects.filter(placement__slot__in=self.region.slots).for_page()
        portal = {row.pk: told_of(row) for row in rows}
        model = {row.pk: told_of_model(row, self.model.day) for row in self.model.agreements}
        self.compare("agreements (state, last day, texts, in force, who must sign)", portal, model)

    def _who_may_read_is_the_same(self) -> None:
        everyone = {row.pk for row in self.model.enrolments}
        wanted = {
            f"employer {number}": self.model.may_read(row.pk)
            for number, row in enumerate(self.region.employers)
        }
        wanted |= {"teacher": everyone, "coordinator": set()}
        wanted |= {f"supervisor {row.pk}": self.model.guides(row) for row in self.model.supervisors}
        people = {f"employer {number}": actors[0] for number, actors in enumerate(self._signers)}
        people |= {f"supervisor {pk}": actor for pk, actor in self._supervising.items()}
        people |= {"teacher": self.region.teacher, "coordinator": self.region.coordinator}
        found = self.pks(
            tuple(people.items()),
            lambda: {name: Enrolment.objects.parties_visible_to(by) for name, by in people.items()},
        )
        self.compare("who may read which plans", found, wanted)
