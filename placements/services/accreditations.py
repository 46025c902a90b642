"""Accreditation checks, as schools record and correct them (docs/domain.md 8, Accreditation)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.access import ensure
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.models import Organisation
from partnerships.services.locks import organisation_under_lock
from placements.mail import accreditations as mail
from placements.queries import accreditations as queries
from placements.rules import accreditations as rules
from placements.signals import accreditation_verified
from programmes.enums import AccreditationStatus
from programmes.models import AccreditationCheck
from programmes.models.accreditations import IS_CORRECTED

CONTENT = ("learning_company_id", "status", "valid_from", "valid_until", "checked_on", "source", "proof")


@transaction.atomic
def record(
    *,
    school: Organisation | None,
    organisation: Organisation,
    crebo: str,
    learning_company_id: str,
    status: str,
    valid_from: date | None,
    valid_until: date | None,
    checked_on: date,
    source: str,
    proof: str,
    by: Actor,
) -> AccreditationCheck:
    """Record what a school (or, without one, the national source) found out. The newest counts; none is overwritten.

    Recording again what counts already gives the check that is there, and tells nobody.
    """
    school_id = school.pk if school else None
    ensure(rules.can_record(by, school_id))
    _lock(organisation.pk)
    if not queries.employers_relied_on(school_id).filter(pk=organisation.pk).exists():
        raise ValidationError(
            _("Your school is in no partnership with this employer and has no students there.")
        )
    row = AccreditationCheck(
        school=school,
        organisation=organisation,
        crebo=crebo,
        learning_company_id=learning_company_id,
        status=status,
        valid_from=valid_from,
        valid_until=valid_until,
        checked_on=checked_on,
        source=source,
        proof=proof,
        by_id=by.person_id,
    )
    known = queries.counting(row)
    return known if known and _same(known, row) else _add(row, known, by)


@transaction.atomic
def correct(
    *,
    check_id: int,
    reason: str,
    learning_company_id: str,
    status: str,
    valid_from: date | None,
    valid_until: date | None,
    checked_on: date,
    source: str,
    proof: str,
    by: Actor,
) -> AccreditationCheck:
    """Replace a check that was recorded wrongly; both stay to be read, with why.

    Sending the same correction again gives the one that is there.
    """
    _lock(AccreditationCheck.objects.values_list("organisation_id", flat=True).get(pk=check_id))
    wrong = AccreditationCheck.objects.for_list().get(pk=check_id)
    ensure(rules.can_record(by, wrong.found_by_id))
    row = AccreditationCheck(
        school=wrong.school,
        organisation=wrong.organisation,
        crebo=wrong.crebo,
        learning_company_id=learning_company_id,
        status=status,
        valid_from=valid_from,
        valid_until=valid_until,
        checked_on=checked_on,
        source=source,
        proof=proof,
        by_id=by.person_id,
        corrects_id=wrong.pk,  # by its key: the object would make `wrong` look corrected already
        reason=reason.strip(),
    )
    if wrong.is_corrected:
        if _same(wrong.corrected_by, row):
            return wrong.corrected_by
        raise ValidationError(IS_CORRECTED, code="changed")
    return _add(row, queries.counting(row), by)


def _lock(organisation_id: int) -> None:
    """One at a time records on an employer: what counted before and after is compared under this lock."""
    organisation_under_lock(organisation_id)


def _same(known: AccreditationCheck, row: AccreditationCheck) -> bool:
    return all(getattr(known, name) == getattr(row, name) for name in (*CONTENT, "by_id", "reason"))


def _add(row: AccreditationCheck, known: AccreditationCheck | None, by: Actor) -> AccreditationCheck:
    """Write the check and tell whom its news concerns: the employer, and the teachers of those placed there."""
    lost = set(queries.without_accreditation(row))
    with explained(row):
        row.save()
    lost_now = set(queries.without_accreditation(row))
    counts = queries.counting(row)
    mail.teachers_accreditation_withdrawn(row, lost_now - lost)
    mail.teachers_accreditation_restored(row, lost - lost_now)
    was, now = _is_withdrawn(known), _is_withdrawn(counts)
    if now and not was:
        mail.employer_accreditation_withdrawn(row)
    if was and not now:
        mail.employer_accreditation_restored(row)
    if row.status == AccreditationStatus.VERIFIED:
        accreditation_verified.send(AccreditationCheck, check=row, by=by)
    return row


def _is_withdrawn(check: AccreditationCheck | None) -> bool:
    return check is not None and check.status == AccreditationStatus.WITHDRAWN
