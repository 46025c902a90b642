"""What an agreement still lacks: before signatures can be asked, and before it can be in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.enums import VersionKind, VersionState
from agreements.models import Agreement, AgreementVersion
from agreements.queries import hours
from placements.models import Placement
from placements.queries.seats import seat_for
from programmes.models import AccreditationCheck

NOT_ASKED = "-"  # stands for the crebos that were looked at before
OUTSIDE_ENROLMENT = _("The period must lie within the enrolment of the student.")


@dataclass(frozen=True, slots=True)
class Accredited:
    """The crebos of the programme, and those without a verified accreditation on the start date."""

    crebos: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every crebo is accredited; False for a programme that has no crebo at all."""
        return bool(self.crebos) and not self.missing


def accredited(agreement: Agreement, starts_on: date) -> Accredited:
    """Whether the employer is accredited for the programme on the start date, crebo by crebo, as its school knows.

    The law asks it before the agreement can be in force (WEB article 7.2.10).
    """
    programme = agreement.placement.enrolment.cohort.programme
    crebos = tuple(sorted(set(programme.qualifications.values_list("crebo", flat=True).order_by())))
    verified = set(
        AccreditationCheck.objects.counting_for(programme.school_id)
        .verified_on(starts_on)
        .of_employers([agreement.placement.slot.organisation_id])
        .filter(crebo__in=crebos)
        .values_list("crebo", flat=True)
    )
    return Accredited(crebos, tuple(crebo for crebo in crebos if crebo not in verified))


def is_accredited(version: AgreementVersion) -> Accredited:
    """The accreditation that a text needs before it can be in force: on the day on which its contract starts.

    Where a text that was signed before starts on the same day, it was asked then. What became of the accreditation later
    does not keep people from agreeing on a change, least of all on stopping.
    """
    agreement = version.agreement
    agreed = agreement.versions.filter(state=VersionState.SIGNED, starts_on=version.starts_on)
    if agreed.exclude(pk=version.pk).exists():
        return Accredited((NOT_ASKED,), ())
    return accredited(agreement, version.starts_on)


def _is_taken(version: AgreementVersion) -> bool:
    """Whether others are in the way of the period that is asked: on every seat, or the student elsewhere."""
    placement = version.agreement.placement
    if placement.starts_on <= version.starts_on and version.ends_on <= placement.ends_on:
        return False
    if seat_for(placement, version.starts_on, version.ends_on) is None:
        return True
    others = Placement.objects.seated().filter(student=placement.student_id, kind=placement.kind)
    period = others.filter(starts_on__lte=version.ends_on, ends_on__gte=version.starts_on)
    return period.exclude(pk=placement.pk).exists()


def problems(version: AgreementVersion) -> list[str | Promise]:
    """What must be mended before signatures can be asked."""
    found: list[str | Promise] = []
    enrolment = version.agreement.placement.enrolment
    if not version.practice_trainer:
        found.append(_("Name the practice trainer of the workplace."))
    if not version.school_contact:
        found.append(_("Name the contact at the school."))
    if version.starts_on < enrolment.starts_on or version.ends_on > enrolment.ends_on:
        found.append(OUTSIDE_ENROLMENT)
    if _is_taken(version):
        found.append(_("In these days the place, or the student, is taken by another placement."))
    short = hours.shortfalls(
        route=enrolment.cohort.programme.route,
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        years=version.years,
    )
    if short and not version.hours_reason and version.kind != VersionKind.EARLY_END:
        found.append(_("There are fewer practice hours than the norm. Say why, or change the hours."))
    return found
