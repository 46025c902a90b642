"""Whether something that looks like a draft was ever used: then it is closed, and not thrown away."""

from __future__ import annotations

from core import states
from core.models import FieldChange
from partnerships.models import Call, Group, Initiative, InitiativeProposal


def group_was_used(group: Group) -> bool:
    """Whether someone ever sat in it."""
    return group.seats.exists()


def call_was_used(call: Call) -> bool:
    """Whether it was ever published, answered, or counted on by a place."""
    published = FieldChange.objects.filter(
        model=call._meta.label_lower, object_id=str(call.pk), field="is_published"
    )
    return call.sign_ups.exists() or published.exists()


def initiative_was_used(initiative: Initiative) -> bool:
    """Whether it was ever in another phase, yielded something, or was made of what a member proposed."""
    proposed = InitiativeProposal.objects.filter(initiative=initiative)
    return states.history(initiative).exists() or initiative.results.exists() or proposed.exists()
