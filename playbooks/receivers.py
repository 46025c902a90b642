"""What happens here when the apps below tell something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from partnerships.signals import person_relied_on
from playbooks.models import PlaybookLead
from playbooks.models.leads import PlaybookLeadQuerySet


@receiver(person_relied_on, dispatch_uid="playbooks.asks_about_one")
def asks_about_one(sender: Any, person_id: int, **kwargs: Any) -> PlaybookLeadQuerySet:
    """Someone wants to know who else works with a person: the partnership that the person asked something."""
    return PlaybookLead.objects.filter(contact=person_id)
