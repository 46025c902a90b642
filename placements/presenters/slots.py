"""What the templates print of slots, matches and placements: the state in a word with its colour, numbers, labels."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.access import Verdict, deny
from placements.enums import (
    CONFIRM_AFTER_DAYS,
    FRESH_DAYS,
    MatchState,
    PlacementState,
    Setting,
    SlotState,
)
from placements.models import Match, Placement, Slot
from programmes.enums import Route
from students.models import Student

# design/guide.md 5: Concept, Online, Vol, Gesloten use todo, done, busy, outline
SLOT_KINDS = {SlotState.DRAFT: "todo", SlotState.ONLINE: "done", SlotState.CLOSED: "todo"}
SLOT_WORDS: dict[str, Promise] = {
    SlotState.DRAFT: gettext_lazy("Draft"),
    SlotState.ONLINE: gettext_lazy("Online"),
    SlotState.CLOSED: gettext_lazy("Closed"),
}
MATCH_KINDS = {
    MatchState.PROPOSED: "wait",
    MatchState.EMPLOYER_AGREED: "wait",
    MatchState.ACCEPTED: "done",
    MatchState.DECLINED: "back",
    MatchState.WITHDRAWN: "todo",
    MatchState.EXPIRED: "todo",
}
MATCH_WORDS: dict[str, Promise] = {
    MatchState.PROPOSED: gettext_lazy("Waiting for the employer"),
    MatchState.EMPLOYER_AGREED: gettext_lazy("Waiting for the student"),
    MatchState.ACCEPTED: gettext_lazy("Both said yes"),
    MatchState.DECLINED: gettext_lazy("Declined"),
    MatchState.WITHDRAWN: gettext_lazy("Withdrawn"),
    MatchState.EXPIRED: gettext_lazy("Expired"),
}
PLACEMENT_KINDS = {
    PlacementState.CONFIRMED: "wait",
    PlacementState.RUNNING: "busy",
    PlacementState.COMPLETED: "done",
    PlacementState.BROKEN_OFF: "todo",
}
PLACEMENT_WORDS: dict[str, Promise] = {
    PlacementState.CONFIRMED: gettext_lazy("Confirmed"),
    PlacementState.RUNNING: gettext_lazy("Running"),
    PlacementState.COMPLETED: gettext_lazy("Completed"),
    PlacementState.BROKEN_OFF: gettext_lazy("Broken off"),
}
_NO = deny("")


@dataclass(frozen=True)
class SlotRow:
    """A slot loaded `for_list`."""

    slot: Slot
    can_confirm: Verdict = _NO

    @property
    def free(self) -> int:
        return max(0, self.slot.seats - self.slot.taken)

    @property
    def is_full(self) -> bool:
        return self.slot.state == SlotState.ONLINE and not self.free

    @property
    def kind(self) -> str:
        return "busy" if self.is_full else SLOT_KINDS[SlotState(self.slot.state)]

    @property
    def word(self) -> str:
        return _("Full") if self.is_full else str(SLOT_WORDS[self.slot.state])

    @property
    def confirmed(self) -> str:
        days = self.slot.days_since_confirmed
        if days is None:
            return _("Not yet")
        if days == 0:
            return _("Today")
        return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}

    @property
    def is_stale(self) -> bool:
        """Time to ask whether it still stands."""
        days = self.slot.days_since_confirmed
        return self.slot.state == SlotState.ONLINE and days is not None and days >= CONFIRM_AFTER_DAYS

    @property
    def is_hidden(self) -> bool:
        days = self.slot.days_since_confirmed
        return self.slot.state == SlotState.ONLINE and days is not None and days > FRESH_DAYS

    @property
    def route(self) -> str:
        """As `get_route_display`, which makes its choices anew at each call."""
        return str(Route(self.slot.route).label)

    @property
    def setting(self) -> str:
        return str(Setting(self.slot.setting).label)

    @property
    def programmes(self) -> str:
        return ", ".join(str(row) for row in self.slot.qualifications.all())

    @property
    def distance(self) -> int | None:
        kilometres = getattr(self.slot, "distance", None)
        return None if kilometres is None else round(kilometres)


def address_of(student: Student) -> str:
    """Where the student reads mail: the account's address, or what the school knows while there is none."""
    return student.user.email if student.user else student.email


@dataclass(frozen=True)
class MatchRow:
    """A match with the name this reader may see."""

    match: Match
    sees_identity: bool
    is_asked: bool = False  # whether the answer waited for is this reader's

    @property
    def name(self) -> str:
        student = self.match.enrolment.student
        return student.full_name if self.sees_identity else student.first_name

    @property
    def email(self) -> str:
        return address_of(self.match.enrolment.student) if self.sees_identity else ""

    @property
    def kind(self) -> str:
        return MATCH_KINDS[MatchState(self.match.state)]

    @property
    def word(self) -> str:
        return _("Waits for you") if self.is_asked else str(MATCH_WORDS[self.match.state])


@dataclass(frozen=True)
class PlacementRow:
    placement: Placement

    @property
    def email(self) -> str:
        return address_of(self.placement.student)

    @property
    def kind(self) -> str:
        return PLACEMENT_KINDS[PlacementState(self.placement.state)]

    @property
    def word(self) -> str:
        return str(PLACEMENT_WORDS[self.placement.state])
