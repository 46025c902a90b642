"""Who may do what with the programmes of a school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny, not_now
from partnerships.roles import SCHOOL_STAFF

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from partnerships.models import Organisation
    from programmes.models import Programme


def can_see_programmes(actor: Actor, school: Organisation) -> Verdict:
    """The school's own teachers and managers."""
    if actor.has_role(school.pk, *SCHOOL_STAFF):
        return ALLOW
    return deny(_("Only teachers and managers of the school see this."))


def can_add_programme(actor: Actor, school: Organisation) -> Verdict:
    """The school's own teachers and managers."""
    if actor.has_role(school.pk, *SCHOOL_STAFF):
        return ALLOW
    return deny(_("Only teachers and managers of the school can add a programme."))


def can_edit_programme(actor: Actor, programme: Programme) -> Verdict:
    """The teachers and managers of its school."""
    if actor.has_role(programme.school_id, *SCHOOL_STAFF):
        return ALLOW
    return deny(_("Only teachers and managers of the school can change a programme."))


def can_discard_programme(actor: Actor, programme: Programme, *, was_used: bool) -> Verdict:
    """Throw a programme away: for whoever may change it, as long as it has no cohort."""
    verdict = can_edit_programme(actor, programme)
    if verdict and was_used:
        return not_now(_("This programme has cohorts, so it stays."))
    return verdict
