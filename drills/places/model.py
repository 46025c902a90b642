"""What should be true of agreements, and of how places and enrolments end, in plain Python.

Written from what the portal promises (docs/domain.md 5 and 6), not from its code: it imports nothing of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from drills.places.guidance import Guidance
from drills.places.rows import (
    DAY,
    UNDO,
    Agreement,
    Change,
    Ending,
    Enrolment,
    Placement,
    Text,
    last_day_to_answer,
)


class Model(Guidance):
    """All of it, on a day."""

    def with_state(self, *states: str) -> list[Agreement]:
        return [row for row in self.agreements if row.state in states]

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

    @staticmethod
    def _first_day(agreement: Agreement, text: Text) -> dt.date:
        """Of the placement: a next agreement goes on where the former ends."""
        return text.starts if agreement.follows is None else agreement.placement.starts

    def _may_move(self, placement: Placement, starts: dt.date, ends: dt.date) -> bool:
        seats = self.free_seats(placement.slot, starts, ends, but=placement)
        return bool(seats) and not self.is_elsewhere(placement.enrolment.student, starts, ends, but=placement)

    def _move(self, placement: Placement, starts: dt.date, ends: dt.date) -> None:
        """On the own seat, or on the lowest that is free all those days."""
        if not placement.goes_on or (placement.starts, placement.ends) == (starts, ends):
            return
        seats = self.free_seats(placement.slot, starts, ends, but=placement)
        if placement.seat not in seats:
            placement.seat = seats[0]
        placement.starts, placement.ends = starts, ends

    def change_draft(
        self, agreement: Agreement, starts: dt.date, ends: dt.date, terms: Mapping[str, object]
    ) -> None:
        """A first text that was asked makes way for another draft, with all its signatures."""
        text = agreement.pending
        assert text is not None
        if (text.starts, text.ends) == (starts, ends) and terms.items() <= text.terms.items():
            return
        if text.state == "signing":
            text.state, agreement.state = "withdrawn", "draft"
            text = Text("base", starts, ends, starts, terms=text.terms)
            agreement.texts.append(text)
        text.starts, text.ends, text.holds_from = starts, ends, starts
        text.terms = text.terms | dict(terms)

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
        if party not in agreement.needed(text, self.day) or (text.kind != "base" and text.ends < self.day):
            return False
        if set(agreement.needed(text, self.day)) - {*text.signed, party}:
            return True
        placement = agreement.placement  # the last one: then it must be possible too
        moves = placement.goes_on and text.kind != "early_end"
        return not moves or self._may_move(placement, self._first_day(agreement, text), text.ends)

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
            self._end_placement(agreement, text.ends)
        else:
            self._move(agreement.placement, self._first_day(agreement, text), text.ends)

    @staticmethod
    def waits_already(agreement: Agreement, change: Change, by: int) -> bool:
        """The very same change by the same person: that is there already, and nothing happens."""
        text, agreed = agreement.pending, agreement.agreed
        if text is None or agreed is None or (text.kind, text.by) != (change.kind, by):
            return False
        return text.ends == change.ends and text.terms == agreed.terms | change.terms

    def may_amend(self, agreement: Agreement, change: Change) -> bool:
        agreed = agreement.agreed
        if agreement.state != "active" or agreement.pending is not None or agreed is None:
            return False
        if change.ends == agreed.ends and change.terms.items() <= agreed.terms.items():
            return False  # nothing is different
        if change.first > agreed.ends + DAY or (change.kind != "early_end" and change.first > change.ends):
            return False  # days without any text, or over before it holds
        if change.kind == "early_end" and not self.day <= change.ends <= agreed.ends:
            return False
        return self._may_run(agreement.placement, Text(change.kind, agreed.starts, change.ends, change.first))

    def amend(self, agreement: Agreement, change: Change, by: int) -> None:
        agreed = agreement.agreed
        assert agreed is not None
        terms = agreed.terms | change.terms
        text = Text(change.kind, agreed.starts, change.ends, change.first, terms=terms, by=by)
        text.state = "signing"
        agreement.texts.append(text)

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
            agreement.texts.append(Text("base", text.starts, text.ends, text.starts, terms=text.terms))

    def _placement_days(self, agreement: Agreement, last_day: dt.date) -> tuple[dt.date, dt.date]:
        placement = agreement.placement
        return last_day + DAY, min(placement.ends, placement.enrolment.ends)

    def may_end(self, agreement: Agreement, last_day: dt.date, then: str) -> bool:
        agreed, placement = agreement.agreed, agreement.placement
        if agreement.state != "active" or agreed is None or not agreed.starts <= last_day < agreed.ends:
            return False
        if then == "next":
            starts, ends = self._placement_days(agreement, last_day)
            return placement.is_live and starts <= ends
        return True

    def end(self, agreement: Agreement, last_day: dt.date, then: str, next_pk: int = 0) -> None:
        pending = agreement.pending
        agreement.waited = (pending, pending.state) if pending else None
        self._end(agreement, last_day)
        agreement.ended_at = self.day
        if then == "next":
            starts, ends = self._placement_days(agreement, last_day)
            assert agreement.agreed is not None
            text = Text("base", starts, ends, starts, terms=agreement.agreed.terms)
            self.agreements.append(Agreement(next_pk, agreement.placement, agreement, [text]))
        else:
            self._end_placement(agreement, last_day)

    @staticmethod
    def _lapse_pending(agreement: Agreement) -> None:
        if agreement.pending is not None:
            agreement.pending.state = "lapsed"

    def _end(self, agreement: Agreement, last_day: dt.date) -> None:
        self._lapse_pending(agreement)
        agreement.state, agreement.ended = "ended", last_day

    def _end_placement(self, agreement: Agreement, last_day: dt.date) -> None:
        """It ends with its agreement on that day."""
        if agreement.placement.goes_on:
            self.break_off(agreement.placement, last_day, cause=agreement)

    # The end of a placement, and of an enrolment

    def may_break_off(self, placement: Placement, last_day: dt.date) -> bool:
        """On a day before the last one, and not before the first once that has come; one chosen day is not changed."""
        return placement.goes_on and last_day < placement.ends and not last_day < placement.starts <= self.day

    def break_off(self, placement: Placement, last_day: dt.date, *, cause: object | None = None) -> None:
        """At once when the day has come, else on that day; not at all when it had not begun by then.

        Its agreement ends on the same day, or lapses if it never held.
        """
        open_ones = [row for row in self.agreements if row.placement is placement and row.is_open]
        rows = [*open_ones, *(text for row in open_ones for text in row.texts)]
        was = placement.state, placement.ends, placement.planned
        placement.endings.append(Ending(self.day, cause, *was, [(row, row.state) for row in rows]))
        if max(self.day, last_day) < placement.starts:
            placement.state, placement.planned = "cancelled", None
        else:
            placement.planned = placement.planned or placement.ends
            placement.ends = min(max(last_day, placement.starts), placement.planned)
            placement.state = "ending" if last_day > self.day else "broken_off"
        for agreement in open_ones:
            if agreement.agreed is None:
                self._lapse(agreement)
            else:
                day = min(last_day, placement.ends)
                self._end(agreement, min(max(day, agreement.agreed.starts), agreement.agreed.ends))
                agreement.ended_at = None

    def may_restore(self, placement: Placement) -> bool:
        """As long as seat and student are free on all the days that it had."""
        return self._may_move(placement, placement.starts, placement.endings[-1].ended_on)

    def may_take_back_break_off(self, placement: Placement) -> bool:
        """Ended by itself, until 14 days after the act or after the last day, whichever comes later."""
        if not placement.endings or placement.endings[-1].cause is not None:
            return False
        last = placement.endings[-1].day
        if placement.planned:
            last = max(last, placement.ends)
        return self.day <= last + UNDO and self.may_restore(placement)

    def restore(self, placement: Placement) -> None:
        """It goes on, on its own seat or the lowest free one, and its agreement with it."""
        ending = placement.endings.pop()
        seats = self.free_seats(placement.slot, placement.starts, ending.ended_on, but=placement)
        placement.state, placement.ends, placement.planned = ending.state, ending.ended_on, ending.planned
        for row, state in ending.along:
            row.state = state
            if isinstance(row, Agreement):
                row.ended = row.ended_at = None
        if placement.seat not in seats:
            placement.seat = seats[0]

    def _lapse(self, agreement: Agreement) -> None:
        self._lapse_pending(agreement)
        agreement.state = "lapsed"

    def leave(self, enrolment: Enrolment, state: str, last_day: dt.date) -> None:
        """Proposals expire; who drops out leaves the workplace too."""
        waiting = [row for row in self.matches if row.enrolment is enrolment and row.is_open]
        placed = [row for row in self._live() if row.enrolment is enrolment and state == "dropped_out"]
        enrolment.state, enrolment.left_on, enrolment.leaving = state, self.day, object()
        for match in waiting:
            match.advance("expire", enrolment.leaving, self.day)
        for placement in placed:
            self.break_off(placement, last_day, cause=enrolment.leaving)

    def may_reinstate(self, enrolment: Enrolment) -> bool:
        left = enrolment.left_on
        return left is not None and not enrolment.is_continued and self.day <= left + UNDO

    def reinstate(self, enrolment: Enrolment) -> None:
        """Who was there comes back with all that ended then, as far as seats and student are free."""
        enrolment.state, enrolment.left_on = "enrolled", None
        for row in self.placements:
            if row.endings and row.endings[-1].cause is enrolment.leaving and self.may_restore(row):
                self.restore(row)
        self.bring_back(enrolment.leaving)

    def may_take_back_end(self, agreement: Agreement) -> bool:
        """An end by itself, within its days, as long as the next agreement did not come into force."""
        if agreement.state != "ended" or agreement.ended_at is None or self.day > agreement.ended_at + UNDO:
            return False
        follower = self._follower(agreement)
        agreed = agreement.agreed
        if (follower and follower.was_active) or agreed is None:
            return False
        placement = agreement.placement
        if placement.endings and placement.endings[-1].cause is agreement:
            return self.may_restore(placement)
        if not placement.goes_on:
            return placement.state == "completed"
        return self._may_move(placement, self._first_day(agreement, agreed), agreed.ends)

    def _follower(self, agreement: Agreement) -> Agreement | None:
        rows = (row for row in self.agreements if row.follows is agreement)
        return next((row for row in rows if row.state != "lapsed"), None)

    def take_back_end(self, agreement: Agreement) -> None:
        """What it brought along comes back with it."""
        agreement.state, agreement.ended, agreement.ended_at = "active", None, None
        if agreement.waited is not None:
            text, state = agreement.waited
            text.state = state
        follower = self._follower(agreement)
        if follower and follower.is_open:
            self._lapse(follower)
        placement = agreement.placement
        if placement.endings and placement.endings[-1].cause is agreement:
            self.restore(placement)
        assert agreement.agreed is not None
        self._move(placement, self._first_day(agreement, agreement.agreed), agreement.agreed.ends)

    # The clock

    def night(self, day: dt.date) -> None:
        """What begins, ends and expires by itself."""
        self.day = day
        for row in self.placements:
            if row.state == "confirmed" and row.starts <= day:
                row.state = "running"
            if row.state == "ending" and row.ends < day:
                row.state = "broken_off"
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
                match.advance("expire", None, day)

    # Who may read

    def may_read(self, employer: int) -> set[int]:
        """The enrolments whose plan this employer's people see: from the yes until the last day, or the end by an act."""
        rows = (row for row in self._live() if row.slot.employer == employer and self.day <= row.ends)
        return {row.enrolment.pk for row in rows}
