"""One after the other: what is written of a playbook."""

from __future__ import annotations

from partnerships.services.locks import partnership_under_lock
from playbooks.models import PlaybookLead, PlaybookOffer, PlaybookVersion


def draft_under_lock(version_id: int) -> PlaybookVersion:
    """A version with its parts, so that parts, text and publication come one after the other."""
    found = PlaybookVersion.objects.select_related("playbook").get(pk=version_id)
    partnership_under_lock(found.playbook.partnership_id)
    rows = PlaybookVersion.objects.select_for_update(of=("self",), no_key=True)
    return rows.with_parts().get(pk=version_id)


def lead_under_lock(lead_id: int) -> PlaybookLead:
    """Someone's interest with who asks and the partnership that answers."""
    rows = PlaybookLead.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("version__playbook__partnership", "contact__user").get(pk=lead_id)


def offer_under_lock(offer_id: int) -> PlaybookOffer:
    """An improvement with both partnerships."""
    rows = PlaybookOffer.objects.select_for_update(of=("self",), no_key=True)
    return rows.for_list().get(pk=offer_id)
