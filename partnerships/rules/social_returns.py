"""Who keeps the duties of social return of an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from partnerships.models import Organisation
from partnerships.roles import KEEPS_SOCIAL_RETURN

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_keep_social_return(actor: Actor, organisation: Organisation) -> Verdict:
    """Read and write the own duties and what counts for them; a coordinator sees the totals on a page of its own."""
    if actor.has_role(organisation.pk, *KEEPS_SOCIAL_RETURN):
        return ALLOW
    return deny(_("Only managers and contact persons of the organisation see its SROI duties."))
