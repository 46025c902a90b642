"""Work supervisors: known by name and address before they have an account."""

from __future__ import annotations

from django.db import transaction

from accounts.enums import Role
from core import emails
from partnerships.models import Membership, Organisation
from placements.models import Supervisor
from placements.services import placements


@transaction.atomic
def save(*, organisation: Organisation, supervisor: Supervisor | None, name: str, email: str) -> Supervisor:
    """Add or change a supervisor. A supervisor of the employer whose account has that address is linked at once."""
    email = emails.one_form(email)
    if supervisor is None:
        supervisor, _made = Supervisor.objects.get_or_create(
            organisation=organisation, email=email, defaults={"name": name}
        )
    elif supervisor.email != email:
        supervisor.membership = None  # another address belongs to another person
    supervisor.name, supervisor.email = name, email
    supervisor.save()
    membership = (
        Membership.objects.running()
        .filter(organisation=organisation, role=Role.SUPERVISOR, person__user__email=email)
        .select_related("person__user")
        .first()
    )
    if membership and supervisor.membership_id != membership.pk:
        link(membership=membership)
    return supervisor


@transaction.atomic
def link(*, membership: Membership) -> Supervisor | None:
    """Link the account of a supervisor who accepted to the name the employer wrote down, and open access to plans."""
    if membership.role != Role.SUPERVISOR:
        return None
    supervisor = (
        Supervisor.objects.select_for_update(of=("self",), no_key=True)
        .filter(organisation=membership.organisation_id, email=membership.person.address)
        .first()
    )
    if supervisor is None:
        return Supervisor.objects.create(
            organisation_id=membership.organisation_id,
            membership=membership,
            name=membership.person.full_name,
            email=membership.person.address,
        )
    Supervisor.objects.filter(membership=membership).exclude(pk=supervisor.pk).update(membership=None)
    supervisor.membership = membership
    supervisor.save(update_fields=["membership"])
    placements.link_supervisor(supervisor=supervisor)
    return supervisor


@transaction.atomic
def unlink(*, membership: Membership) -> None:
    """A supervisor left: the name stays with the slots, without the account."""
    Supervisor.objects.filter(membership=membership).update(membership=None)
