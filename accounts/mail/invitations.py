"""Mails about invitations."""

from __future__ import annotations

from django.urls import reverse
from django.utils import formats, timezone, translation

from accounts.enums import Role
from accounts.models import Invitation
from core import mail


def invitee_invitation_made(invitation: Invitation, token: str) -> None:
    """The link to accept; the only place where the token is written, until the mail has gone."""
    inviter, person = invitation.invited_by, invitation.person
    with translation.override(person.language):
        until = formats.date_format(timezone.localtime(invitation.expires_at), "j F Y")
    mail.send(
        kind="accounts.invitation",
        to_email=invitation.email,
        template="accounts/mail/invitation.txt",
        context={
            "invitation": invitation,
            "purpose": Role(invitation.purpose).label,
            "inviter": inviter.full_name if inviter else "",
            "until": until,
        },
        person=person,
        language=person.language,
        link=reverse("accounts:invitation", args=[token]),
        is_secret=True,
    )
