"""Who may do what with cohorts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.access import ALLOW, Verdict, deny, not_now
from programmes.rules.programmes import can_edit_programme

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from programmes.models import Cohort, Programme


def can_add_cohort(actor: Actor, programme: Programme) -> Verdict:
    """Whoever may change the programme adds cohorts to it."""
    return can_edit_programme(actor, programme)


def can_edit_cohort(actor: Actor, cohort: Cohort) -> Verdict:
    """On a cohort of `for_page`, which knows whether the actor teaches it."""
    if cohort.is_taught or actor.has_role(cohort.programme.school_id, Role.MANAGER):
        return ALLOW
    return deny(_("Only its teachers and the managers of the school can change a cohort."))


def can_discard_cohort(actor: Actor, cohort: Cohort, *, was_used: bool) -> Verdict:
    """Throw a cohort away: for whoever may change it, as long as nobody was enrolled and nothing is planned."""
    verdict = can_edit_cohort(actor, cohort)
    if verdict and was_used:
        return not_now(
            _("Students were enrolled in this cohort, or a session is planned for it, so it stays.")
        )
    return verdict
