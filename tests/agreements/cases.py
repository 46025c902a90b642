"""A practice agreement with everyone around it, as most tests of agreements and reminders need it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from agreements.models import Agreement, AgreementVersion, Signature
from agreements.services import agreements, signatures, versions
from core import attachments
from core.attachments import Accepted
from core.dates import today
from partnerships.actors import actor_of
from partnerships.models import Membership, Organisation
from placements.models import Placement
from tests.factories.partnerships import (
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.factories.placements import PlacementFactory, SlotFactory
from tests.factories.programmes import (
    AccreditationFactory,
    CohortFactory,
    CohortTeacherFactory,
    CoreTaskFactory,
    ProgrammeFactory,
    QualificationFactory,
    WorkProcessFactory,
)
from tests.factories.students import EnrolmentFactory, StudentFactory

ADULT_BORN = 25 * 366
MINOR_BORN = 17 * 365


@dataclass
class Case:
    """`student`, `contact` and `teacher` sign; `colleague` is an employer's contact who does not."""

    employer: Organisation
    school: Organisation
    placement: Placement
    agreement: Agreement
    student: User
    contact: User
    colleague: User
    teacher: User

    @property
    def now(self) -> Agreement:
        """The agreement with its texts, as they are in the database."""
        return Agreement.objects.for_page().get(pk=self.agreement.pk)

    @property
    def pending(self) -> AgreementVersion:
        """The text that is being made or signed."""
        found = self.now.pending
        assert found is not None
        return found

    @property
    def agreed(self) -> AgreementVersion:
        """The text that everyone signed last."""
        found = self.now.agreed
        assert found is not None
        return found

    @property
    def version_id(self) -> int:
        return self.pending.pk

    def ask(self) -> None:
        versions.ask(agreement_id=self.agreement.pk, by=actor_of(self.teacher), from_digest=None)
        self.agreement.refresh_from_db()

    def change(self, **terms: Any) -> AgreementVersion:
        """Other words in the text that waits."""
        version = versions.change(
            agreement_id=self.agreement.pk, by=actor_of(self.teacher), **{"from_digest": None, **terms}
        )
        self.agreement.refresh_from_db()
        return version

    def amend(self, kind: str = "content", *, by: User | None = None, **more: Any) -> AgreementVersion:
        """A change beside what is in force, put to signature at once unless told otherwise."""
        known: dict[str, Any] = {
            "effective_from": today(),
            "ask_now": True,
            "from_version_id": self.agreed.pk,
            "reason": "Zo is het beter.",
        }
        if kind == "content" and "assessment" not in more:
            more["assessment"] = "Anders."
        return versions.amend(
            agreement_id=self.agreement.pk, kind=kind, by=actor_of(by or self.teacher), **known | more
        )

    def on_paper(self, signer: str, by: User | None = None, **more: Any) -> Signature:
        """A signature recorded from paper, by the school unless told otherwise."""
        known: dict[str, Any] = {"signed_on": today(), "scan": scan(), "version_id": self.version_id}
        known["person_id"] = {"employer": self.contact.person.pk, "school": self.teacher.person.pk}.get(
            signer
        )
        if signer == "representative":
            known |= {"name": "Karin Voorbeeld", "email": "karin@example.nl"}
        signature = signatures.record_on_paper(
            agreement_id=self.agreement.pk, signer=signer, by=actor_of(by or self.teacher), **known | more
        )
        self.agreement.refresh_from_db()
        return signature

    def sign(self, signer: str, by: User, version_id: int | None = None) -> None:
        signatures.sign(
            agreement_id=self.agreement.pk,
            version_id=version_id or self.version_id,
            signer=signer,
            by=actor_of(by),
        )
        self.agreement.refresh_from_db()

    def sign_all(self) -> None:
        self.sign("student", self.student)
        self.sign("employer", self.contact)
        self.sign("school", self.teacher)


def agreement_case(
    *, minor: bool = False, accredited: bool = True, route: str = "bbl", is_example: bool = False, **slot: Any
) -> Case:
    """A placement of a year with a drafted agreement; two crebos, both accredited unless told otherwise."""
    employer = OrganisationFactory(learning_company_id="LB-1", is_example=is_example)
    partnership = PartnershipFactory()
    MemberFactory(partnership=partnership, organisation=employer)
    qualifications = [QualificationFactory(), QualificationFactory()]
    for qualification in qualifications:
        WorkProcessFactory(core_task=CoreTaskFactory(qualification=qualification))
        if accredited:
            AccreditationFactory(organisation=employer, crebo=qualification.crebo)
    programme = ProgrammeFactory(qualifications=qualifications, partnership=partnership, route=route)
    cohort = CohortFactory(programme=programme)
    teacher = CohortTeacherFactory(cohort=cohort, membership__may_sign=True).membership.person.user
    contact = _member(employer, Role.CONTACT, may_sign=True)
    colleague = _member(employer, Role.PRACTICE_TRAINER)
    student = StudentFactory(born_on=today() - timedelta(days=MINOR_BORN if minor else ADULT_BORN))
    enrolment = EnrolmentFactory(student=student, cohort=cohort)
    placement = PlacementFactory(
        slot=SlotFactory(organisation=employer, partnership=partnership, **slot), enrolment=enrolment
    )
    agreement = agreements.draft(placement_id=placement.pk, by=actor_of(teacher))
    return Case(
        employer, programme.school, placement, agreement, student.person.user, contact, colleague, teacher
    )


def scan() -> Accepted:
    """A scan that was looked at and may be kept."""
    return attachments.check(SimpleUploadedFile("getekend.pdf", b"%PDF-1.7 een handtekening"))


def url(name: str, case: Case, *more: Any) -> str:
    """The address of a page of the case's agreement."""
    return reverse(f"agreements:{name}", args=[case.agreement.public_id, *more])


def words(response: HttpResponse) -> str:
    """What the response says, on one line."""
    return " ".join(response.content.decode().split())


def _member(organisation: Organisation, role: Role, **flags: Any) -> User:
    membership: Membership = MembershipFactory(organisation=organisation, role=role, **flags)
    return membership.person.user
