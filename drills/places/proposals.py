"""What should be true of proposals, placements and agreements, in plain Python.

Written from what the portal promises (docs/domain.md 4 to 6), not from its code: it imports nothing of it.
"""

from __future__ import annotations

import datetime as dt

from drills.places.rows import (
    DAY,
    REOPEN,
    STOPPED_EARLY,
    UNDO,
    Agreement,
    Enrolment,
    Match,
    Placement,
    Slot,
    Student,
    Text,
)


class Proposals:
    """Seats and the proposals for them, on a day."""

    def __init__(self, day: dt.date, slots: list[Slot], enrolments: list[Enrolment]) -> None:
        self.day = day
        self.slots, self.enrolments = slots, enrolments
        self.matches: list[Match] = []
        self.placements: list[Placement] = []
        self.agreements: list[Agreement] = []

    def begin_guiding(self, placement: Placement) -> None:
        """Who guides is told in `guidance`."""

    # Seats

    def period(self, slot: Slot, enrolment: Enrolment) -> tuple[dt.date, dt.date]:
        """Inside slot and enrolment, and not before today."""
        return max(slot.starts, enrolment.starts, self.day), min(slot.ends, enrolment.ends)

    def free_seats(
        self, slot: Slot, starts: dt.date, ends: dt.date, but: Placement | None = None
    ) -> list[int]:
        taken = {
            row.seat
            for row in self._with_days()
            if row.slot is slot and row is not but and row.meets(starts, ends)
        }
        return [number for number in range(1, slot.seats + 1) if number not in taken]

    def is_elsewhere(
        self, student: Student, starts: dt.date, ends: dt.date, but: Placement | None = None
    ) -> bool:
        own = (row for row in self._with_days() if row.enrolment.student is student and row is not but)
        return any(row.meets(starts, ends) for row in own)

    def on(self, slot: Slot) -> list[Placement]:
        """Who has a seat there today or later."""
        return [row for row in self._live() if row.slot is slot and row.ends >= self.day]

    def taken(self, slot: Slot) -> int:
        """Of placements past their last day too, until the clock completes them."""
        return len({row.seat for row in self._live() if row.slot is slot})

    def _live(self) -> list[Placement]:
        return [row for row in self.placements if row.is_live]

    def _with_days(self) -> list[Placement]:
        return [row for row in self.placements if row.has_days]

    def opening(self, slot: Slot, enrolment: Enrolment) -> tuple[dt.date, dt.date, list[int]]:
        """The days for a student and the seats that are free then.

        The last day of a place that ends early still belongs to who leaves it, and so does the seat: after it begins the
        day after.
        """
        starts, ends = self.period(slot, enrolment)
        own = (row for row in self.placements if row.enrolment.student is enrolment.student)
        left = [row for row in own if row.state in STOPPED_EARLY and row.meets(starts, ends)]
        starts = max([starts, *(row.ends + DAY for row in left)])
        if not self.free_seats(slot, starts, ends) and starts == self.day:
            starts += DAY
        return starts, ends, self.free_seats(slot, starts, ends)

    def _fits(self, slot: Slot, enrolment: Enrolment) -> bool:
        return self._fits_but_for_seats(slot, enrolment) and self.has_seat(slot, enrolment)

    def _fits_but_for_seats(self, slot: Slot, enrolment: Enrolment) -> bool:
        starts, ends, _seats = self.opening(slot, enrolment)
        online = slot.is_online and self.day <= slot.ends and enrolment.state == "enrolled"
        return online and starts < ends and not self.is_elsewhere(enrolment.student, starts, ends)

    def has_seat(self, slot: Slot, enrolment: Enrolment) -> bool:
        """Whether one is free on the days of this student."""
        return bool(self.opening(slot, enrolment)[2])

    def lacks_only_a_seat(self, slot: Slot, enrolment: Enrolment) -> bool:
        """Whether a proposal would fit but for the seats, all of which are taken then."""
        fits = self._fits_but_for_seats(slot, enrolment) and not self._open(slot, enrolment)
        return fits and not self.has_seat(slot, enrolment)

    # Proposals

    @property
    def waiting(self) -> list[Match]:
        return [row for row in self.matches if row.is_open]

    def may_propose(self, slot: Slot, enrolment: Enrolment) -> bool:
        """Also for one that is to be open again."""
        waiting = [row for row in self.matches if row.slot is slot and row.is_open]
        fits = self._fits(slot, enrolment) and not self._open(slot, enrolment)
        return fits and len(waiting) < slot.most_open

    def _open(self, slot: Slot, enrolment: Enrolment) -> bool:
        return any(row.is_open for row in self.matches if row.slot is slot and row.enrolment is enrolment)

    def propose(self, pk: int, slot: Slot, enrolment: Enrolment) -> Match:
        self.matches.append(Match(pk, slot, enrolment, self.day))
        return self.matches[-1]

    def may_employer_say_yes(self, match: Match) -> bool:
        return match.state == "proposed" and self.has_seat(match.slot, match.enrolment)

    def employer_says_yes(self, match: Match, by: int) -> None:
        match.advance("employer_yes", by, self.day)
        match.asked = self.day

    def may_student_say_yes(self, match: Match) -> bool:
        return match.state == "employer_agreed" and self._fits(match.slot, match.enrolment)

    def student_says_yes(self, match: Match, by: int, placement_pk: int, agreement_pk: int) -> None:
        """The lowest free seat; own proposals of those days go, and others for whom no seat is left."""
        match.advance("student_yes", by, self.day)
        starts, ends, seats = self.opening(match.slot, match.enrolment)
        made = Placement(placement_pk, match.slot, match.enrolment, seats[0], starts, ends)
        self.placements.append(made)
        self.begin_guiding(made)
        for other in (row for row in self.matches if row.is_open):
            if other.enrolment.student is match.enrolment.student:
                if made.meets(*self.period(other.slot, other.enrolment)):
                    other.advance("withdraw", by, self.day)
            elif other.slot is match.slot and not self.has_seat(other.slot, other.enrolment):
                other.advance("expire", made, self.day)
        text = Text("base", starts, ends, starts)
        self.agreements.append(Agreement(agreement_pk, made, None, [text]))

    def close_slot(self, slot: Slot) -> None:
        """Its proposals go, its students stay but for whom another day was chosen."""
        slot.is_online, slot.closing, slot.closed = False, object(), self.day
        for match in self.matches:
            if match.slot is slot and match.is_open:
                match.advance("expire", slot.closing, self.day)

    def reopen_slot(self, slot: Slot) -> None:
        """What ended with it is open again, within two weeks and as far as it could be proposed today."""
        slot.is_online = True
        if slot.closed and self.day <= slot.closed + UNDO:
            self.bring_back(slot.closing)

    def bring_back(self, cause: object) -> None:
        """The proposals that ended because of something that is taken back now."""
        for match in self.matches:
            last = match.last
            is_of_it = last is not None and last.name == "expire" and last.by is cause
            if is_of_it and self.may_propose(match.slot, match.enrolment):
                self._take_back(match)

    def _take_back(self, match: Match) -> None:
        match.state = match.acts.pop().was
        match.asked = self.day

    def may_take_back_answer(self, match: Match, party: str) -> bool:
        """By the party whose act it was: a yes until the other answers, the rest for five days if it can wait again."""
        last = match.last
        if last is None or match.taken_back_by != party:
            return False
        if last.name == "employer_yes":
            return True
        return self.day <= last.day + REOPEN and self.may_propose(match.slot, match.enrolment)

    def take_back_answer(self, match: Match) -> None:
        self._take_back(match)
