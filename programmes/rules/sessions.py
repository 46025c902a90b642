"""Who may plan lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from programmes.models import Cohort


def can_plan_session(actor: Actor, cohort: Cohort) -> Verdict:  # noqa: ARG001  # is_taught was read for the actor
    """The teachers of a cohort; on one of `for_page`, which knows whether the actor is one."""
    return ALLOW if cohort.is_taught else deny(_("Only the teachers of a cohort plan its lessons."))
