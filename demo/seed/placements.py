"""Matches, placements with a seat, the access they open, and agreements in every state."""

import datetime as dt
from collections import defaultdict

from accounts.models import Person
from core.dates import add_working_days, local_day
from demo.seed import agreements
from demo.seed.context import Seed
from demo.seed.history import at, made_at
from demo.seed.people import employer_of, teacher_of
from demo.seed.stages import Stage
from placements.enums import Cause, MatchState, PlacementKind, PlacementState, SlotState
from placements.models import Match, Placement, Slot, Supervision, Supervisor
from placements.models.answering import DEFAULT
from students.models import Enrolment

STOPPED = "De student is met de opleiding gestopt."
NO_SUPERVISOR = "Geen begeleider op deze dagen."
_ENDED: dict[str, str] = {
    MatchState.DECLINED: NO_SUPERVISOR,
}
AGREED = (MatchState.EMPLOYER_AGREED, MatchState.ACCEPTED)  # the employer's yes, which the student sees
REASONS = (
    "Dicht bij huis en de opleiding past.",
    "Wil graag met ouderen werken; hier is een vaste begeleider.",
    "De werkdagen passen bij de schooldag.",
)


def _answer_by(asked_at: dt.datetime) -> dt.date:
    return add_working_days(local_day(asked_at), DEFAULT.expires_after)


class Desk:
    """Gives each student the next free seat that fits, in the order of the files."""

    def __init__(self, seed: Seed) -> None:
        self.seed = seed
        self.given: dict[int, int] = defaultdict(int)
        self.crebos = {slot.pk: set(slot.qualifications.values_list("pk", flat=True)) for slot in seed.slots}

    def match(self, enrolment: Enrolment, stage: Stage, number: int) -> Placement | None:
        """The match of the stage, with a placement and agreement when it was accepted."""
        if not stage.match:
            return None
        slot = self._slot(enrolment, stage, number)
        asked_at, agreed_at = self._asked(enrolment, slot, stage, number)
        with made_at(asked_at):
            match = Match.objects.create(
                slot=slot,
                enrolment=enrolment,
                state=stage.match,
                reason=REASONS[number % len(REASONS)],
                answer_reason=_ENDED.get(stage.match, ""),
                close_cause=Cause.SILENCE if stage.match == MatchState.EXPIRED else "",
                answer_by=_answer_by(asked_at),
                proposed_by=_teacher(enrolment),
                employer_agreed_at=agreed_at if stage.match in AGREED else None,
            )
        self._answers(match, agreed_at)
        if not stage.placement:
            return None
        placement = self._place(match, stage, number)
        agreements.make(self.seed, placement, _teacher(enrolment), stage, number)
        if stage.exchange:
            self._exchange(enrolment, slot, number)
        return placement

    def _asked(
        self, enrolment: Enrolment, slot: Slot, stage: Stage, number: int
    ) -> tuple[dt.datetime, dt.datetime]:
        """When the employer was asked and when it answered: before the placement, or these days."""
        if stage.placement:
            confirmed = _confirmed_on(slot, enrolment)
            return at(confirmed - dt.timedelta(days=7)), at(confirmed - dt.timedelta(days=3))
        if stage.match == MatchState.EXPIRED:
            return self.seed.at(-21), self.seed.at(-1)
        return self.seed.at(-2 - number % 3), self.seed.at(-1)

    def _answers(self, match: Match, moment: dt.datetime) -> None:
        """What both sides said, as far as they have."""
        history, employer = self.seed.history, employer_of(match.slot.organisation_id)
        if match.state == MatchState.DECLINED:
            history.note(match, "decline", moment, employer, NO_SUPERVISOR)
        elif match.state == MatchState.EXPIRED:
            history.note(match, "expire", moment, None, match.answer_reason)
        elif match.state in AGREED:
            history.note(match, "employer_yes", moment, employer)
            Match.objects.filter(pk=match.pk).update(asked_at=moment, answer_by=_answer_by(moment))
        if match.state == MatchState.ACCEPTED:
            confirmed = at(_confirmed_on(match.slot, match.enrolment))
            history.note(match, "student_yes", confirmed, match.enrolment.student.person)

    def _slot(self, enrolment: Enrolment, stage: Stage, number: int, *, not_at: int = 0) -> Slot:
        wanted = set(enrolment.cohort.programme.qualifications.values_list("pk", flat=True))
        fitting = [
            slot
            for slot in self.seed.slots
            if slot.state == SlotState.ONLINE
            and slot.partnership_id == enrolment.cohort.programme.partnership_id
            and slot.organisation_id != not_at
            and wanted <= self.crebos[slot.pk]
            and self.given[slot.pk] < slot.seats
            and (not stage.placement or slot.starts_on <= self.seed.loaded_on)
        ]
        # A proposal that waits for an answer is for a place that nobody has yet.
        fitting = fitting if stage.placement else self._still_empty(fitting) or fitting
        # Spread over the workplaces, but the first student works where the demo's employer is.
        return fitting[0] if number == 0 else fitting[number % len(fitting)]

    def _still_empty(self, slots: list[Slot]) -> list[Slot]:
        return [slot for slot in slots if slot.starts_on > self.seed.loaded_on]

    def _place(self, match: Match, stage: Stage, number: int) -> Placement:
        slot, enrolment = match.slot, match.enrolment
        self.given[slot.pk] += 1
        broken = stage.placement == PlacementState.BROKEN_OFF
        starts_on = max(slot.starts_on, enrolment.starts_on)
        planned = min(slot.ends_on, enrolment.ends_on)
        stopped = {"would_end_on": planned, "ended_at": self.seed.at(stage.left)} if broken else {}
        placement = Placement.objects.create(
            match=match,
            slot=slot,
            organisation=slot.organisation,
            seat_no=self.given[slot.pk],
            enrolment=enrolment,
            student=enrolment.student,
            state=stage.placement,
            starts_on=starts_on,
            ends_on=self.seed.day(stage.left) if broken else planned,
            confirmed_on=_confirmed_on(slot, enrolment),
            **stopped,
        )
        self._guide(placement, number)
        self.seed.history.note(placement, "start", at(starts_on, 6), None)
        if broken:
            self.seed.history.note(
                placement,
                "break_off",
                self.seed.at(stage.left),
                _teacher(enrolment),
                STOPPED,
                cause=self.seed.history.last(enrolment),
            )
        return placement

    def _guide(self, placement: Placement, number: int) -> None:
        """One of the employer's supervisors from the first day, where it has any."""
        found = list(Supervisor.objects.filter(organisation=placement.organisation).order_by("pk"))
        if found:
            Supervision.objects.create(
                placement=placement,
                membership=found[number % len(found)],
                organisation=placement.organisation,
                starts_on=placement.starts_on,
            )

    def _exchange(self, enrolment: Enrolment, own: Slot, number: int) -> None:
        """Some weeks at another member, with access to the exchange goals only (added by plans.make)."""
        host = self._slot(
            enrolment, Stage(placement=PlacementState.RUNNING), number, not_at=own.organisation_id
        )
        self.given[host.pk] += 1
        starts_on = self.seed.day(-14)
        placement = Placement.objects.create(
            slot=host,
            organisation=host.organisation,
            seat_no=self.given[host.pk],
            enrolment=enrolment,
            student=enrolment.student,
            kind=PlacementKind.EXCHANGE,
            state=PlacementState.RUNNING,
            starts_on=starts_on,
            ends_on=self.seed.day(42),
            confirmed_on=self.seed.day(-21),
        )
        self.seed.history.note(placement, "start", at(starts_on, 6), None)


def _confirmed_on(slot: Slot, enrolment: Enrolment) -> dt.date:
    """The day of the student's yes: a fortnight before the first day of the placement."""
    return max(slot.starts_on, enrolment.starts_on) - dt.timedelta(days=14)


def _teacher(enrolment: Enrolment) -> Person:
    teacher = teacher_of(enrolment.cohort)
    if teacher is None:
        raise ValueError(f"{enrolment} has a place but no teacher: see programmes.yaml")
    return teacher
