"""Who may change the qualifications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_manage_qualifications(actor: Actor) -> Verdict:
    """Qualifications are the same for all schools, so administrators keep them."""
    return ALLOW if actor.is_staff else deny(_("Only administrators can change the qualifications."))
