"""What should be true of who guides at a workplace, and of who may sign there, in plain Python.

Written from what the portal promises (docs/domain.md 2 and 4), not from its code: it imports nothing of it.
"""

from __future__ import annotations

import datetime as dt

from drills.places.proposals import Proposals
from drills.places.rows import DAY, UNDO, Placement, RoleEnd, Supervision, Supervisor

NAMED_BEFORE = dt.timedelta(days=14)


class Guidance(Proposals):
    """Supervisors, and the people of an employer with a mandate to sign, on a day."""

    supervisors: list[Supervisor]
    supervisions: list[Supervision]
    signers: dict[int, dict[int, bool]]  # of each employer: who could, and who may now

    def standing(self, placement: Placement) -> list[Supervision]:
        return [row for row in self.supervisions if row.placement is placement and row.stands(self.day)]

    def standing_of(self, supervisor: Supervisor) -> list[Supervision]:
        return [row for row in self.supervisions if row.supervisor is supervisor and row.stands(self.day)]

    def begin_guiding(self, placement: Placement) -> None:
        """Whoever guides at the place guides the student from the first day."""
        supervisor = placement.slot.supervisor
        if supervisor is not None and supervisor.stays:
            self.supervisions.append(Supervision(placement, supervisor, placement.starts))

    def may_hand_over(self, placement: Placement, to: Supervisor | None, day: dt.date) -> bool:
        """While the placement lasts, to someone of the same employer, or to nobody yet."""
        is_own = to is None or (to.stays and to.employer == placement.slot.employer)
        return placement.is_live and max(day, self.day) <= placement.ends and is_own

    def hand_over(self, placement: Placement, to: Supervisor | None, day: dt.date) -> None:
        """From that day on `to` alone; before it nothing changes, but that what would have been later is off."""
        day = max(day, self.day)
        first = max(day, placement.starts)
        own = [row for row in self.standing(placement) if row.supervisor is to and row.reaches(first)]
        staying = min(own, key=lambda row: row.starts, default=None)
        for row in self.standing(placement):
            if row is staying:
                row.ends = None
            else:
                row.leave(day, self.day)
        if to is not None and staying is None:
            self.supervisions.append(Supervision(placement, to, first))

    def may_end_role(
        self, supervisor: Supervisor, to: Supervisor | None, last_day: dt.date | None = None
    ) -> bool:
        """Today or on a later day; those who are guided go to nobody, or to a colleague who stays."""
        is_colleague = to is None or (
            to.stays and to is not supervisor and to.employer == supervisor.employer
        )
        in_time = last_day is None or self.day <= last_day
        return supervisor.is_there(self.day) and in_time and is_colleague

    def end_role(
        self, supervisor: Supervisor, to: Supervisor | None, last_day: dt.date | None, *, places: bool
    ) -> None:
        """At once or after that day, with all that it was for; whoever takes over has the days that are left of that.

        The places that name the supervisor go over too, when that was chosen.
        """
        end = RoleEnd(self.day)
        first = self.day if last_day is None else last_day + DAY
        for row in self.standing_of(supervisor):
            is_left = (row.ends is None or row.ends >= first) and first <= row.placement.ends
            if to is not None and is_left and self._goes_on(row.placement):
                self._take_over(row, to, first, end)
            elif last_day is None or row.ends is None or row.ends > last_day:
                end.ends(row, first, self.day)
        supervisor.ended, supervisor.is_over = end, last_day is None
        supervisor.until = last_day or self.day
        for slot in self.slots:
            named = slot.supervisor is supervisor and slot.is_online and slot.ends >= self.day
            if to is not None and places and named:
                slot.supervisor = to
                end.named.append((slot, to))

    def _take_over(self, row: Supervision, to: Supervisor, first: dt.date, end: RoleEnd) -> None:
        """Not where the colleague guides on such a day already."""
        starts, ends = max(row.starts, first), row.ends
        end.ends(row, first, self.day)
        own = (one for one in self.standing(row.placement) if one.supervisor is to)
        if not any(one.meets(starts, ends) for one in own):
            taken = Supervision(row.placement, to, starts, ends)
            end.begun.append((taken, ends))
            self.supervisions.append(taken)

    def may_take_back_role(self, supervisor: Supervisor) -> bool:
        """Until 14 days after the act, or after the last day, whichever comes later."""
        end, until = supervisor.ended, supervisor.until
        return end is not None and until is not None and self.day <= max(end.day, until) + UNDO

    def take_back_role(self, supervisor: Supervisor) -> None:
        """Who took over leaves again, and whom nobody else guides on those days is guided again.

        What was changed meanwhile stays.
        """
        end = supervisor.ended
        assert end is not None
        for row, ends in end.begun:
            row.is_over = row.is_over or row.ends == ends
        for slot, to in end.named:
            if slot.supervisor is to:
                slot.supervisor = supervisor
        supervisor.until, supervisor.ended, supervisor.is_over = None, None, False
        for row, ends, left in end.along:
            if (row.ends, row.is_over) != left:
                continue
            others = (one for one in self.standing(row.placement) if one is not row)
            if self._goes_on(row.placement) and not any(one.meets(row.starts, ends) for one in others):
                row.ends, row.is_over = ends, False

    def _goes_on(self, placement: Placement) -> bool:
        """It runs or is to come."""
        return placement.is_live and self.day <= placement.ends

    def _without(self, placement: Placement) -> tuple[dt.date, dt.date | None]:
        """The first days on which nobody guides, from today on and while it lasts; without a last when nobody does later."""
        day = max(self.day, placement.starts)
        for row in sorted(self.standing(placement), key=lambda row: row.starts):
            if row.starts > day:
                return day, row.starts - DAY
            day = max(day, (row.ends or placement.ends) + DAY)
        return day, None

    def is_gap(self, placement: Placement) -> bool:
        """On a day that is near nobody guides the student, and the first day has come or is near."""
        is_near = placement.starts <= self.day + NAMED_BEFORE
        until = min(self.day + NAMED_BEFORE, placement.ends)
        return self._goes_on(placement) and is_near and self._without(placement)[0] <= until

    def may_fill(self, placement: Placement, to: Supervisor) -> bool:
        return self.is_gap(placement) and to.stays and to.employer == placement.slot.employer

    def fill(self, placement: Placement, to: Supervisor) -> None:
        """On those days; whoever guides later goes on with that."""
        first, last = self._without(placement)
        if last is None:
            self.hand_over(placement, to, first)
        else:
            self.supervisions.append(Supervision(placement, to, first, last))

    def guides(self, supervisor: Supervisor) -> set[int]:
        """The enrolments whose plan a supervisor sees: while the supervision and the placement last."""
        return {
            row.placement.enrolment.pk
            for row in self.standing_of(supervisor)
            if max(row.starts, row.placement.starts) <= self.day <= row.placement.ends
            and row.placement.is_live
        }

    def has_signer(self, employer: int) -> bool:
        return any(self.signers[employer].values())

    def may_lose_mandate(self, employer: int, person: int) -> bool:
        """Not the last one who could sign an open agreement."""
        others = any(may for one, may in self.signers[employer].items() if one != person)
        is_open = any(row.is_open for row in self.agreements if row.placement.slot.employer == employer)
        return others or not is_open
