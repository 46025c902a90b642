"""The rows of the model of places: what is known of each, and what follows from a row by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

DAY = dt.timedelta(days=1)
UNDO = dt.timedelta(days=14)
ANSWER_WITHIN = 10  # working days
# On which nobody is expected to answer, in the months that a sequence can reach
FREE = {
    dt.date(2026, 12, 25),
    dt.date(2027, 1, 1),
    dt.date(2027, 3, 29),
    dt.date(2027, 4, 27),
    dt.date(2027, 5, 6),
    dt.date(2027, 5, 17),
    dt.date(2027, 12, 25),
}
REOPEN = dt.timedelta(days=5)
BECOMES = {
    "employer_yes": "employer_agreed",
    "student_yes": "accepted",
    "decline": "declined",
    "withdraw": "withdrawn",
    "expire": "expired",
}
LIVE = ("confirmed", "running", "ending")
STOPPED_EARLY = ("ending", "broken_off")
OPEN_MATCH = ("proposed", "employer_agreed")
OPEN_TEXT = ("draft", "signing")
PARTIES = ("student", "employer", "school")


def last_day_to_answer(asked: dt.date) -> dt.date:
    """Ten working days after the question."""
    day, left = asked, ANSWER_WITHIN
    while left:
        day += DAY
        left -= day.weekday() < 5 and day not in FREE
    return day


@dataclass(eq=False)
class Slot:
    pk: int
    employer: int
    seats: int
    starts: dt.date
    ends: dt.date
    most_open: int
    is_online: bool = True
    supervisor: Supervisor | None = None  # who guides whoever comes
    closing: object | None = None  # the act of closing that stands
    closed: dt.date | None = None


@dataclass(eq=False)
class Supervisor:
    pk: int
    employer: int
    until: dt.date | None = None  # the last day that was chosen
    is_over: bool = False  # ended at once
    ended: RoleEnd | None = None  # the end that stands

    def is_there(self, day: dt.date) -> bool:
        return not self.is_over and (self.until is None or day <= self.until)

    @property
    def stays(self) -> bool:
        """Only who stays is named for what is to come."""
        return self.until is None


@dataclass(eq=False)
class RoleEnd:
    """The day of the act, and what came along with it.

    What ended: each with the last day that it had and how it was left. What began: each with its last day. The places
    that name someone else.
    """

    day: dt.date
    along: list[tuple[Supervision, dt.date | None, tuple[dt.date | None, bool]]] = field(default_factory=list)
    begun: list[tuple[Supervision, dt.date | None]] = field(default_factory=list)
    named: list[tuple[Slot, Supervisor]] = field(default_factory=list)

    def ends(self, row: Supervision, first: dt.date, today: dt.date) -> None:
        """This one leaves by the act."""
        before = row.ends
        row.leave(first, today)
        self.along.append((row, before, (row.ends, row.is_over)))


@dataclass(eq=False)
class Supervision:
    """Who guides from a day until another day, or until further notice."""

    placement: Placement
    supervisor: Supervisor
    starts: dt.date
    ends: dt.date | None = None
    is_over: bool = False  # ended by an act

    def stands(self, day: dt.date) -> bool:
        return not self.is_over and (self.ends is None or self.ends >= day)

    def meets(self, starts: dt.date, ends: dt.date | None) -> bool:
        """Whether it has a day between those."""
        return (ends is None or self.starts <= ends) and (self.ends is None or starts <= self.ends)

    def reaches(self, day: dt.date) -> bool:
        """Whether it has the day, or the one before it."""
        return self.starts <= day and (self.ends is None or self.ends >= day - DAY)

    def leave(self, first: dt.date, today: dt.date) -> None:
        """Someone else guides from that day on, or nobody: at once when it has come or this was still to begin."""
        if self.starts < first and today < first:
            self.ends = min(self.ends or first - DAY, first - DAY)
        else:
            self.is_over = True


@dataclass(eq=False)
class Student:
    pk: int
    born: dt.date

    def is_minor(self, day: dt.date) -> bool:
        """Under 18 on the day."""
        return (day.year - 18, day.month, day.day) < (self.born.year, self.born.month, self.born.day)


@dataclass(eq=False)
class Enrolment:
    pk: int
    student: Student
    starts: dt.date
    ends: dt.date
    state: str = "enrolled"
    left_on: dt.date | None = None
    is_continued: bool = False
    leaving: object | None = None  # the act of leaving that stands


@dataclass(eq=False)
class MatchAct:
    """What happened to a proposal: by whom, or because of what."""

    name: str
    by: object
    day: dt.date
    was: str


@dataclass(eq=False)
class Match:
    pk: int
    slot: Slot
    enrolment: Enrolment
    asked: dt.date
    state: str = "proposed"
    acts: list[MatchAct] = field(default_factory=list)  # that stand, the last one on top

    def advance(self, name: str, by: object, day: dt.date) -> None:
        self.acts.append(MatchAct(name, by, day, self.state))
        self.state = BECOMES[name]

    @property
    def last(self) -> MatchAct | None:
        return self.acts[-1] if self.acts else None

    def is_repeat(self, name: str, by: int) -> bool:
        """The same button pressed twice: that is done already, and nothing changes."""
        return self.last is not None and (self.last.name, self.last.by) == (name, by)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_MATCH

    @property
    def taken_back_by(self) -> str:
        """The party that may take the last act back; nobody may where it was no answer and no withdrawal."""
        if self.last is None or self.last.name not in ("employer_yes", "decline", "withdraw"):
            return ""
        if self.last.name == "withdraw":
            return "school"
        return "student" if self.last.was == "employer_agreed" else "employer"


@dataclass(eq=False)
class Ending:
    """What ended a placement early, and what it and all that ended with it were before."""

    day: dt.date  # of the act
    cause: object | None  # an agreement or enrolment that ended; None when the placement itself was ended
    state: str
    ended_on: dt.date  # the last day that the placement had
    planned: dt.date | None
    along: list[tuple[Agreement | Text, str]]  # each with the state it had


@dataclass(eq=False)
class Placement:
    pk: int
    slot: Slot
    enrolment: Enrolment
    seat: int
    starts: dt.date
    ends: dt.date
    state: str = "confirmed"
    planned: dt.date | None = None  # the last day it had before another was chosen
    endings: list[Ending] = field(default_factory=list)  # that stand, the last one on top

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def goes_on(self) -> bool:
        """Whether no last day was chosen for it."""
        return self.is_live and self.state != "ending"

    @property
    def has_days(self) -> bool:
        """Whether its seat and student are taken on its days; not when it never began."""
        return self.state != "cancelled"

    def meets(self, starts: dt.date, ends: dt.date) -> bool:
        """Whether it shares a day with the period."""
        return self.starts <= ends and starts <= self.ends


@dataclass(frozen=True)
class Change:
    """What someone wants to be different in an agreement, and from which day."""

    kind: str
    ends: dt.date
    first: dt.date
    terms: dict[str, object]  # by field, besides the days


@dataclass(eq=False)
class Text:
    kind: str
    starts: dt.date
    ends: dt.date
    holds_from: dt.date
    state: str = "draft"
    terms: dict[str, object] = field(default_factory=dict)
    by: int | None = None
    signed: dict[str, dt.date] = field(default_factory=dict)
    signed_by_all: dt.date | None = None


@dataclass(eq=False)
class Agreement:
    pk: int
    placement: Placement
    follows: Agreement | None
    texts: list[Text]
    state: str = "draft"
    was_active: bool = False
    ended: dt.date | None = None
    ended_at: dt.date | None = None  # the day of the act, when it was one of its own
    waited: tuple[Text, str] | None = None  # the change that lapsed with that act, and its state before
    order: list[Text] = field(default_factory=list)  # in which they were signed by all

    @property
    def pending(self) -> Text | None:
        return next((text for text in self.texts if text.state in OPEN_TEXT), None)

    @property
    def agreed(self) -> Text | None:
        return self.order[-1] if self.order else None

    @property
    def is_open(self) -> bool:
        return self.state in ("draft", "signing", "active")

    def in_force(self, day: dt.date) -> Text | None:
        """The newest of the signed ones whose day has come, unless it is over."""
        for text in reversed(self.order):
            if text.holds_from <= day:
                return text if day <= min(text.ends, self.ended or text.ends) else None
        return None

    def needed(self, text: Text, day: dt.date) -> tuple[str, ...]:
        """Three parties, and whoever represents a student under 18 on the day of the student's signature."""
        minor = self.placement.enrolment.student.is_minor(text.signed.get("student", day))
        return (*PARTIES, "representative") if minor or "representative" in text.signed else PARTIES
