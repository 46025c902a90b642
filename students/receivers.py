"""What lower apps tell students."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from accounts.enums import Role
from accounts.models import Invitation, User
from accounts.signals import invitation_accepted
from students.services import students


@receiver(invitation_accepted, dispatch_uid="students.link_account")
def link_account(sender: type[Invitation], invitation: Invitation, user: User, **kwargs: Any) -> None:
    """A student accepted the invitation: from now on the enrolments are theirs."""
    if invitation.purpose == Role.STUDENT:
        students.link_account(invitation_id=invitation.pk, user_id=user.pk)
