"""What this app does when something happens in an app below it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from partnerships.models import Membership
from partnerships.signals import membership_ended, membership_started
from placements.services import supervisors


@receiver(membership_started, dispatch_uid="placements.link_supervisor")
def link_supervisor(sender: Any, membership: Membership, **kwargs: Any) -> None:
    supervisors.link(membership=membership)


@receiver(membership_ended, dispatch_uid="placements.unlink_supervisor")
def unlink_supervisor(sender: Any, membership: Membership, **kwargs: Any) -> None:
    supervisors.unlink(membership=membership)
