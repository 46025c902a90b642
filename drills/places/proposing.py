"""Proposals and their answers, acted on as people do."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from core.access import ensure
from core.dates import today
from core.states import last_act
from drills.ground import LAST_DAYS, NUMBER, SELDOM, Machine, has, pick
from drills.places import rows as plain
from drills.places.model import Model
from drills.places.region import LATER, Begun, Region, region
from partnerships.actors import Actor, actor_of
from placements.models import Match, Slot, Supervisor
from placements.rules import matches as match_rules
from placements.rules import slots as slot_rules
from placements.services import matches, slots


class Proposing(Machine):
    """What leads to a placement."""

    region: Region
    model: Model

    @classmethod
    def make_region(cls) -> Region:
        return region()

    def __init__(self) -> None:
        super().__init__()
        rows = [
            plain.Slot(row.pk, row.organisation_id, row.seats, row.starts_on, row.ends_on, row.max_open or 0)
            for row in self.region.slots
        ]
        students = {
            row.student_id: plain.Student(row.student_id, row.student.born_on)
            for row in self.region.enrolments
        }
        enrolments = [
            plain.Enrolment(row.pk, students[row.student_id], row.starts_on, row.ends_on)
            for row in self.region.enrolments
        ]
        self.model = Model(today(), rows, enrolments)
        self._know_people()
        for begun in self.region.begun:
            self._begin_with(begun)
        self.model.hand_over(self.model.placements[0], self.model.supervisors[1], self.model.day + LATER)
        self.model.night(self.model.day)

    def _know_people(self) -> None:
        """Supervisors and signers, with the actors that they are now: each request of theirs reads that anew."""
        model, region = self.model, self.region
        self._guides = {row.pk: row for row in Supervisor.objects.filter(person__user__in=region.supervisors)}
        model.supervisors = [
            plain.Supervisor(row.pk, row.organisation_id)
            for row in sorted(self._guides.values(), key=lambda row: row.pk)
        ]
        model.supervisions = []
        for slot, row in zip(model.slots, region.slots, strict=True):
            slot.supervisor = next((one for one in model.supervisors if one.pk == row.supervisor_id), None)
        model.signers = {
            employer.pk: {user.person.pk: number == 0 for number, user in enumerate(users)}
            for employer, users in zip(region.employers, region.signers, strict=True)
        }
        self._signers = [[actor_of(user) for user in users] for users in region.signers]
        self._supervising = {row.pk: actor_of(row.person.user) for row in self._guides.values()}

    def _begin_with(self, begun: Begun) -> None:
        model, region = self.model, self.region
        slot, enrolment = model.slots[begun.number], model.enrolments[begun.number]
        student = region.students[begun.number].person_id
        match = model.propose(begun.match, slot, enrolment)
        model.employer_says_yes(match, self._contact(slot).person_id)
        model.student_says_yes(match, student, begun.placement, begun.agreement)
        if begun.is_signed:
            agreement = model.agreements[-1]
            model.ask(agreement)
            for party in plain.PARTIES:
                model.sign(agreement, party)

    def _contact(self, slot: plain.Slot) -> Actor:
        """Who speaks for the employer of a slot: one who may sign, or else anyone."""
        actors = self._signers[self.region.number(slot)]
        may = self.model.signers[slot.employer]
        return next((by for by in actors if may[by.person_id]), actors[0])

    @rule(slot=NUMBER, enrolment=NUMBER)
    def propose(self, slot: int, enrolment: int) -> None:
        self._propose(slot, enrolment)

    def _propose(self, slot: int, enrolment: int) -> plain.Match | None:
        place, who = self._wanted(slot, enrolment)
        made = self.act(
            "propose",
            self.model.may_propose(place, who),
            lambda: matches.propose(
                slot_id=place.pk, enrolment_id=who.pk, reason="Dichtbij.", by=self.region.teacher, read=None
            ),
        )
        return self.model.propose(made.pk, place, who) if made else None

    def _wanted(self, slot: int, enrolment: int) -> tuple[plain.Slot, plain.Enrolment]:
        """Mostly two that fit, now and then two that would if a seat were free, or any."""
        both = [(place, who) for place in self.model.slots for who in self.model.enrolments]
        fitting = [pair for pair in both if self.model.may_propose(*pair)]
        if fitting and slot < 9:
            return pick(fitting, enrolment)
        full = [pair for pair in both if self.model.lacks_only_a_seat(*pair)]
        if full and slot < 11:
            return pick(full, enrolment)
        return pick(self.model.slots, slot), pick(self.model.enrolments, enrolment)

    @precondition(lambda self: self.is_fourth or self.model.waiting)
    @rule(match=NUMBER, wrong=SELDOM)
    def employer_says_yes(self, match: int, wrong: bool) -> None:
        row = self._match(match, "proposed")
        by = self.region.teacher if wrong else self._contact(row.slot)
        again = row.is_repeat("employer_yes", by.person_id)
        if (
            self.act(
                "employer says yes",
                not wrong and (again or self.model.may_employer_say_yes(row)),
                lambda: matches.employer_answer(match_id=row.pk, yes=True, reason="", by=by, read=None),
            )
            and not again
        ):
            self.model.employer_says_yes(row, by.person_id)

    @has("matches")
    @rule(match=NUMBER, wrong=SELDOM)
    def student_says_yes(self, match: int, wrong: bool) -> None:
        row = self._match(match, "employer_agreed")
        by = self.region.teacher if wrong else self.region.student(row.enrolment)
        again = row.is_repeat("student_yes", by.person_id)
        made = self.act(
            "student says yes",
            not wrong and (again or self.model.may_student_say_yes(row)),
            lambda: matches.student_answer(match_id=row.pk, yes=True, reason="", by=by, read=None),
        )
        if made and not again:
            self.model.student_says_yes(row, by.person_id, made.pk, made.agreements.get().pk)

    @rule(slot=NUMBER, enrolment=NUMBER, signed=st.booleans())
    def arrange(self, slot: int, enrolment: int, signed: bool) -> None:
        """Everything at once, so that most sequences get somewhere."""
        before = len(self.model.agreements)
        if self._propose(slot, enrolment):
            self.employer_says_yes(0, False)
            self.student_says_yes(0, False)
        if signed and len(self.model.agreements) > before:
            self.sign_all(0)

    @precondition(lambda self: self.is_fourth or self.model.waiting)
    @rule(match=NUMBER, wrong=SELDOM)
    def decline(self, match: int, wrong: bool) -> None:
        row = self._match(match, "proposed", "employer_agreed")
        asked = {
            "proposed": self._contact(row.slot),
            "employer_agreed": self.region.student(row.enrolment),
        }
        by = self.region.coordinator if wrong else asked.get(row.state, self._contact(row.slot))
        is_student = row.state == "employer_agreed" and not wrong

        def verb() -> Match:
            answer = matches.student_answer if is_student else matches.employer_answer
            answer(match_id=row.pk, yes=False, reason="Past niet.", by=by, read=None)
            return Match.objects.get(pk=row.pk)

        again = row.is_repeat("decline", by.person_id)
        if self.act("decline", not wrong and (again or row.is_open), verb) and not again:
            row.advance("decline", by.person_id, self.model.day)

    @precondition(lambda self: self.is_fourth or self.model.waiting)
    @rule(match=NUMBER, wrong=SELDOM)
    def withdraw(self, match: int, wrong: bool) -> None:
        row = self._match(match, "proposed", "employer_agreed")
        by = self._contact(row.slot) if wrong else self.region.coordinator
        again = row.is_repeat("withdraw", by.person_id)

        def verb() -> Match:
            found = Match.objects.visible_to(by).with_taught(by).select_related("slot").get(pk=row.pk)
            if not again:  # as its page does
                ensure(match_rules.can_withdraw_match(by, found))
            return matches.withdraw(match_id=row.pk, reason="Toch niet.", by=by, read=None)

        if self.act("withdraw", not wrong and (again or row.is_open), verb) and not again:
            row.advance("withdraw", by.person_id, self.model.day)

    @precondition(lambda self: any(row.taken_back_by for row in self.model.matches))
    @rule(match=NUMBER, wrong=SELDOM)
    def take_back_answer(self, match: int, wrong: bool) -> None:
        row = pick([row for row in self.model.matches if row.taken_back_by], match)
        party = "employer" if wrong else row.taken_back_by
        people = {
            "school": self.region.coordinator,
            "student": self.region.student(row.enrolment),
            "employer": self._contact(row.slot),
        }
        by = people[party]

        def verb() -> Match:
            act = last_act(Match.objects.visible_to(by).get(pk=row.pk))
            return matches.take_back_act(match_id=row.pk, act_id=act.pk if act else 0, by=by)

        if self.act("take back answer", self.model.may_take_back_answer(row, party), verb):
            self.model.take_back_answer(row)

    def _closed(self) -> list[plain.Slot]:
        return [row for row in self.model.slots if not row.is_online]

    @precondition(lambda self: self.is_fourth or not self._closed())
    @rule(slot=NUMBER, days=st.sampled_from([None, *LAST_DAYS]))
    def close_slot(self, slot: int, days: int | None) -> None:
        """Whoever is on a place that closes stays, or leaves so many days from now."""
        online = [row for row in self.model.slots if row.is_online]
        used = [row for row in online if self.model.on(row)]
        row = pick(used if used and slot < 10 else self.model.slots, slot)
        by, found = self._contact(row), Slot.objects.get(pk=row.pk)
        there = [] if days is None else [one for one in self.model.on(row) if one.goes_on or slot >= 10]
        last = self.model.day + dt.timedelta(days or 0)

        def close() -> Slot:
            ensure(slot_rules.can_close_slot(by, found))
            leaving = {one.pk: last for one in there}
            return slots.close(slot_id=row.pk, reason="Verbouwing.", leaving=leaving, by=by, read=None)

        may = row.is_online and all(self.model.may_break_off(one, last) for one in there)
        if self.act("close slot", may, close):
            self.model.close_slot(row)
            for one in there:
                self.model.break_off(one, last)

    @precondition(lambda self: self._closed())
    @rule(slot=NUMBER)
    def reopen_slot(self, slot: int) -> None:
        row = pick(self._closed(), slot)
        by, found = self._contact(row), Slot.objects.get(pk=row.pk)

        def reopen() -> Slot:
            ensure(slot_rules.can_reopen_slot(by, found))
            slots.reopen(slot_id=row.pk, by=by, read=None)
            return found

        if self.act("reopen slot", self.model.day <= row.ends, reopen):
            self.model.reopen_slot(row)

    def _match(self, number: int, *states: str) -> plain.Match:
        """Mostly one in such a state, now and then any."""
        wanted = [row for row in self.model.matches if row.state in states]
        return pick(wanted if wanted and number < 10 else self.model.matches, number)
