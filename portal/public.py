"""What anyone can read: when it changes, pages that are kept for everyone are made anew at once (`core.for_everyone`)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from accounts.models import Person
from core import for_everyone
from core.models import StateChange
from partnerships.models import (
    ActionLine,
    Call,
    ContactCard,
    Funding,
    Indicator,
    Initiative,
    InitiativePartner,
    InitiativeResult,
    Location,
    Measurement,
    Member,
    Membership,
    Organisation,
    Partnership,
    PartnershipTheme,
    PointOfContact,
    StoryVersion,
    Theme,
)
from playbooks.models import PlaybookVersion

# What a public page shows, or what decides whether it does. What is only counted (places, sign-ups) follows within a minute.
SHOWN = (
    ActionLine,
    Call,
    ContactCard,
    Funding,
    Indicator,
    Initiative,
    InitiativePartner,
    InitiativeResult,
    Location,
    Measurement,
    Member,
    Membership,
    Organisation,
    Partnership,
    PartnershipTheme,
    Person,
    PlaybookVersion,
    PointOfContact,
    StoryVersion,
    Theme,
)
_LABELS = {model._meta.label_lower for model in SHOWN}


def forget(**_more: Any) -> None:
    """Now, for whoever reads in the same transaction, and once more when others can read it, however much was changed."""
    for_everyone.forget()
    hooks = transaction.get_connection().run_on_commit
    if not any(hook is for_everyone.forget for _savepoints, hook, _robust in hooks):
        transaction.on_commit(for_everyone.forget)


def forget_moved(instance: StateChange, **_more: Any) -> None:
    """A state is moved past `save`, and always on record (`core.states`)."""
    if instance.model in _LABELS:
        forget()


def watch() -> None:
    """Once, as the portal starts."""
    post_save.connect(forget_moved, sender=StateChange, dispatch_uid="portal.public")
    for model in SHOWN:
        name = f"portal.public.{model.__name__}"
        post_save.connect(forget, sender=model, dispatch_uid=name)
        post_delete.connect(forget, sender=model, dispatch_uid=name)
        for field in model._meta.many_to_many:
            m2m_changed.connect(
                forget, sender=field.remote_field.through, dispatch_uid=f"{name}.{field.name}"
            )
