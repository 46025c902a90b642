"""Of slots, placements and practice agreements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from agreements.enums import VersionState
from agreements.models import Agreement
from agreements.queries.hours import PRACTICE_NORM, WHOLE_YEAR_DAYS
from agreements.queries.named import newest_texts
from core.dates import today
from partnerships.enums import MandateKind
from partnerships.models import Mandate, Membership, Organisation
from partnerships.roles import SIGNS_FOR_EMPLOYER
from placements.models import Placement, Slot, Supervision
from portal.invariants.invariant import FIND_SOMEONE, MAKE_ROOM, Statement, holds
from programmes.models import Cohort, CohortTeacher

SEE_TO_CLOCK = _("See whether the work by the clock goes on: it moves placements every night.")
CHANGE_PERIOD = _("The school changes the enrolment, or signs another period with student and employer.")


@holds(
    "Slot: seats not under what is taken",
    _("Placements on a seat that the training place does not have"),
    MAKE_ROOM,
)
def seats_that_are_not_there() -> QuerySet[Any]:
    return Placement.objects.live().filter(seat_no__gt=F("slot__seats"))


def _twice(same: str) -> Statement:
    """Placements that share something, and days, with an earlier one."""
    return Statement(
        f"""
        SELECT later.id FROM placements_placement later
        JOIN placements_placement earlier ON {same} AND earlier.id < later.id
            AND earlier.starts_on <= later.ends_on AND later.starts_on <= earlier.ends_on
        WHERE earlier.state <> 'cancelled' AND later.state <> 'cancelled'
        """  # noqa: S608  the text is ours
    )


@holds("Placement: a seat is given once", _("Seats that were given twice"))
def seats_given_twice() -> Statement:
    return _twice("earlier.slot_id = later.slot_id AND earlier.seat_no = later.seat_no")


@holds("Placement: one at a time", _("Students with two training places in the same days"))
def students_in_two_places() -> Statement:
    return _twice("earlier.student_id = later.student_id AND earlier.kind = later.kind")


@holds("Slot: taken", _("Training places that count as taken after the last day"), SEE_TO_CLOCK)
def placements_past_their_end() -> QuerySet[Any]:
    """A day is left to the clock, which moves them in the night after."""
    return Placement.objects.live().filter(ends_on__lt=today() - timedelta(days=1))


@holds("Slot: taken", _("Training places that count another number of seats given than there are"))
def slots_that_count_wrong() -> Statement:
    return Statement(
        """
        SELECT slot.id FROM placements_slot slot
        LEFT JOIN (
            SELECT slot_id, count(DISTINCT seat_no) AS number FROM placements_placement
            WHERE state IN ('confirmed', 'running', 'ending') GROUP BY slot_id
        ) given ON given.slot_id = slot.id
        WHERE slot.taken <> coalesce(given.number, 0)
        """
    )


@holds(
    "Slot: qualifications kept",
    _("Training places that are found for other qualifications than they are for"),
)
def slots_for_other_qualifications() -> Statement:
    return Statement(
        """
        SELECT slot.id FROM placements_slot slot
        LEFT JOIN (
            SELECT slot_id, array_agg(qualification_id ORDER BY qualification_id) AS ids
            FROM placements_slot_qualifications GROUP BY slot_id
        ) chosen ON chosen.slot_id = slot.id
        WHERE slot.qualification_ids <> coalesce(chosen.ids, '{}')
        """
    )


@holds("Slot: of one employer", _("Training places at a location, or with a supervisor, of another employer"))
def slots_of_two_employers() -> QuerySet[Any]:
    return Slot.objects.filter(
        ~Q(location__organisation=F("organisation"))
        | (Q(supervisor__isnull=False) & ~Q(supervisor__organisation=F("organisation")))
    )


@holds(
    "Placement: of the enrolment and the slot",
    _("Placements of another student or employer than they rest on"),
)
def placements_of_others() -> QuerySet[Any]:
    return Placement.objects.filter(
        ~Q(student=F("enrolment__student")) | ~Q(organisation=F("slot__organisation"))
    )


@holds(
    "Supervision: of the employer of the placement",
    _("Supervisors of another employer than the student is with"),
)
def supervisions_of_others() -> QuerySet[Any]:
    return Supervision.objects.filter(
        ~Q(organisation=F("placement__organisation")) | ~Q(organisation=F("membership__organisation"))
    )


@holds(
    "Placement: inside the enrolment",
    _("Placements on days on which the student is not enrolled"),
    CHANGE_PERIOD,
)
def placements_outside_their_enrolment() -> QuerySet[Any]:
    return Placement.objects.live().filter(
        Q(starts_on__lt=F("enrolment__starts_on")) | Q(ends_on__gt=F("enrolment__ends_on"))
    )


@holds(
    "AgreementVersion: inside the enrolment",
    _("Agreements on days on which the student is not enrolled"),
    CHANGE_PERIOD,
)
def texts_outside_their_enrolment() -> QuerySet[Any]:
    """Texts that were agreed last in an open agreement."""
    enrolment = "agreement__placement__enrolment"
    return newest_texts().filter(
        Q(starts_on__lt=F(f"{enrolment}__starts_on")) | Q(ends_on__gt=F(f"{enrolment}__ends_on")),
        state=VersionState.SIGNED,
    )


@holds("AgreementVersion: trainer named", _("Agreements to sign, or signed, that name no practice trainer"))
def texts_without_trainer() -> QuerySet[Any]:
    return newest_texts().filter(state__in=(VersionState.SIGNING, VersionState.SIGNED), practice_trainer="")


@holds("AgreementVersion: norm or reason", _("Agreements with fewer hours than the norm that do not say why"))
def texts_under_the_norm() -> Statement:
    """An hour is left to rounding; an early end needs no reason of its own."""
    return Statement(
        """
        SELECT text.id FROM agreements_agreementversion text
        JOIN agreements_agreement agreement ON agreement.id = text.agreement_id
        JOIN placements_placement placement ON placement.id = agreement.placement_id
        JOIN students_enrolment enrolment ON enrolment.id = placement.enrolment_id
        JOIN programmes_cohort cohort ON cohort.id = enrolment.cohort_id
        JOIN programmes_programme programme ON programme.id = cohort.programme_id
        CROSS JOIN LATERAL jsonb_each_text(text.hours_per_year) AS study (year, hours)
        CROSS JOIN LATERAL (
            SELECT least(text.ends_on, make_date(study.year::int + 1, 7, 31))
                - greatest(text.starts_on, make_date(study.year::int, 8, 1)) + 1 AS days
        ) AS part
        WHERE agreement.state IN ('signing', 'active') AND text.state IN ('signing', 'signed')
          AND programme.route = 'bbl' AND text.kind <> 'early_end' AND text.hours_reason = ''
          AND study.hours::int + 1 < %(norm)s * least(1.0, greatest(0, part.days) / %(whole)s::numeric)
        """,
        {"norm": PRACTICE_NORM, "whole": WHOLE_YEAR_DAYS},
    )


@holds("AgreementVersion: signed by all", _("Agreements that count as signed while a signature is missing"))
def texts_signed_by_too_few() -> Statement:
    return _of_open_agreements("agreements_missing_signer(text.id) IS NOT NULL")


@holds(
    "AgreementVersion: accredited", _("Agreements that were signed without an accreditation of the employer")
)
def texts_without_accreditation() -> Statement:
    return _of_open_agreements("agreements_missing_accreditation(text.id) IS NOT NULL")


def _of_open_agreements(condition: str) -> Statement:
    return Statement(
        f"""
        SELECT text.id FROM agreements_agreementversion text
        JOIN agreements_agreement agreement ON agreement.id = text.agreement_id
        WHERE text.state = 'signed' AND agreement.state IN ('signing', 'active') AND {condition}
        """  # noqa: S608  the text is ours
    )


@holds(
    "AgreementVersion: of the parties",
    _("Agreements that name a location or someone of another organisation"),
)
def texts_that_name_others() -> QuerySet[Any]:
    placement = "agreement__placement"
    school = F(f"{placement}__enrolment__cohort__programme__school")
    return newest_texts().filter(
        (Q(location__isnull=False) & ~Q(location__organisation=F(f"{placement}__organisation")))
        | (Q(trainer__isnull=False) & ~Q(trainer__organisation=F(f"{placement}__organisation")))
        | (Q(contact__isnull=False) & ~Q(contact__organisation=school))
    )


@holds("Agreement: in force by a signed text", _("Agreements in force that nobody signed"))
def agreements_without_signed_text() -> Statement:
    return Statement(
        """
        SELECT agreement.id FROM agreements_agreement agreement
        WHERE agreement.state = 'active' AND NOT EXISTS (
            SELECT FROM agreements_agreementversion text
            WHERE text.agreement_id = agreement.id AND text.state = 'signed')
        """
    )


@holds("Placement: ends as signed", _("Placements that end on another day than was signed last"))
def placements_that_end_otherwise() -> Statement:
    return Statement(
        """
        SELECT placement.id FROM placements_placement placement
        JOIN (
            SELECT DISTINCT ON (agreement.placement_id) agreement.placement_id, text.ends_on
            FROM agreements_agreementversion text
            JOIN agreements_agreement agreement ON agreement.id = text.agreement_id
            WHERE agreement.state = 'active' AND text.state = 'signed'
            ORDER BY agreement.placement_id, text.signed_at DESC, text.number DESC
        ) signed ON signed.placement_id = placement.id
        WHERE placement.state IN ('confirmed', 'running') AND placement.ends_on <> signed.ends_on
        """
    )


@holds(
    "Agreement: signers stay", _("Employers with an open agreement and nobody who can sign it"), FIND_SOMEONE
)
def employers_that_lost_their_signers() -> QuerySet[Any]:
    """Where someone could once."""
    roles = Membership.objects.filter(organisation=OuterRef("pk"), role__in=SIGNS_FOR_EMPLOYER)
    once = Mandate.objects.filter(kind=MandateKind.SIGN, membership__organisation=OuterRef("pk"))
    open_there = Agreement.objects.open().filter(placement__organisation=OuterRef("pk"))
    return Organisation.objects.filter(
        Exists(open_there),
        Exists(once.filter(role__in=SIGNS_FOR_EMPLOYER)),
        ~Exists(roles.working().mandated(MandateKind.SIGN)),
    )


@holds(
    "Agreement: signers stay",
    _("Cohorts with an open agreement and nobody who can sign it for the school"),
    FIND_SOMEONE,
)
def cohorts_that_lost_their_signers() -> QuerySet[Any]:
    """Where a teacher could once."""
    signing = Membership.objects.working().mandated(MandateKind.SIGN)
    teaching = CohortTeacher.objects.filter(cohort=OuterRef("pk"))
    once = Mandate.objects.filter(kind=MandateKind.SIGN, role=Role.TEACHER)
    managers = signing.filter(role=Role.MANAGER, organisation=OuterRef("programme__school"))
    return Cohort.objects.filter(
        Exists(Agreement.objects.open().filter(placement__enrolment__cohort=OuterRef("pk"))),
        Exists(teaching.filter(membership__in=once.values("membership"))),
        ~Exists(teaching.running().filter(membership__in=signing.filter(role=Role.TEACHER))),
        ~Exists(managers),
    )


ALL = (
    seats_that_are_not_there,
    seats_given_twice,
    students_in_two_places,
    placements_past_their_end,
    slots_that_count_wrong,
    slots_for_other_qualifications,
    slots_of_two_employers,
    placements_of_others,
    supervisions_of_others,
    placements_outside_their_enrolment,
    texts_outside_their_enrolment,
    texts_without_trainer,
    texts_under_the_norm,
    texts_signed_by_too_few,
    texts_without_accreditation,
    texts_that_name_others,
    agreements_without_signed_text,
    placements_that_end_otherwise,
    employers_that_lost_their_signers,
    cohorts_that_lost_their_signers,
)
