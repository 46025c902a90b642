"""What this app does when something happens in an app below it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver

from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import Organisation
from partnerships.signals import organisation_relied_on, organisations_merging
from programmes.models import Programme
from programmes.services import programmes


@receiver(organisation_relied_on, dispatch_uid="programmes.is_school")
def is_school(sender: Any, organisation_id: int, **kwargs: Any) -> QuerySet[Programme]:
    """Someone wants to know whether others count on an organisation: those whose programmes it gives do."""
    return Programme.objects.filter(school=organisation_id)


@receiver(organisations_merging, dispatch_uid="programmes.merge")
def merge(
    sender: Any, kept: Organisation, dropped: Organisation, by: Actor, act: StateChange, **kwargs: Any
) -> list[str]:
    """Two schools turned out to be one: programmes of one name are told apart."""
    return programmes.tell_apart(kept=kept, dropped=dropped, by=by)
