"""Who may plan lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny, not_now

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from programmes.models import Cohort


def can_plan_session(actor: Actor, cohort: Cohort) -> Verdict:  # noqa: ARG001  # is_taught was read for the actor
    """The teachers of a cohort; on one of `for_page`, which knows whether the actor is one."""
    return ALLOW if cohort.is_taught else deny(_("Only the teachers of a cohort plan its lessons."))


def can_discard_session(actor: Actor, cohort: Cohort, *, was_used: bool) -> Verdict:
    """Throw a session away: for the teachers of its cohort, as long as no work situation was put in it."""
    verdict = can_plan_session(actor, cohort)
    if verdict and was_used:
        return not_now(_("Work situations were put in this session. Take them out first."))
    return verdict
