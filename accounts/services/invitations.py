"""Invitations from the first mail to the account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role, SecurityKind
from accounts.mail import invitations as mail
from accounts.models import Invitation, Person, User
from accounts.models.invitations import VALID_FOR
from accounts.queries.delivery import INVITATION
from accounts.services import people, security
from accounts.signals import invitation_accepted
from core import outbox, versions
from core.merging import Merging
from core.tokens import digest_of, new_token
from core.versions import Changed

# Between two links that the invited ask for, so that nobody can fill a mailbox by pressing the button.
NEW_LINK_PAUSE = dt.timedelta(minutes=10)
ANSWERED = _("This invitation was already used or withdrawn.")


class InvitationUnusable(ValidationError):
    """The link is unknown, used, withdrawn or has run out.

    There is one answer for all four, so that nobody learns from it whether an address was ever invited.
    """

    def __init__(self) -> None:
        super().__init__(_("This link does not work any more."), code="invitation_unusable")


@transaction.atomic
def invite(*, person: Person, purpose: Role | str, party_name: str, invited_by: int | None) -> Invitation:
    """Ask a person to take a role at a party, and mail the link to the person's address.

    Links last 14 days and work once. `purpose` is a Role; `invited_by` is the person who asks, named in the mail (none
    when the portal asks itself).
    """
    token = new_token()
    invitation = Invitation.objects.create(
        person=person,
        email=person.address,
        purpose=purpose,
        party_name=party_name,
        token_digest=digest_of(token),
        expires_at=timezone.now() + VALID_FOR,
        invited_by_id=invited_by,
    )
    mail.invitee_invitation_made(invitation, token)
    return invitation


@transaction.atomic
def invite_all(
    *, people: Sequence[Person], purpose: Role | str, party_name: str, invited_by: int | None
) -> list[Invitation]:
    """The same for many new people at once, in their order; the rows are written in one statement."""
    inviter = Person.objects.filter(pk=invited_by).first() if invited_by else None
    tokens = [new_token() for _person in people]
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                person=person,
                email=person.address,
                purpose=purpose,
                party_name=party_name,
                token_digest=digest_of(token),
                expires_at=timezone.now() + VALID_FOR,
                invited_by=inviter,
            )
            for person, token in zip(people, tokens, strict=True)
        ]
    )
    mail.invitees_invitations_made(zip(made, tokens, strict=True))
    return made


@transaction.atomic
def renew(*, invitation_id: int, read: str | None) -> Invitation:
    """Mail a new link to the same address; the former link stops working.

    Raises ValidationError when the invitation was accepted or withdrawn meanwhile.
    """
    invitation = _waiting(invitation_id)
    versions.ensure(read, invitation)
    _renew(invitation)
    return invitation


@transaction.atomic
def send_to(*, invitation_id: int, email: str) -> Invitation:
    """The same to another address, which turned out to be that of the invited.

    No former link may ask for a new one either: it would be mailed where the first one should not have gone.
    """
    invitation = _waiting(invitation_id)
    _stop_links(invitation)
    invitation.email, invitation.token_digest = email, ""
    _renew(invitation)
    return invitation


@transaction.atomic
def ask_new_link(*, token: str) -> None:
    """Mail a fresh link when the invited asks for one, with the present link or the one before it.

    An unknown token, and a second request within ten minutes, do nothing. The caller is not told which it was: the
    page has the same answer for everyone.
    """
    digest = digest_of(token)
    invitation = _locked(Q(token_digest=digest) | Q(former_digest=digest))
    if invitation is None:
        return
    if invitation.renewed_at and timezone.now() - invitation.renewed_at < NEW_LINK_PAUSE:
        return
    _renew(invitation)


@transaction.atomic
def revoke(*, invitation_id: int, read: str | None) -> None:
    """Withdraw an invitation that was not accepted; its link stops working, and a mail that still waits is not sent.

    Raises ValidationError when it was accepted or withdrawn before.
    """
    invitation = _waiting(invitation_id)
    versions.ensure(read, invitation)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    _stop_links(invitation)


@transaction.atomic
def accept(*, token: str, user: User, digest: str | None) -> Invitation:
    """Accept with an existing account, which must have the invited address.

    `digest` is of what was shown to come to the account (`would_join`). Raises InvitationUnusable when the link does not
    work, ValidationError when the address is another, and when something else would come by now.
    """
    invitation = _take(token)
    if user.email != invitation.email:
        raise ValidationError(_("This invitation is for another email address."), code="other_address")
    joined = _finish(invitation, user)
    if digest is not None and digest != (joined.digest if joined else ""):
        raise Changed
    return invitation


@transaction.atomic
def would_join(*, invitation: Invitation, user: User) -> Merging | None:
    """What comes to the account when it accepts: all that the invited person has. Nothing when that is the same person.

    Mailbox and sign-in prove that they are one; whoever has an account of the own stays apart.
    """
    if not _joins(invitation, user):
        return None
    return people.looked_at(kept=user.person, dropped=invitation.person, by=user.person.pk)


def _joins(invitation: Invitation, user: User) -> bool:
    return invitation.person_id != user.person.pk and not invitation.person.has_account


@transaction.atomic
def accept_as_new(
    *, token: str, first_name: str, last_name: str, password: str, name_prefix: str = ""
) -> User:
    """Make the account of the invited person and accept. The password has been checked by the form.

    Raises InvitationUnusable when the link does not work, ValidationError when the address has an account already.
    """
    invitation = _take(token)
    person = invitation.person
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                invitation.email,
                password,
                person=None if person.has_account else person,
                first_name=first_name,
                name_prefix=name_prefix,
                last_name=last_name,
                language=person.language,
            )
    except IntegrityError:
        raise ValidationError(_("Sign in first, then open this link again."), code="has_account") from None
    _finish(invitation, user)
    return user


def _locked(condition: Q) -> Invitation | None:
    """Lock an invitation that was not answered yet, so that two answers come one after the other; None without one."""
    return (
        Invitation.objects.unanswered()
        .select_for_update(of=("self",), no_key=True)
        .select_related("person__user")
        .filter(condition)
        .first()
    )


def _waiting(invitation_id: int) -> Invitation:
    """Lock it for someone who renews or withdraws it. Raises ValidationError when it was answered meanwhile."""
    invitation = _locked(Q(pk=invitation_id))
    if invitation is None:
        raise ValidationError(ANSWERED, code="answered")
    return invitation


def _take(token: str) -> Invitation:
    """Lock it for the person who opened the link. Raises InvitationUnusable when the link does not work."""
    invitation = _locked(Q(token_digest=digest_of(token)))
    if invitation is None or invitation.is_expired:
        raise InvitationUnusable
    return invitation


def _stop_links(invitation: Invitation) -> None:
    """Nobody gets a mail of which the link is dead by then."""
    links = {invitation.token_digest, invitation.former_digest}
    outbox.cancel_links(person_id=invitation.person_id, digests=links)
    outbox.cancel_returned(person_id=invitation.person_id, kind=INVITATION, email=invitation.email)


def _renew(invitation: Invitation) -> None:
    _stop_links(invitation)
    token, now = new_token(), timezone.now()
    invitation.former_digest = invitation.token_digest
    invitation.token_digest = digest_of(token)
    invitation.renewed_at = now
    invitation.expires_at = now + VALID_FOR
    invitation.save(update_fields=["email", "former_digest", "token_digest", "renewed_at", "expires_at"])
    mail.invitee_invitation_made(invitation, token)


def _finish(invitation: Invitation, user: User) -> Merging | None:
    """Note who accepted, join the invited person to the account, and tell the apps above, which add the role.

    Someone who has the link can read the mail of this address, so the address counts as verified. The person who was
    invited and the one who accepts may be two rows of one human: mailbox and sign-in prove it, and they become one.
    Gives what came to the account.
    """
    joined = None
    if _joins(invitation, user):
        joined = people.merge(kept=user.person, dropped=invitation.person, by=user.person.pk)
        invitation.person = user.person
        security.note(kind=SecurityKind.MERGED, person_id=user.person.pk)
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = user.person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    invitation_accepted.send(sender=Invitation, invitation=invitation, user=user)
    return joined
