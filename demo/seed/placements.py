"""Matches, placements with a seat, the grants they open, and agreements in every state."""

import datetime as dt
from collections import defaultdict

from django.utils import timezone

from accounts.models import User
from agreements.enums import AgreementState, Signer, SigningMethod
from agreements.models import Agreement, Signature
from agreements.services import agreements
from demo.seed.context import Seed
from demo.seed.stages import Stage
from partnerships.actors import actor_of
from partnerships.models import Membership
from placements.enums import MatchState, PlacementKind, PlacementState, SlotState
from placements.models import Match, Placement, Slot, Supervisor
from students.enums import AccessScope
from students.models import Enrolment, LearnerAccess

AGREED = (MatchState.EMPLOYER_AGREED, MatchState.ACCEPTED)  # the employer's yes, which the student sees
REASONS = (
    "Dicht bij huis en de opleiding past.",
    "Wil graag met ouderen werken; hier is een vaste begeleider.",
    "De werkdagen passen bij de schooldag.",
)


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
        match = Match.objects.create(
            slot=slot,
            enrolment=enrolment,
            state=stage.match,
            reason=REASONS[number % len(REASONS)],
            answer_reason="Geen begeleider op deze dagen." if stage.match == MatchState.DECLINED else "",
            proposed_by=_teacher(enrolment),
            employer_agreed_at=timezone.now() if stage.match in AGREED else None,
        )
        if not stage.placement:
            return None
        placement = self._place(match, stage, number)
        _agree(placement, stage, number)
        if stage.exchange:
            self._exchange(enrolment, slot, number)
        return placement

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
        supervisors = list(Supervisor.objects.filter(organisation=slot.organisation).order_by("pk"))
        placement = Placement.objects.create(
            match=match,
            slot=slot,
            seat_no=self.given[slot.pk],
            enrolment=enrolment,
            student=enrolment.student,
            supervisor=supervisors[number % len(supervisors)] if supervisors else None,
            state=stage.placement,
            starts_on=starts_on,
            ends_on=enrolment.ends_on if broken else min(slot.ends_on, enrolment.ends_on),
        )
        _grant(placement, AccessScope.PLAN, "plaatsing")
        return placement

    def _exchange(self, enrolment: Enrolment, own: Slot, number: int) -> None:
        """Some weeks at another member, with a grant on the exchange goals only (added by plans.make)."""
        host = self._slot(
            enrolment, Stage(placement=PlacementState.RUNNING), number, not_at=own.organisation_id
        )
        self.given[host.pk] += 1
        placement = Placement.objects.create(
            slot=host,
            seat_no=self.given[host.pk],
            enrolment=enrolment,
            student=enrolment.student,
            kind=PlacementKind.EXCHANGE,
            state=PlacementState.RUNNING,
            starts_on=self.seed.loaded_on - dt.timedelta(days=14),
            ends_on=self.seed.loaded_on + dt.timedelta(days=42),
        )
        _grant(placement, AccessScope.EXCHANGE, "uitwisselingsstage")


def _teacher(enrolment: Enrolment) -> User:
    return enrolment.cohort.cohort_teachers.select_related("membership__user").earliest("pk").membership.user


def _grant(placement: Placement, scope: str, reason: str) -> None:
    supervisor = placement.supervisor
    members = [None, supervisor.membership] if supervisor and supervisor.membership else [None]
    for membership in members:
        LearnerAccess.objects.create(
            enrolment=placement.enrolment,
            organisation=placement.slot.organisation,
            membership=membership,
            scope=scope,
            reason=reason,
            starts_on=placement.starts_on,
            ends_on=placement.ends_on,
        )


def _agree(placement: Placement, stage: Stage, number: int) -> None:
    """The agreement, drafted by the portal's own service and signed as far as the stage says."""
    teacher = _teacher(placement.enrolment)
    agreement = agreements.draft(placement_id=placement.pk, by=actor_of(teacher))
    if stage.agreement == AgreementState.DRAFT:
        return
    is_signing = stage.agreement == AgreementState.SIGNING
    recently = timezone.now() - dt.timedelta(days=1 + number % 3)
    moment = recently if is_signing else _morning(min(placement.starts_on, timezone.localdate()))
    signed_on = timezone.localdate(moment)
    version = agreement.versions.get()
    version.created_at = version.asked_at = moment
    version.save(update_fields=["created_at", "asked_at"])
    everyone = {
        Signer.STUDENT: placement.student.user,
        Signer.EMPLOYER: _signer_for(placement.slot.organisation_id),
        Signer.SCHOOL: teacher,
    }
    is_minor = placement.student.is_minor_on(signed_on)
    missing = list(everyone)[number % 3] if is_signing else None
    for signer, user in everyone.items():
        if user and signer != missing and not (missing and is_minor):
            Signature.objects.create(
                version=version,
                signer=signer,
                name=user.get_full_name(),
                signed_on=signed_on,
                at=moment,
                by=user,
            )
    if is_minor and not is_signing:
        Signature.objects.create(
            version=version,
            signer=Signer.REPRESENTATIVE,
            name=f"Karin {placement.student.last_name}",
            method=SigningMethod.PAPER,
            signed_on=signed_on,
            at=moment,
            by=teacher,
        )
    ended = stage.agreement == AgreementState.ENDED
    Agreement.objects.filter(pk=agreement.pk).update(
        state=stage.agreement,
        activated_at=None if is_signing else moment,
        ended_on=placement.ends_on if ended else None,
    )


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))


def _signer_for(organisation_id: int) -> User:
    signing = Membership.objects.filter(organisation=organisation_id, may_sign=True)
    return signing.select_related("user").earliest("pk").user
