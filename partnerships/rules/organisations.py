"""Who may act for an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny, not_now
from partnerships.roles import KEEPS_SLOTS

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from partnerships.models import Organisation


def can_act_for(actor: Actor, organisation_id: int) -> Verdict:
    """Work in the name of an employer: offer slots, name supervisors, read its accreditations."""
    if actor.has_role(organisation_id, *KEEPS_SLOTS):
        return ALLOW
    return deny(
        _("Only managers, contact persons and practice trainers of the employer work on training places.")
    )


def takes_on(organisation: Organisation) -> Verdict:
    """Whether an organisation begins anything new: places, partnerships, people; asks nothing about people.

    What runs there goes on after its last day.
    """
    if organisation.is_over:
        return not_now(_("This organisation has ended, so nothing new begins there."))
    return ALLOW
