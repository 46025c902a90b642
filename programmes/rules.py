"""Who may do what with qualifications, programmes, cohorts and sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from partnerships.enums import Role

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from partnerships.models import Organisation
    from programmes.models import Cohort, Programme

SCHOOL_STAFF = (Role.TEACHER, Role.MANAGER)


def can_manage_qualifications(actor: Actor) -> Verdict:
    return ALLOW if actor.is_staff else deny(_("Only administrators can change the qualifications."))


def can_see_programmes(actor: Actor, school: Organisation) -> Verdict:
    if actor.has_role(school.pk, *SCHOOL_STAFF):
        return ALLOW
    return deny(_("Only teachers and managers of the school see this."))


def can_add_programme(actor: Actor, school: Organisation) -> Verdict:
    if actor.has_role(school.pk, *SCHOOL_STAFF):
        return ALLOW
    return deny(_("Only teachers and managers of the school can add a programme."))


def can_edit_programme(actor: Actor, programme: Programme) -> Verdict:
    if actor.has_role(programme.school_id, *SCHOOL_STAFF):
        return ALLOW
    return deny(_("Only teachers and managers of the school can change a programme."))


def can_add_cohort(actor: Actor, programme: Programme) -> Verdict:
    return can_edit_programme(actor, programme)


def can_edit_cohort(actor: Actor, cohort: Cohort) -> Verdict:
    """On a cohort of `for_page`, which knows whether the actor teaches it."""
    if cohort.is_taught or actor.has_role(cohort.programme.school_id, Role.MANAGER):
        return ALLOW
    return deny(_("Only its teachers and the managers of the school can change a cohort."))


def can_plan_session(actor: Actor, cohort: Cohort) -> Verdict:
    return ALLOW if cohort.is_taught else deny(_("Only the teachers of a cohort plan its lessons."))
