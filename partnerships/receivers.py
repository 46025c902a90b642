"""What happens here when accounts tells something."""

from typing import Any

from django.dispatch import receiver

from accounts.models import Invitation, Person, User
from accounts.signals import invitation_accepted, people_merging
from partnerships.models import MembershipInvitation
from partnerships.services import memberships, people


@receiver(invitation_accepted, dispatch_uid="partnerships.begin_membership")
def begin_membership(sender: Any, invitation: Invitation, user: User, **kwargs: Any) -> None:
    """An accepted invitation to an organisation becomes a membership, in the same transaction."""
    found = MembershipInvitation.objects.select_related("organisation").filter(invitation=invitation).first()
    if found:
        memberships.begin(invitation=found, person=user.person)


@receiver(people_merging, dispatch_uid="partnerships.merge")
def merge(sender: Any, kept: Person, dropped: Person, **kwargs: Any) -> None:
    """Two people turned out to be one: roles and seats that both hold are held once."""
    people.merge(kept=kept, dropped=dropped)
