"""Which row is locked first, so that two who change the same rights at once come one after the other."""

from __future__ import annotations

from partnerships.models import Membership, Organisation, Partnership


def role_under_lock(membership_id: int) -> Membership:
    """A role under the lock of its organisation, with person and organisation."""
    found = Membership.objects.only("organisation_id").get(pk=membership_id)
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=found.organisation_id)
    return Membership.objects.select_related("person__user", "organisation").get(pk=membership_id)


def partnership_under_lock(partnership_id: int) -> Partnership:
    """A partnership under its lock: for changes of who takes part in it."""
    return Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership_id)
