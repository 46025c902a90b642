"""Whether a slot can be online as it is: what it says is complete, and it is offered where its organisation takes part."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, not_now
from partnerships.models import Member
from placements.models import Slot

NO_PROGRAMME = _("Choose for which programme this training place is.")


def can_be_online(slot: Slot) -> Verdict:
    """As it stands now; asks nothing about people."""
    if slot.is_over:
        return not_now(_("The period of this training place is over. Change the dates first."))
    if slot.partnership.is_over:
        return not_now(_("This partnership has ended."))
    if not slot.qualifications.exists():
        return not_now(NO_PROGRAMME)
    members = Member.objects.running()
    if not members.filter(partnership=slot.partnership_id, organisation=slot.organisation_id).exists():
        return not_now(
            _("The organisation of this training place is not a member of this partnership any more.")
        )
    return ALLOW
