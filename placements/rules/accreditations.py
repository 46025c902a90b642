"""Accreditations: recorded by the school that relies on them, read by the employer and the coordinator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.access import ALLOW, Verdict, deny, not_now
from programmes.models.accreditations import IS_CORRECTED

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from programmes.models import AccreditationCheck


def can_see_accreditations(actor: Actor) -> Verdict:
    """The list of what is known of several employers; an employer has a page of its own."""
    if actor.organisations(Role.TEACHER) or actor.coordinates or actor.is_staff:
        return ALLOW
    return deny(_("Only teachers, coordinators and administrators see the accreditations of employers."))


def can_record(actor: Actor, school_id: int | None) -> Verdict:
    """Record a check in the name of a school, or without one what the national source says."""
    if school_id is None:
        return (
            ALLOW if actor.is_staff else deny(_("Only administrators record what the national source says."))
        )
    if actor.has_role(school_id, Role.TEACHER):
        return ALLOW
    return deny(_("Only teachers of the school that relies on it record an accreditation check."))


def can_correct(actor: Actor, check: AccreditationCheck) -> Verdict:
    """On a check that was loaded `for_list`; once corrected, the correction is what can be corrected."""
    may = can_record(actor, check.found_by_id)
    if not may:
        return may
    return not_now(IS_CORRECTED) if check.is_corrected else ALLOW
