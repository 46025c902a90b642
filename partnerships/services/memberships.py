"""People come to an organisation by invitation and leave it again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Invitation, Person
from accounts.services import addresses, invitations, people
from accounts.services.people import Name
from core import endings, versions
from core.access import Verdict, ensure
from core.reading.lines import on_line
from core.versions import NO_PAGE
from partnerships.actors import Actor
from partnerships.enums import MandateKind
from partnerships.mail import memberships as mail
from partnerships.models import Membership, MembershipInvitation, Organisation
from partnerships.models.memberships import HAS_THE_ROLE
from partnerships.queries.able import Gone, ensure_enough_stay
from partnerships.queries.people import is_known_elsewhere, known_at, standing
from partnerships.roles import MANDATED
from partnerships.rules import memberships as rules
from partnerships.rules.organisations import takes_on
from partnerships.services import action_lines, mandates
from partnerships.services.locks import organisation_under_lock, role_under_lock
from partnerships.signals import membership_ended, membership_started

AT_ONCE = 30  # people who are invited with one press


class Colleague(NamedTuple):
    """Someone to invite, with the line that the name and the address were read from."""

    number: int
    email: str
    name: Name


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
    known: Person | None = None,
    seen: Collection[int] | None = None,
) -> MembershipInvitation:
    """Invite an address to a role in an organisation, with the mandates that begin with it. Gives the invitation.

    `known` is the person meant, where the inviter said who that is; `seen` are the keys of those who were said to be
    someone else (`people.find_or_make`).

    Raises ValidationError for who may not, when the address was invited to the same role and may still accept, or has
    the role, and when someone would get a mandate from oneself. Whether it has an account makes no difference to the
    answer.
    """
    organisation = organisation_under_lock(organisation_id)
    ensure(_may_invite(by, organisation, role))
    ensure(takes_on(organisation))
    email = known.address if known else email
    waiting = organisation.invitations.filter(
        invitation__in=Invitation.objects.usable().filter(email=email), role=role
    )
    if waiting.exists():
        raise ValidationError(_("This person has already been invited. You can send the invitation again."))
    among = known_at(organisation.pk)
    person = known or people.find_or_make(among=among, email=email, name=name, seen=seen)
    if person.has_account and organisation.memberships.running().filter(person=person, role=role).exists():
        raise ValidationError(HAS_THE_ROLE)
    if (may_sign or may_consent) and person.pk == by.person_id:
        raise ValidationError(str(rules.NOT_TO_ONESELF))
    invitation = invitations.invite(
        person=person, purpose=role, party_name=organisation.name, invited_by=by.person_id
    )
    return MembershipInvitation.objects.create(
        invitation=invitation,
        organisation=organisation,
        role=role,
        also=also,
        may_consent=may_consent and role in MANDATED[MandateKind.CONSENT],
        may_sign=may_sign and role in MANDATED[MandateKind.SIGN],
    )


@transaction.atomic
def invite_many(
    *,
    organisation_id: int,
    colleagues: Sequence[Colleague],
    role: Role,
    by: Actor,
    may_sign: bool = False,
) -> list[MembershipInvitation]:
    """Invite several people to one role, with the mandate to sign or none of them, all or none.

    Raises ValidationError that names each line which cannot be.
    """
    made, faults = [], []
    for one in colleagues:
        try:
            with transaction.atomic():
                invited = invite(
                    organisation_id=organisation_id,
                    email=one.email,
                    role=role,
                    by=by,
                    name=one.name,
                    may_sign=may_sign,
                )
            made.append(invited)
        except ValidationError as fault:
            faults.append(on_line(one.number, fault))
    if faults:
        raise ValidationError(faults)
    return made


def _may_invite(by: Actor, organisation: Organisation, role: Role) -> Verdict:
    """A manager invites anyone; where there is none yet, whoever may invites the first."""
    manages = rules.can_manage(by, organisation)
    if manages or role != Role.MANAGER:
        return manages
    return rules.can_invite_first_manager(by, **standing(organisation.pk, by)) or manages


@transaction.atomic
def invite_first_manager(
    *,
    organisation_id: int,
    email: str,
    name: Name,
    by: Actor,
    works_daily: bool = False,
    may_sign: bool = False,
) -> MembershipInvitation:
    """Invite who will invite all others, where nobody can; with `works_daily` also as who does the daily work there.

    With `may_sign` the mandate to sign begins too: nobody there can give it yet, and nobody gives it to oneself.
    An earlier invitation of a manager that still waits is withdrawn: the newest says who it is to be. Raises
    ValidationError when someone can act by now.
    """
    organisation = organisation_under_lock(organisation_id)
    ensure(rules.can_invite_first_manager(by, **standing(organisation.pk, by)))
    waiting = organisation.invitations.filter(
        role=Role.MANAGER, invitation__in=Invitation.objects.unanswered()
    )
    for earlier in waiting.values_list("invitation", flat=True):
        invitations.revoke(invitation_id=earlier, read=NO_PAGE)
    return invite(
        organisation_id=organisation.pk,
        email=email,
        role=Role.MANAGER,
        name=name,
        by=by,
        also=rules.daily_role_of(organisation) if works_daily else "",
        may_sign=may_sign,
    )


@transaction.atomic
def correct_address(
    *, organisation: Organisation, person_id: int, email: str, by: Actor, read: str | None
) -> None:
    """Put right the address of someone without account; invitations that wait go there, their former links stop working.

    Raises ValidationError when the person has an account by now, others know the person too, or someone else here has
    that address.
    """
    person = Person.objects.select_related("user").get(pk=person_id)
    elsewhere = is_known_elsewhere(person, organisation.pk)
    ensure(rules.can_correct_address(by, organisation, person, is_known_elsewhere=elsewhere))
    versions.ensure(read, person)
    if known_at(organisation.pk).with_address(email).exclude(pk=person.pk).exists():
        raise ValidationError(_("Someone else has this address. Look in the list."))
    addresses.correct(person_id=person.pk, email=email, by=by.person_id)


@transaction.atomic
def begin(*, invitation: MembershipInvitation, person: Person) -> Membership:
    """Make the memberships that an accepted invitation promised, with their mandates; a running one is kept as it is.

    Mandates come from whoever invited, so not when that is the same person. One that the role ever had is left to what a
    manager decided since. Raises ValidationError when the organisation has ended since it was sent.
    """
    ensure(takes_on(invitation.organisation))
    membership, _is_new = _begin(invitation.organisation, person, invitation.role)
    if invitation.also:
        _begin(invitation.organisation, person, invitation.also)
    inviter = invitation.invitation.invited_by_id
    promised = {MandateKind.SIGN: invitation.may_sign, MandateKind.CONSENT: invitation.may_consent}
    if inviter != person.pk:
        had = set(membership.mandates.values_list("kind", flat=True))
        for kind in (kind for kind, is_promised in promised.items() if is_promised and kind not in had):
            mandates.give(membership=membership, kind=kind, given_by=inviter)
    return membership


@transaction.atomic
def take_on(*, organisation_id: int, roles: Collection[Role], by: Actor) -> None:
    """Let a manager do the daily work too, in these roles; the right to sign comes from others only.

    A role that the manager has already is left as it is.
    """
    organisation = organisation_under_lock(organisation_id)
    ensure(takes_on(organisation))
    person = Person.objects.get(pk=by.person_id)
    for role in (role for role in roles if not by.has_role(organisation.pk, role)):
        ensure(rules.can_take_on(by, organisation, role))
        give(organisation=organisation, person=person, role=role)


@transaction.atomic
def give(*, organisation: Organisation, person: Person, role: Role | str) -> Membership:
    """Give a person a role, who may still be without an account; one that runs is kept as it is."""
    return _begin(organisation, person, role)[0]


def _begin(organisation: Organisation, person: Person, role: str) -> tuple[Membership, bool]:
    membership, is_new = Membership.objects.running().get_or_create(
        person=person, organisation=organisation, role=role
    )
    if is_new:
        membership_started.send(sender=Membership, membership=membership)
    return membership, is_new


@transaction.atomic
def renew_invitation(*, invitation_id: int, by: Actor, read: str | None) -> None:
    """Mail a new link to someone who was invited to a role, by the managers there."""
    ensure(rules.can_manage(by, _invited_to(invitation_id)))
    invitations.renew(invitation_id=invitation_id, read=read)


@transaction.atomic
def revoke_invitation(*, invitation_id: int, by: Actor, read: str | None) -> None:
    """Withdraw an invitation to a role that was not accepted, by the managers there."""
    ensure(rules.can_manage(by, _invited_to(invitation_id)))
    invitations.revoke(invitation_id=invitation_id, read=read)


def _invited_to(invitation_id: int) -> Organisation:
    return Organisation.objects.get(invitations__invitation=invitation_id)


@transaction.atomic
def end(
    *,
    membership_id: int,
    by: Actor,
    last_day: date | None = None,
    read: str | None,
    successors: Mapping[str, int] | None = None,
) -> Membership:
    """End a role, from this moment on: today was its last day. Until `last_day` where that is to come.

    Its mandates end with it, and an invitation to it that waits is withdrawn. `successors` are the roles (their keys)
    that take over what hangs on it, each under the key of `partnerships.queries.leaving.Hanging`; what nobody takes over
    becomes a task of those who go on. Raises ValidationError when it had ended before, and when nobody would be left who
    can do what must be done.
    """
    membership = role_under_lock(membership_id)
    ensure(rules.can_end(by, membership))
    versions.ensure(read, membership)
    if not (verdict := rules.permits_last_day(membership, last_day)):
        raise ValidationError({"last_day": str(verdict.reason)})
    ensure_enough_stay(Gone.role(membership, successors))
    action_lines.take_over(membership=membership, successors=successors or {}, by=by)
    subject = membership.person.public_id
    act = endings.end(membership, by=by.person_id, last_day=last_day, subject=subject)
    membership_ended.send(
        sender=Membership, membership=membership, by=by, act=act, successors=successors or {}
    )
    for mandate in membership.mandates.filter(ended_at=None).select_related("membership__organisation"):
        mandates.end(mandate=mandate, by=by, last_day=last_day, cause=act)
    _withdraw_invitations(membership)
    if by.person_id != membership.person_id:
        mail.person_role_ended(membership, act)
    return membership


def _withdraw_invitations(membership: Membership) -> None:
    """A link that is still to be answered would begin the role anew."""
    to_the_role = Q(role=membership.role) | Q(also=membership.role)
    waiting = membership.organisation.invitations.filter(
        to_the_role,
        invitation__in=Invitation.objects.unanswered(),
        invitation__person=membership.person_id,
    )
    for invitation_id in waiting.values_list("invitation", flat=True):
        invitations.revoke(invitation_id=invitation_id, read=NO_PAGE)
