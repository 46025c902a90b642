"""Mails about invitations."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import formats, timezone, translation

from accounts.enums import Role
from accounts.mail.why import why
from accounts.models import Invitation
from accounts.queries.asking import asked
from core import mail
from core.models import OutgoingMail


def invitee_invitation_made(invitation: Invitation, token: str) -> None:
    """The link to accept; the only place where the token is written, until the mail has gone."""
    mail.queue([_written(invitation, token)])


def invitees_invitations_made(invited: Iterable[tuple[Invitation, str]]) -> None:
    """The same to many at once, each with the own token."""
    mail.queue([_written(invitation, token) for invitation, token in invited])


def _written(invitation: Invitation, token: str) -> OutgoingMail:
    inviter, person = invitation.invited_by, invitation.person
    with translation.override(person.language):
        until = formats.date_format(timezone.localtime(invitation.expires_at), "j F Y")
    return mail.written(
        kind="accounts.invitation",
        to_email=invitation.email,
        template="accounts/mail/invitation.txt",
        why=why("accounts/mail/invitation.txt"),
        context={
            "invitation": invitation,
            "purpose": Role(invitation.purpose).label,
            "inviter": inviter.full_name if inviter else "",
            "until": until,
        },
        person=person,
        ask=asked(person, inviter),
        language=person.language,
        link=reverse("accounts:invitation", args=[token]),
        is_secret=True,
    )
