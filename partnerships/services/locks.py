"""Which row is locked first, so that two who change the same rights at once come one after the other."""

from __future__ import annotations

from partnerships.models import Membership, Organisation


def role_under_lock(membership_id: int) -> Membership:
    """A role under the lock of its organisation, with person and organisation."""
    found = Membership.objects.only("organisation_id").get(pk=membership_id)
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=found.organisation_id)
    return Membership.objects.select_related("person__user", "organisation").get(pk=membership_id)
