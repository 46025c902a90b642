"""What an agreement still lacks: before signatures can be asked, and before it can be in force."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agreements.enums import VersionKind, VersionState
from agreements.models import AccreditationGround, AgreementVersion
from agreements.queries import hours
from core.periods import is_over
from core.written import written
from partnerships.actors import Actor
from placements.models import Placement
from placements.queries.seats import seat_for
from programmes.models import AccreditationCheck

OUTSIDE_ENROLMENT = _("The period must lie within the enrolment of the student.")


@dataclass(frozen=True, slots=True)
class Accredited:
    """The crebos that a text is about, and for each the check that says that the employer was accredited."""

    crebos: tuple[str, ...]
    checks: dict[str, AccreditationCheck]

    @property
    def missing(self) -> tuple[str, ...]:
        """The crebos without a verified accreditation on the start date."""
        return tuple(crebo for crebo in self.crebos if crebo not in self.checks)

    @property
    def holds(self) -> bool:
        """Whether every crebo is accredited; False for a programme that has no crebo at all."""
        return bool(self.crebos) and not self.missing


def accredited(version: AgreementVersion) -> Accredited:
    """On which checks a text can be signed: of the employer, for its crebos, holding on the day its contract starts.

    The law asks it before the agreement can be in force (WEB article 7.2.10). Where a text that was signed before starts
    on the same day, it was asked then, and its checks are taken over. What became of the accreditation later does not
    keep people from agreeing on a change, least of all on stopping.
    """
    crebos = tuple(sorted({item["crebo"] for item in version.parties.get("qualifications", ())}))
    checks = _taken_over(version)
    if asked := [crebo for crebo in crebos if crebo not in checks]:
        placement = version.agreement.placement
        counting = (
            AccreditationCheck.objects.counting_for(placement.enrolment.cohort.programme.school_id)
            .verified_on(version.starts_on)
            .of_employers([placement.slot.organisation_id])
            .filter(crebo__in=asked)
        )
        checks |= {check.crebo: check for check in counting}
    return Accredited(crebos, {crebo: checks[crebo] for crebo in crebos if crebo in checks})


def _taken_over(version: AgreementVersion) -> dict[str, AccreditationCheck]:
    """The checks on which a text of the same agreement with the same first day was signed, by crebo."""
    grounds = AccreditationGround.objects.filter(
        version__agreement=version.agreement_id,
        version__state=VersionState.SIGNED,
        version__starts_on=version.starts_on,
    )
    rows = grounds.exclude(version=version.pk).select_related("accreditation").order_by("pk")
    return {row.accreditation.crebo: row.accreditation for row in rows}


def grounds_for(actor: Actor, version: AgreementVersion | None) -> list[AccreditationCheck]:
    """On which checks a text was signed, of those that this person may read."""
    return [] if version is None else _grounds_of(actor=actor, version=version.pk)


@written
def _grounds_of(*, actor: Actor, version: int) -> QuerySet[AccreditationCheck]:
    return AccreditationCheck.objects.visible_to(actor).filter(grounds__version=version).for_list()


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


def _names_anew(version: AgreementVersion) -> bool:
    """Whether this text is about who guides the student; a change of something else keeps the names that were agreed."""
    terms = AgreementVersion.TERMS_OF.get(VersionKind(version.kind))
    return terms is None or "trainer" in terms


def is_outside_enrolment(version: AgreementVersion) -> bool:
    """Whether a text has days on which the student is not enrolled, as the enrolment is now."""
    enrolment = version.agreement.placement.enrolment
    return version.starts_on < enrolment.starts_on or version.ends_on > enrolment.ends_on


def problems(version: AgreementVersion) -> list[str | Promise]:
    """What must be mended before signatures can be asked."""
    found: list[str | Promise] = []
    enrolment = version.agreement.placement.enrolment
    if not version.parties.get("qualifications"):
        found.append(
            _(
                "The programme has no qualification with a crebo yet. Without one there is nothing to be accredited for."
            )
        )
    if not version.practice_trainer:
        found.append(_("Name the practice trainer of the workplace."))
    if not version.school_contact:
        found.append(_("Name the contact at the school."))
    if _names_anew(version) and any(one and is_over(one) for one in (version.trainer, version.contact)):
        found.append(_("The practice trainer or the contact in this text has left. Name someone else."))
    if is_outside_enrolment(version):
        found.append(OUTSIDE_ENROLMENT)
    if _is_taken(version):
        found.append(_("In these days the training place, or the student, is taken by another placement."))
    short = hours.shortfalls(
        route=enrolment.cohort.programme.route,
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        years=version.years,
    )
    if short and not version.hours_reason and version.kind != VersionKind.EARLY_END:
        found.append(_("There are fewer practice hours than the norm. Say why, or change the hours."))
    return found
