"""Who reports that a diploma and the job differ."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from partnerships.models import Partnership


def can_report(partnerships: Collection[Partnership]) -> Verdict:
    """Report it: for everyone with a role at a member of one of these, work supervisors too (story D-11)."""
    if not partnerships:
        return deny(_("Only people of a member of a partnership with a programme can do this."))
    return ALLOW
