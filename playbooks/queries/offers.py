"""What an improvement would take the place of."""

from __future__ import annotations

from playbooks.models import PlaybookOffer, PlaybookPart


def stands_in_playbook(offer: PlaybookOffer) -> PlaybookPart | None:
    """The piece in the newest version, if there is one by that key."""
    rows = PlaybookPart.objects.filter(version__playbook=offer.part.adoption.version.playbook_id)
    return rows.filter(version__state="published", key=offer.part.key).first()
