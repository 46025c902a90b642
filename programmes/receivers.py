"""What this app does when something happens in an app below it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver

from partnerships.signals import organisation_relied_on
from programmes.models import Programme


@receiver(organisation_relied_on, dispatch_uid="programmes.is_school")
def is_school(sender: Any, organisation_id: int, **kwargs: Any) -> QuerySet[Programme]:
    """Someone wants to know whether others count on an organisation: those whose programmes it gives do."""
    return Programme.objects.filter(school=organisation_id)
