"""People come to an organisation by invitation and leave it again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Invitation, Person
from accounts.services import invitations, people
from accounts.services.people import Name
from core import changes, periods
from core.access import ensure
from partnerships.actors import Actor
from partnerships.models import Membership, MembershipInvitation, Organisation
from partnerships.models.memberships import HAS_THE_ROLE
from partnerships.queries.people import has_manager, known_at
from partnerships.rules import memberships as rules
from partnerships.signals import membership_ended, membership_started


@transaction.atomic
def invite(
    *,
    organisation_id: int,
    email: str,
    role: Role,
    by: Actor,
    name: Name,
    may_consent: bool = False,
    may_sign: bool = False,
    also: Role | str = "",
) -> MembershipInvitation:
    """Invite an address to a role in an organisation. Gives the invitation.

    Raises ValidationError when the address was invited to the same role and may still accept, or has the role. Whether
    it has an account makes no difference to the answer.
    """
    organisation = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation_id)
    waiting = organisation.invitations.filter(
        invitation__in=Invitation.objects.usable().filter(email=email), role=role
    )
    if waiting.exists():
        raise ValidationError(_("This person has already been invited. You can send the invitation again."))
    person = people.find_or_make(among=known_at(organisation.pk), email=email, name=name)
    if organisation.memberships.running().filter(person=person, role=role).exists():
        raise ValidationError(HAS_THE_ROLE)
    invitation = invitations.invite(
        person=person, purpose=role, party_name=organisation.name, invited_by=by.person_id
    )
    return MembershipInvitation.objects.create(
        invitation=invitation,
        organisation=organisation,
        role=role,
        also=also,
        may_consent=may_consent and role == Role.SUPERVISOR,
        may_sign=may_sign,
    )


@transaction.atomic
def invite_first_manager(
    *, organisation_id: int, email: str, name: Name, by: Actor, works_daily: bool = False
) -> MembershipInvitation:
    """Invite who will invite all others, where nobody can; with `works_daily` also as who does the daily work there.

    An earlier invitation of a manager that still waits is withdrawn: the newest says who it is to be. Raises
    ValidationError when someone can act by now.
    """
    organisation = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation_id)
    ensure(rules.can_invite_first_manager(by, has_manager=has_manager(organisation.pk)))
    waiting = organisation.invitations.filter(
        role=Role.MANAGER, invitation__in=Invitation.objects.unanswered()
    )
    for earlier in waiting.values_list("invitation", flat=True):
        invitations.revoke(invitation_id=earlier)
    return invite(
        organisation_id=organisation.pk,
        email=email,
        role=Role.MANAGER,
        name=name,
        by=by,
        also=rules.daily_role_of(organisation) if works_daily else "",
    )


@transaction.atomic
def begin(*, invitation: MembershipInvitation, person: Person) -> Membership:
    """Make the memberships that an accepted invitation promised; a running one is kept as it is."""
    allowed = {"may_consent": invitation.may_consent, "may_sign": invitation.may_sign}
    membership = _begin(invitation.organisation, person, invitation.role, **allowed)
    if invitation.also:
        _begin(invitation.organisation, person, invitation.also)
    return membership


@transaction.atomic
def give(*, organisation: Organisation, person: Person, role: Role | str) -> Membership:
    """Give a person who asked for it a role; one that runs is kept as it is."""
    return _begin(organisation, person, role)


def _begin(organisation: Organisation, person: Person, role: str, **allowed: bool) -> Membership:
    membership, created = Membership.objects.running().get_or_create(
        person=person, organisation=organisation, role=role, defaults=allowed
    )
    if created:
        membership_started.send(sender=Membership, membership=membership)
    return membership


@transaction.atomic
def change(*, membership_id: int, by: Actor, may_consent: bool = False, may_sign: bool = False) -> Membership:
    """Set what a member may do besides the role. Raises ValidationError when the role does not allow it or has ended."""
    membership = Membership.objects.select_for_update(of=("self",), no_key=True).get(pk=membership_id)
    ensure(rules.can_change(by, membership))
    membership.may_consent = may_consent
    membership.may_sign = may_sign
    membership.full_clean(exclude=["person", "organisation"])
    changes.save(
        membership,
        by=by.person_id,
        subject=membership.person.public_id,
        update_fields=["may_consent", "may_sign"],
    )
    return membership


@transaction.atomic
def end(*, membership_id: int, by: Actor) -> Membership:
    """End a role, from this moment on: today was its last day.

    Raises ValidationError when it had ended before, and for the last manager of an organisation: someone must be able
    to invite others.
    """
    found = Membership.objects.only("organisation_id").get(pk=membership_id)
    # The organisation is the lock: two managers who leave at once come one after the other.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=found.organisation_id)
    membership = Membership.objects.select_related("person__user", "organisation").get(pk=membership_id)
    ensure(rules.can_end(by, membership))
    others = (
        Membership.objects.running()
        .filter(organisation=membership.organisation_id, role=Role.MANAGER)
        .exclude(pk=membership.pk)
    )
    if membership.role == Role.MANAGER and not others.exists():
        raise ValidationError(
            _("This is the last manager of the organisation. Invite another manager first.")
        )
    # While it still runs: those who listen ask what hangs on it.
    membership_ended.send(sender=Membership, membership=membership)
    periods.end(membership)
    return membership
