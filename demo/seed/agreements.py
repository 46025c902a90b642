"""Practice agreements in every state: signing, in force, with a change beside it, disputed, ended, followed by another."""

import datetime as dt
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Person
from agreements.enums import AgreementState, Signer, SigningMethod, VersionKind, VersionState
from agreements.models import Agreement, AgreementVersion, Signature, SignatureObjection
from agreements.queries import hours, readiness, spans
from agreements.services import agreements, versions
from core.models import StateChange
from core.weeks import in_turn, minutes_a_week
from demo.seed.context import Seed
from demo.seed.files import kept
from demo.seed.history import at
from demo.seed.stages import Stage
from partnerships.actors import actor_of_person
from partnerships.enums import MandateKind
from partnerships.models import Membership
from placements.models import Placement

HOUR = dt.timedelta(hours=1)
STOPPED = "De student is met de opleiding gestopt."
MOVED = "De student gaat op een andere afdeling verder, met andere begeleiding."
MORE_HOURS = "De student wil meer uren en de afdeling heeft ze."
NOT_MINE = "Ik heb dit formulier niet getekend; ik was die week met vakantie."


def make(seed: Seed, placement: Placement, teacher: Person, stage: Stage, number: int) -> None:
    """The agreement of a placement, as far as its student has come."""
    agreement = agreements.draft(placement_id=placement.pk, by=actor_of_person(teacher.pk))
    version = agreement.versions.get()
    version.created_at = at(placement.confirmed_on)
    version.save(update_fields=["created_at"])
    if stage.agreement == AgreementState.DRAFT:
        return
    Contract(seed, agreement, version, placement, teacher).come_so_far(stage, number)


class Contract:
    """One agreement on its way, with everyone who signs it."""

    def __init__(
        self,
        seed: Seed,
        agreement: Agreement,
        version: AgreementVersion,
        placement: Placement,
        teacher: Person,
    ) -> None:
        self.seed, self.agreement, self.placement, self.teacher = seed, agreement, placement, teacher
        self.version = version
        self.people = {
            Signer.STUDENT: placement.student.person,
            Signer.EMPLOYER: _signer_for(placement.slot.organisation_id),
            Signer.SCHOOL: teacher,
        }

    def come_so_far(self, stage: Stage, number: int) -> None:
        """Ask, sign and go on, as the stage says."""
        waits = stage.agreement == AgreementState.SIGNING
        confirmed = at(self.placement.starts_on - dt.timedelta(days=14), 15)
        moment = self.seed.at(-1 - number % 3) if waits else confirmed
        self._ask(self.version, moment - HOUR)
        on_paper = {Signer.STUDENT, Signer.EMPLOYER} if stage.story == "paper" else set()
        missing = list(self.people)[number % 3] if waits else None
        self._sign(self.version, moment, missing, on_paper)
        if missing is None and readiness.accredited(self.version).holds:
            self._hold(self.version, moment)
            self._note(self.agreement, "activate", moment, self.teacher)
            self._keep(state=AgreementState.ACTIVE, activated_at=moment)
        if stage.agreement == AgreementState.ENDED:
            cause = self.seed.history.last(self.placement)
            self._end(self.seed.day(stage.left), self.seed.at(stage.left), STOPPED, cause=cause)
        story = getattr(self, f"_story_{stage.story}", None)
        if story is not None and self.agreement.state == AgreementState.ACTIVE:
            story()

    # What happened since

    def _story_amending(self) -> None:
        """A change of hours is asked; the employer has not signed yet."""
        moment = self.seed.at(-2)
        change = self._change(moment, from_day=self.seed.day(21))
        self._ask(change, moment)
        self._sign(change, moment + HOUR, Signer.EMPLOYER)

    def _story_amended(self) -> None:
        """A change of hours was signed by all, and holds."""
        moment = self.seed.at(-30)
        change = self._change(moment, from_day=self.seed.day(-20))
        self._ask(change, moment)
        self._sign(change, moment + HOUR)
        self._hold(change, moment + HOUR)

    def _story_followed(self) -> None:
        """It ended early and the student stayed: a next agreement is drafted for the days that are left."""
        last = self.seed.day(-3)
        self._end(last, self.seed.at(-3), MOVED)
        following = agreements.follow_up(
            agreement_id=self.agreement.pk, by=actor_of_person(self.teacher.pk), read=None
        )
        following.versions.update(created_at=self.seed.at(-3, 11))

    def _story_disputed(self) -> None:
        """The student's signature under a change came from paper, and is not the student's."""
        moment = self.seed.at(-6)
        change = self._change(moment, from_day=self.seed.day(14))
        self._ask(change, moment)
        self._sign(change, moment + HOUR, on_paper={Signer.STUDENT})
        self._hold(change, moment + HOUR)
        objected_at = self.seed.at(-4)
        SignatureObjection.objects.create(
            signature=change.signatures.get(signer=Signer.STUDENT), reason=NOT_MINE, at=objected_at
        )
        change.state, change.holds, change.signed_at, change.signed_digest = (
            VersionState.SIGNING,
            None,
            None,
            "",
        )
        change.waits_since = objected_at
        change.save()
        self._note(change, "object", objected_at, None, NOT_MINE)
        self._settle()

    # The steps of it

    def _change(self, moment: dt.datetime, *, from_day: dt.date) -> AgreementVersion:
        """Four hours a week more, from a day on."""
        agreed = self.version
        names = (*AgreementVersion.TERMS, "trainer", "contact")
        terms: dict[str, Any] = {name: getattr(agreed, name) for name in names}
        terms |= longer(agreed, 4)
        change = versions.write(
            agreement=self.agreement,
            terms=terms,
            by=actor_of_person(self.teacher.pk),
            number=agreed.number + 1,
            kind=VersionKind.HOURS,
            changes=agreed,
            reason=MORE_HOURS,
            effective_from=from_day,
        )
        change.hours_per_year = hours.recalculated(agreed, change)
        change.total_hours = sum(change.hours_per_year.values())
        change.created_at = moment - HOUR
        change.digest = change.fingerprint()
        change.save()
        return change

    def _ask(self, version: AgreementVersion, moment: dt.datetime) -> None:
        version.asked_at = version.waits_since = moment
        version.state = VersionState.SIGNING
        version.save()
        self._note(version, "ask", moment, self.teacher)
        if version.is_base:
            self._note(self.agreement, "ask", moment, self.teacher)
            self._keep(state=AgreementState.SIGNING)

    def _sign(
        self,
        version: AgreementVersion,
        moment: dt.datetime,
        missing: Signer | None = None,
        on_paper: frozenset[Signer] | set[Signer] = frozenset(),
    ) -> None:
        """The signatures of all who must, but of the one that is missing; a minor's representative signs last."""
        is_minor = self.placement.student.is_minor_on(timezone.localdate(moment))
        for signer, person in self.people.items():
            if person and signer != missing and not (missing and is_minor):
                self._signature(version, signer, person, moment, is_paper=signer in on_paper)
        if is_minor and missing is None:
            self._signature(version, Signer.REPRESENTATIVE, None, moment, is_paper=True)

    def _signature(
        self,
        version: AgreementVersion,
        signer: Signer,
        person: Person | None,
        moment: dt.datetime,
        *,
        is_paper: bool,
    ) -> None:
        own = person if signer == Signer.EMPLOYER else self.teacher
        signature = Signature(
            version=version,
            signer=signer,
            person=person,
            name=person.full_name if person else f"Karin {self.placement.student.person.last_name}",
            capacity="" if is_paper else _capacity(signer, person, self.placement),
            method=SigningMethod.PAPER if is_paper else SigningMethod.DIGITAL,
            signed_on=timezone.localdate(moment),
            at=moment,
            by=own if is_paper else person,
        )
        if is_paper:
            student = self.placement.student
            signature.scan = kept("Voorbeeld van een getekende pagina", "signatures", student.public_id)
            signature.scan_name, signature.scan_digest = "getekende-pagina.pdf", signature.scan.digest
        signature.save()

    def _hold(self, version: AgreementVersion, moment: dt.datetime) -> None:
        """Signed by all: it holds from its day on."""
        version.state, version.signed_at, version.signed_digest = VersionState.SIGNED, moment, version.digest
        version.holds = DateRange(version.effective_from, version.effective_from)
        version.save()
        versions.rest_on(version=version, checks=readiness.accredited(version).checks.values(), at=moment)
        self._note(version, "sign", moment, self.teacher)
        self._settle()

    def _end(
        self, last: dt.date, moment: dt.datetime, reason: str, *, cause: StateChange | None = None
    ) -> None:
        self.seed.history.note(self.agreement, "end", moment, self.teacher, reason, cause=cause)
        self._keep(state=AgreementState.ENDED, ended_on=last)
        self._settle()

    def _settle(self) -> None:
        signed = list(self.agreement.versions.filter(state=VersionState.SIGNED))
        for version, holds in spans.spans(signed, self.agreement.ended_on):
            AgreementVersion.objects.filter(pk=version.pk).update(holds=holds)

    def _keep(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self.agreement, name, value)
        self.agreement.save(update_fields=list(values))

    def _note(self, row: Any, action: str, moment: dt.datetime, by: Person | None, reason: str = "") -> None:
        self.seed.history.note(row, action, moment, by, reason)


def longer(agreed: AgreementVersion, hours_more: int) -> dict[str, Any]:
    """The hours a week of a text and some more, spread over the days on which there is work already."""
    week = [
        minutes and minutes + hours_more * 60 // (len(one) - one.count(0))
        for one in in_turn(agreed.week)
        for minutes in one
    ]
    a_week = minutes_a_week(week) or (agreed.minutes_per_week or 24 * 60) + hours_more * 60
    return {"week": week, "minutes_per_week": a_week}


def _capacity(signer: Signer, person: Person | None, placement: Placement) -> str:
    if signer != Signer.EMPLOYER:
        return Role.STUDENT if signer == Signer.STUDENT else Role.TEACHER
    signing = Membership.objects.mandated(MandateKind.SIGN).filter(
        organisation=placement.slot.organisation_id, person=person
    )
    return str(signing.earliest("pk").role)


def _signer_for(organisation_id: int) -> Person:
    signing = Membership.objects.mandated(MandateKind.SIGN).filter(organisation=organisation_id)
    return signing.select_related("person__user").earliest("pk").person
