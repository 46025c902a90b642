"""What should be true of proposals, placements and agreements, in plain Python.

Written from what the portal promises (docs/domain.md 4 to 6), not from its code: it imports nothing of it.
"""

from __future__ import annotations

import datetime as dt

from drills.places.rows import UNDO, Agreement, Enrolment, Match, Placement, Slot, Student, Text


class Proposals:
    """Seats and the proposals for them, on a day."""

    def __init__(self, day: dt.date, slots: list[Slot], enrolments: list[Enrolment]) -> None:
        self.day = day
        self.slots, self.enrolments = slots, enrolments
        self.matches: list[Match] = []
        self.placements: list[Placement] = []
        self.agreements: list[Agreement] = []

    # Seats

    def period(self, slot: Slot, enrolment: Enrolment) -> tuple[dt.date, dt.date]:
        """Inside slot and enrolment, and not before today."""
        return max(slot.starts, enrolment.starts, self.day), min(slot.ends, enrolment.ends)

    def free_seats(
        self, slot: Slot, starts: dt.date, ends: dt.date, but: Placement | None = None
    ) -> list[int]:
        taken = {
            row.seat
            for row in self._live()
            if row.slot is slot and row is not but and row.meets(starts, ends)
        }
        return [number for number in range(1, slot.seats + 1) if number not in taken]

    def is_elsewhere(
        self, student: Student, starts: dt.date, ends: dt.date, but: Placement | None = None
    ) -> bool:
        own = (row for row in self._live() if row.enrolment.student is student and row is not but)
        return any(row.meets(starts, ends) for row in own)

    def taken(self, slot: Slot) -> int:
        """Seats that someone has today or later."""
        return len({row.seat for row in self._live() if row.slot is slot and row.ends >= self.day})

    def _live(self) -> list[Placement]:
        return [row for row in self.placements if row.is_live]

    def _fits(self, slot: Slot, enrolment: Enrolment) -> bool:
        starts, ends = self.period(slot, enrolment)
        online = slot.is_online and self.day <= slot.ends and enrolment.state == "enrolled"
        free = starts < ends and not self.is_elsewhere(enrolment.student, starts, ends)
        return online and free and bool(self.free_seats(slot, starts, ends))

    # Proposals

    def may_propose(self, slot: Slot, enrolment: Enrolment) -> bool:
        """A new one, or one that ended and may go on after all: never more at once than the place takes."""
        waiting = [row for row in self.matches if row.slot is slot and row.is_open]
        few = len(waiting) < slot.most_open
        return few and self._fits(slot, enrolment) and not self._open(slot, enrolment)

    def _open(self, slot: Slot, enrolment: Enrolment) -> bool:
        return any(row.is_open for row in self.matches if row.slot is slot and row.enrolment is enrolment)

    def propose(self, pk: int, slot: Slot, enrolment: Enrolment) -> Match:
        self.matches.append(Match(pk, slot, enrolment, self.day))
        return self.matches[-1]

    def may_employer_say_yes(self, match: Match) -> bool:
        return match.state == "proposed" and self._has_seat(match)

    def _has_seat(self, match: Match) -> bool:
        return bool(self.free_seats(match.slot, *self.period(match.slot, match.enrolment)))

    def employer_says_yes(self, match: Match) -> None:
        match.state, match.asked = "employer_agreed", self.day

    def may_student_say_yes(self, match: Match) -> bool:
        return match.state == "employer_agreed" and self._fits(match.slot, match.enrolment)

    def student_says_yes(self, match: Match, placement_pk: int, agreement_pk: int) -> None:
        """The lowest free seat; own proposals of those days go, and others for whom no seat is left."""
        match.state = "accepted"
        starts, ends = self.period(match.slot, match.enrolment)
        seat = self.free_seats(match.slot, starts, ends)[0]
        made = Placement(placement_pk, match.slot, match.enrolment, seat, starts, ends)
        self.placements.append(made)
        for other in (row for row in self.matches if row.is_open):
            if other.enrolment.student is match.enrolment.student:
                if made.meets(*self.period(other.slot, other.enrolment)):
                    other.state = "withdrawn"
            elif other.slot is match.slot and not self._has_seat(other):
                other.state = "expired"
        text = Text("base", starts, ends, starts)
        self.agreements.append(Agreement(agreement_pk, made, 1, [text]))

    def close_slot(self, slot: Slot) -> None:
        """Its proposals go, its students stay."""
        waiting = [match for match in self.matches if match.slot is slot and match.is_open]
        slot.is_online, slot.closed_on = False, self.day
        slot.came_along = [(match, match.state) for match in waiting]
        for match in waiting:
            match.state = "expired"

    def reopen_slot(self, slot: Slot) -> None:
        """For two weeks what ended with it comes back, as far as it could be proposed today."""
        slot.is_online = True
        if slot.closed_on is None or self.day > slot.closed_on + UNDO:
            return
        for match, was in slot.came_along:
            if self.may_propose(slot, match.enrolment):
                match.state, match.asked = was, self.day
