"""Who must sign a practice agreement, who has not signed yet, and which people can.

The one answer for services, the PDF, pages, next steps and reminders.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from accounts.enums import Role
from accounts.models import Person
from agreements.enums import Signer, VersionState
from agreements.models import Agreement, AgreementVersion, Signature
from core import periods
from core.dates import today
from partnerships.enums import MandateKind
from partnerships.models import Mandate, Membership
from partnerships.queries.people import People, by_organisation, held
from partnerships.roles import SIGNS_FOR_EMPLOYER
from programmes.queries.teachers import teachers, teachers_of
from students.models.students import ADULT, Student

PARTIES = (Signer.STUDENT, Signer.EMPLOYER, Signer.SCHOOL)


def needed(
    agreement: Agreement, signatures: Iterable[Signature], day: date | None = None
) -> tuple[Signer, ...]:
    """The three parties (WEB article 7.2.9), and the legal representative of a student who is under 18.

    What counts is the age on the day on which the student signed; before that on `day`, or today. A representative
    who has signed already stays among them, also when the student signs only after turning 18.
    """
    return needed_of(agreement.placement.student, {item.signer: item.signed_on for item in signatures}, day)


def needed_of(student: Student, signed: Mapping[str, date], day: date | None = None) -> tuple[Signer, ...]:
    """The same for pages that draw many: `signed` is who has signed, with the day."""
    signs_on = signed.get(Signer.STUDENT, day or today())
    if Signer.REPRESENTATIVE in signed or student.is_minor_on(signs_on):
        return (*PARTIES, Signer.REPRESENTATIVE)
    return PARTIES


def missing(version: AgreementVersion) -> tuple[Signer, ...]:
    """Who must still sign this text; its signatures are those that were loaded with it."""
    standing = version.standing
    present = {item.signer for item in standing}
    return tuple(signer for signer in needed(version.agreement, standing) if signer not in present)


def missing_now(agreement: Agreement) -> tuple[Signer, ...]:
    """Who must still sign the text that waits for signatures; nobody where none waits."""
    pending = agreement.pending
    if pending is None or pending.state != VersionState.SIGNING:
        return ()
    return missing(pending)


# The same in SQL, where a list is cut off and reading every row would cost too much.


def waits_for(signer: Signer) -> Q:
    """A condition on agreements: a text is put to signature, and this signer is needed and has not signed it."""
    return Q(Exists(_texts(_waits_for(signer))))


def schools_turn() -> Q:
    """A condition on agreements: the school has something to do.

    That is to ask for the signatures, to sign, to record one from paper, or to see to the accreditation for which a
    text that all have signed still waits.
    """
    someone = _waits_for(Signer.STUDENT) | _waits_for(Signer.EMPLOYER)
    school = _waits_for(Signer.SCHOOL) | _waits_for(Signer.REPRESENTATIVE)
    return Q(
        Exists(_texts(Q(state=VersionState.DRAFT) | school | (Q(state=VersionState.SIGNING) & ~someone)))
    )


def turn() -> Case:
    """Which act of the school an agreement waits for: "ask", "sign", "paper", "accreditation", or else "contract"."""
    ask = Exists(_texts(Q(state=VersionState.DRAFT)))
    sign, paper = (Exists(_texts(_waits_for(signer))) for signer in (Signer.SCHOOL, Signer.REPRESENTATIVE))
    signed = Exists(_texts(Q(state=VersionState.SIGNING)))
    named = [("ask", ask), ("sign", sign), ("paper", paper), ("accreditation", signed)]
    return Case(
        *(When(condition, then=Value(name)) for name, condition in named),
        default=Value("contract"),
        output_field=CharField(),
    )


def _texts(condition: Q) -> QuerySet[AgreementVersion]:
    return AgreementVersion.objects.filter(condition, agreement=OuterRef("pk"))


def _waits_for(signer: Signer) -> Q:
    """The condition on texts."""
    waiting = Q(~_signed(signer), state=VersionState.SIGNING)
    return waiting & Q(_is_minor()) if signer == Signer.REPRESENTATIVE else waiting


def _signatures(signer: Signer) -> QuerySet[Signature]:
    return Signature.objects.filter(version=OuterRef("pk"), signer=signer, objection__isnull=True)


def _signed(signer: Signer) -> Exists:
    return Exists(_signatures(signer))


def _is_minor() -> GreaterThan:
    """Whether the student was under 18 on the day of signing, or is today."""
    signs_on = Coalesce(Subquery(_signatures(Signer.STUDENT).values("signed_on")), Value(today()))
    template = f"(%(expressions)s - interval '{ADULT} years')::date"
    adults_are_born_by = Func(signs_on, template=template, output_field=DateField())
    return GreaterThan(F("agreement__placement__student__born_on"), adults_are_born_by)


def able(agreements: Collection[Agreement]) -> dict[int, dict[Signer, list[Person]]]:
    """Per agreement and party the people who can sign in the portal now; rows need `for_list()`."""
    roles = _signing_roles(agreements)
    employers, schools = by_organisation(roles), _for_schools(agreements, roles)
    found = {}
    for row in agreements:
        student = row.placement.student.person
        found[row.pk] = {
            Signer.STUDENT: [student] if student.can_sign_in else [],
            Signer.EMPLOYER: employers.get(row.placement.organisation_id, []),
            Signer.SCHOOL: schools.get(row.placement.enrolment.cohort_id, []),
        }
    return found


def able_for(agreement: Agreement) -> dict[Signer, list[Person]]:
    """The same for one agreement."""
    return able([agreement])[agreement.pk]


def might_sign(person: Person, agreement: Agreement, party: Signer, day: date) -> bool:
    """Whether someone had a mandate to sign for the employer or the school on a day, as it is on record."""
    placement = agreement.placement
    schools = placement.enrolment.cohort.programme.school_id
    organisation = placement.slot.organisation_id if party == Signer.EMPLOYER else schools
    return (
        Mandate.objects.filter(periods.within(day), kind=MandateKind.SIGN)
        .filter(membership__person=person, membership__organisation=organisation)
        .exists()
    )


def everyone(agreement: Agreement, but: int | None = None) -> list[Person]:
    """The people of the three parties who are told of what happened: who can sign, and the teachers.

    `but` is the person who did it and knows already.
    """
    cohort = agreement.placement.enrolment.cohort_id
    return each_once([*able_for(agreement).values(), teachers_of(cohort)], but=but)


def parties(agreement: Agreement) -> list[Person]:
    """The same with the student also where there is no account to sign with."""
    return [agreement.placement.student.person, *everyone(agreement)]


def each_once(groups: Iterable[Iterable[Person]], but: int | None = None) -> list[Person]:
    """The people of all groups in a fixed order, each person once and without `but`."""
    found = {person.pk: person for group in groups for person in group}
    found.pop(but or 0, None)
    return [found[pk] for pk in sorted(found)]


def _signing_roles(agreements: Collection[Agreement]) -> list[Membership]:
    """The roles with a mandate to sign at the employers and the schools, teachers apart, in one query."""
    employers = {row.placement.organisation_id for row in agreements}
    schools = {row.placement.enrolment.cohort.programme.school_id for row in agreements}
    return held(employers | schools, SIGNS_FOR_EMPLOYER, may_sign=True)


def _for_schools(agreements: Collection[Agreement], roles: Iterable[Membership]) -> People:
    """Per cohort who signs for the school: its teachers with that right, and the school's managers with it."""
    cohorts = {row.placement.enrolment.cohort_id: row.placement.enrolment.cohort for row in agreements}
    schools = {pk: cohort.programme.school_id for pk, cohort in cohorts.items()}
    managing = by_organisation(row for row in roles if row.role == Role.MANAGER)
    teaching = teachers(cohorts, may_sign=True)
    found = {}
    for cohort, school in schools.items():
        recipients = [*teaching.get(cohort, []), *managing.get(school, [])]
        found[cohort] = list({person.pk: person for person in recipients}.values())
    return found
