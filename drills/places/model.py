"""What should be true of agreements, and of how places and enrolments end, in plain Python.

Written from what the portal promises (docs/domain.md 5 and 6), not from its code: it imports nothing of it.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy

from drills.places.proposals import Proposals
from drills.places.rows import DAY, UNDO, Agreement, Enrolment, Match, Placement, Text, last_day_to_answer


class Model(Proposals):
    """All of it, on a day."""

    def may_ask(self, agreement: Agreement) -> bool:
        text = agreement.pending
        return text is not None and text.state == "draft" and self._may_run(agreement.placement, text)

    def _may_run(self, placement: Placement, text: Text) -> bool:
        """Inside the enrolment, and nobody in the way on days that are new."""
        enrolment = placement.enrolment
        if not enrolment.starts <= text.starts <= text.ends <= enrolment.ends:  # also in their order
            return False
        if placement.starts <= text.starts and text.ends <= placement.ends:
            return True
        return self._may_move(placement, text.starts, text.ends)

    def _may_move(self, placement: Placement, starts: dt.date, ends: dt.date) -> bool:
        seats = self.free_seats(placement.slot, starts, ends, but=placement)
        return bool(seats) and not self.is_elsewhere(placement.enrolment.student, starts, ends, but=placement)

    def _move(self, placement: Placement, starts: dt.date, ends: dt.date) -> None:
        """On the own seat, or on the lowest that is free all those days."""
        if not placement.is_live or (placement.starts, placement.ends) == (starts, ends):
            return
        seats = self.free_seats(placement.slot, starts, ends, but=placement)
        if placement.seat not in seats:
            placement.seat = seats[0]
        placement.starts, placement.ends = starts, ends

    def ask(self, agreement: Agreement) -> None:
        text = agreement.pending
        assert text is not None
        text.state = "signing"
        if text.kind == "base":
            agreement.state = "signing"

    def may_sign(self, agreement: Agreement, party: str) -> bool:
        text = agreement.pending
        if text is None or text.state != "signing" or party in text.signed:
            return False
        if party not in agreement.needed(text, self.day) or (
            text.kind == "early_end" and text.ends < self.day
        ):
            return False
        if set(agreement.needed(text, self.day)) - {*text.signed, party}:
            return True
        placement = agreement.placement  # the last one: then it must be possible too
        moves = placement.is_live and not (text.kind == "early_end" and text.ends <= self.day)
        return not moves or self._may_move(placement, text.starts, text.ends)

    def sign(self, agreement: Agreement, party: str) -> None:
        text = agreement.pending
        assert text is not None
        text.signed[party] = self.day
        if set(agreement.needed(text, self.day)) - set(text.signed):
            return
        text.state, text.signed_by_all = "signed", self.day
        if text.kind != "base":
            text.holds_from = max(text.holds_from, self.day)
        agreement.order.append(text)
        if text.kind == "base":
            agreement.state, agreement.was_active = "active", True
        if text.kind == "early_end":
            agreement.state, agreement.ended, agreement.ended_at = "ended", text.ends, None
            self._end_placement(agreement.placement, text.ends)
        else:
            self._move(agreement.placement, text.starts, text.ends)

    def may_amend(self, agreement: Agreement, kind: str, ends: dt.date) -> bool:
        agreed = agreement.agreed
        if (
            agreement.state != "active"
            or agreement.pending is not None
            or agreed is None
            or ends == agreed.ends
        ):
            return False
        first = max(self.day, agreed.holds_from)
        if first > max(agreed.ends, ends) or (kind == "early_end" and not self.day <= ends <= agreed.ends):
            return False
        return self._may_run(agreement.placement, Text(kind, agreed.starts, ends, first))

    def amend(self, agreement: Agreement, kind: str, ends: dt.date) -> None:
        agreed = agreement.agreed
        assert agreed is not None
        first = max(self.day, agreed.holds_from)
        agreement.texts.append(Text(kind, agreed.starts, ends, first, state="signing"))

    def may_withdraw_change(self, agreement: Agreement) -> bool:
        return agreement.pending is not None and agreement.pending.kind != "base"

    def may_decline(self, agreement: Agreement, party: str) -> bool:
        text = agreement.pending
        return text is not None and text.state == "signing" and party not in text.signed

    def decline(self, agreement: Agreement) -> None:
        """A change is off; a first text is a draft again."""
        text = agreement.pending
        assert text is not None
        text.state = "withdrawn"
        if text.kind == "base":
            agreement.state = "draft"
            agreement.texts.append(Text("base", text.starts, text.ends, text.starts))

    def _placement_days(self, agreement: Agreement, last_day: dt.date) -> tuple[dt.date, dt.date]:
        placement = agreement.placement
        return last_day + DAY, min(placement.ends, placement.enrolment.ends)

    def may_end(self, agreement: Agreement, last_day: dt.date, then: str) -> bool:
        agreed, placement = agreement.agreed, agreement.placement
        if agreement.state != "active" or agreed is None or not agreed.starts <= last_day <= agreed.ends:
            return False
        if then == "next":
            starts, ends = self._placement_days(agreement, last_day)
            return placement.is_live and starts <= ends
        return True

    def end(self, agreement: Agreement, last_day: dt.date, then: str, next_pk: int = 0) -> None:
        self._end(agreement, last_day)
        agreement.ended_at = self.day
        if then == "next":
            starts, ends = self._placement_days(agreement, last_day)
            text = Text("base", starts, ends, starts)
            self.agreements.append(Agreement(next_pk, agreement.placement, agreement.number + 1, [text]))
        else:
            self._end_placement(agreement.placement, last_day)

    @staticmethod
    def _lapse_pending(agreement: Agreement) -> None:
        if agreement.pending is not None:
            agreement.pending.state = "lapsed"

    def _end(self, agreement: Agreement, last_day: dt.date) -> None:
        self._lapse_pending(agreement)
        agreement.state, agreement.ended = "ended", last_day

    def _end_placement(self, placement: Placement, last_day: dt.date) -> None:
        """At once when the day is today or over, else by the clock."""
        if not placement.is_live:
            return
        if last_day <= self.day:
            self.break_off(placement)
        else:
            self._move(placement, placement.starts, last_day)

    # The end of a placement, and of an enrolment

    def break_off(self, placement: Placement) -> None:
        """Its agreement ends with it, or lapses if it never held."""
        placement.state, placement.left = "broken_off", self.day
        for agreement in (row for row in self.agreements if row.placement is placement and row.is_open):
            if agreement.agreed is None:
                self._lapse(agreement)
            else:
                self._end(agreement, min(max(self.day, agreement.agreed.starts), agreement.agreed.ends))
                agreement.ended_at = None

    def _lapse(self, agreement: Agreement) -> None:
        self._lapse_pending(agreement)
        agreement.state = "lapsed"

    def leave(self, enrolment: Enrolment, state: str) -> None:
        """Proposals expire; who drops out leaves the workplace too."""
        along: list[object] = [row for row in self.matches if row.enrolment is enrolment and row.is_open]
        if state == "dropped_out":
            placed = [row for row in self._live() if row.enrolment is enrolment]
            agreed = [row for row in self.agreements if row.placement in placed and row.is_open]
            along += [*placed, *agreed, *(text for row in agreed for text in row.texts)]
        enrolment.came_along = [(row, dict(vars(row))) for row in along]
        enrolment.state, enrolment.left_on = state, self.day
        for row in along:
            if isinstance(row, Match):
                row.state = "expired"
            elif isinstance(row, Placement):
                self.break_off(row)
        for placement in self.placements:
            if state == "dropped_out" and placement.enrolment is enrolment:
                placement.left = None  # at once

    def may_reinstate(self, enrolment: Enrolment) -> bool:
        left = enrolment.left_on
        return left is not None and not enrolment.is_continued and self.day <= left + UNDO

    def reinstate(self, enrolment: Enrolment) -> None:
        """Who was there comes back with all that ended then, as far as seats and student are free."""
        enrolment.state, enrolment.left_on = "enrolled", None
        back: set[int] = set()
        for row, was in enrolment.came_along:
            if isinstance(row, Placement) and self._may_move(row, row.starts, row.ends):
                seats = self.free_seats(row.slot, row.starts, row.ends)
                row.seat = row.seat if row.seat in seats else seats[0]
                row.state = str(was["state"])
                back.add(id(row))
            if isinstance(row, Agreement) and id(row.placement) in back:
                vars(row).update(
                    deepcopy({"state": was["state"], "ended": was["ended"], "ended_at": was["ended_at"]})
                )
                for text, before in enrolment.came_along:
                    if text in row.texts:
                        text.state = str(before["state"])  # type: ignore[attr-defined]  # a text
        for row, was in enrolment.came_along:
            if isinstance(row, Match) and self.may_propose(row.slot, row.enrolment):
                row.state, row.asked = str(was["state"]), self.day

    def may_take_back_end(self, agreement: Agreement) -> bool:
        """An end by itself, within its days, as long as the next agreement did not come into force."""
        if agreement.state != "ended" or agreement.ended_at is None or self.day > agreement.ended_at + UNDO:
            return False
        follower = self._follower(agreement)
        agreed = agreement.agreed
        if (follower and follower.was_active) or agreed is None:
            return False
        placement = agreement.placement
        if not placement.is_live:
            return True
        return self._may_move(placement, agreed.starts, agreed.ends)

    def _follower(self, agreement: Agreement) -> Agreement | None:
        rows = (row for row in self.agreements if row.placement is agreement.placement)
        return next((row for row in rows if row.number == agreement.number + 1), None)

    def take_back_end(self, agreement: Agreement) -> None:
        """What it brought along comes back with it."""
        agreement.state, agreement.ended, agreement.ended_at = "active", None, None
        follower = self._follower(agreement)
        if follower and follower.is_open:
            self._lapse(follower)
        assert agreement.agreed is not None
        self._move(agreement.placement, agreement.agreed.starts, agreement.agreed.ends)

    # The clock

    def night(self, day: dt.date) -> None:
        """What begins, ends and expires by itself."""
        self.day = day
        for row in self.placements:
            if row.state == "confirmed" and row.starts <= day:
                row.state = "running"
            if row.state == "running" and row.ends < day:
                row.state = "completed"
                for agreement in self.agreements:
                    if agreement.placement is row and agreement.is_open and not agreement.was_active:
                        self._lapse(agreement)
        for agreement in self.agreements:
            if agreement.state == "active" and agreement.agreed and agreement.agreed.ends < day:
                self._lapse_pending(agreement)
                agreement.state = "completed"
        for match in (row for row in self.matches if row.is_open):
            if match.slot.ends <= day or last_day_to_answer(match.asked) < day:
                match.state = "expired"

    # Who may read

    def may_read(self, employer: int) -> set[int]:
        """The enrolments whose plan this employer's people see: from the yes until the last day of the placement."""
        rows = (row for row in self.placements if row.slot.employer == employer and self._counts(row))
        return {row.enrolment.pk for row in rows}

    def _counts(self, row: Placement) -> bool:
        return (row.is_live and self.day <= row.ends) or row.left == self.day
