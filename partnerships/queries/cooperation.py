"""Versions of the cooperation agreement of a partnership: which holds, which is on its way."""

from __future__ import annotations

from django.db.models import Q

from partnerships.models import CooperationParty, CooperationVersion, Partnership
from partnerships.models.cooperation import CooperationPartyQuerySet
from partnerships.queries.organisations import members_today


def in_force(partnership: Partnership) -> CooperationVersion | None:
    """The text that holds, with all in it; three queries, one where nothing was signed."""
    return CooperationVersion.objects.in_force().filter(partnership=partnership).with_text().first()


def open_version(partnership: Partnership) -> CooperationVersion | None:
    """The next version, as a draft or waiting for signatures."""
    return CooperationVersion.objects.open().filter(partnership=partnership).first()


def still_takes_part(party: CooperationParty, partnership: Partnership) -> bool:
    """Whether the organisation of a party is a member today."""
    return members_today(partnership.pk).filter(organisation=party.organisation_now).exists()


def to_sign_by(organisation_id: int) -> CooperationPartyQuerySet:
    """What waits for the signature of an organisation, also where it is named under the row it was before a merge."""
    own = Q(organisation=organisation_id) | Q(organisation__merged_into=organisation_id)
    return CooperationParty.objects.unsigned().filter(own)
