"""What should be true of who guides at a workplace, and of who may sign there, in plain Python.

Written from what the portal promises (docs/domain.md 2 and 4), not from its code: it imports nothing of it.
"""

from __future__ import annotations

import datetime as dt

from drills.places.proposals import Proposals
from drills.places.rows import DAY, Placement, Supervision, Supervisor


class Guidance(Proposals):
    """Supervisors, and the people of an employer with a mandate to sign, on a day."""

    supervisors: list[Supervisor]
    supervisions: list[Supervision]
    signers: dict[int, dict[int, bool]]  # of each employer: who could, and who may now

    def standing(self, placement: Placement) -> list[Supervision]:
        return [row for row in self.supervisions if row.placement is placement and row.stands(self.day)]

    def begin_guiding(self, placement: Placement) -> None:
        """Whoever guides at the place guides the student from the first day."""
        supervisor = placement.slot.supervisor
        if supervisor is not None and supervisor.runs:
            self.supervisions.append(Supervision(placement, supervisor, placement.starts))

    def may_hand_over(self, placement: Placement, to: Supervisor | None, day: dt.date) -> bool:
        """While the placement lasts, to someone of the same employer, or to nobody yet."""
        is_own = to is None or (to.runs and to.employer == placement.slot.employer)
        return placement.is_live and max(day, self.day) <= placement.ends and is_own

    def hand_over(self, placement: Placement, to: Supervisor | None, day: dt.date) -> None:
        """From that day on `to` alone; before it nothing changes, but that what would have been later is off."""
        day = max(day, self.day)
        first = max(day, placement.starts)
        staying = None
        for row in self.standing(placement):
            if row.supervisor is to and row.starts <= first and (row.ends is None or row.ends >= first - DAY):
                staying = row
                row.ends = None
            elif row.starts < day and day > self.day:
                row.ends = min(row.ends or day - DAY, day - DAY)
            else:
                row.is_over = True
        if to is not None and staying is None:
            self.supervisions.append(Supervision(placement, to, first))

    def end_role(self, supervisor: Supervisor) -> None:
        """At once, with all that it was for."""
        supervisor.runs = False
        for row in self.supervisions:
            if row.supervisor is supervisor and row.stands(self.day):
                row.is_over = True
        for slot in self.slots:
            if slot.supervisor is supervisor:
                slot.supervisor = None

    def guides(self, supervisor: Supervisor) -> set[int]:
        """The enrolments whose plan a supervisor sees: while the supervision and the placement last."""
        rows = (row for row in self.supervisions if row.supervisor is supervisor and row.stands(self.day))
        return {
            row.placement.enrolment.pk
            for row in rows
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
