"""State changes: one table per model, one function that applies and records them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, not_now
from core.models import StateChange

Transitions = Mapping[str, tuple[Any, str]]


class IllegalTransition(ValidationError):
    """The state an object is in does not allow this act."""


def allowed(obj: Any, action: str) -> bool:
    """Whether the state of `obj` permits `action`; asks nothing about people."""
    sources, _target = obj.TRANSITIONS[action]
    return obj.state in sources


def permits(obj: Any, action: str) -> Verdict:
    """The same as a verdict: allowed, or not now with the sentence that the model's REFUSALS has for the action."""
    return ALLOW if allowed(obj, action) else not_now(_sentence(obj, action))


def advance(obj: Any, action: str, *, by: int | None, reason: str = "", **values: Any) -> StateChange:
    """Move `obj` along `action`, save the state and record who, when and why.

    `values` are fields written in the same UPDATE, for constraints that tie them to the state.

    The write is conditional on the state that was read, so that even a caller without a lock
    cannot apply the same act twice: the second finds another state and is refused.
    """
    sources, target = obj.TRANSITIONS[action]
    if obj.state not in sources:
        raise _refusal(obj, action)
    reason = reason.strip()
    if not reason and action in getattr(obj, "REASON_REQUIRED", ()):
        raise ValidationError(_("Give the reason."), code="reason_required")
    model: type[models.Model] = type(obj)
    before = obj.state
    with transaction.atomic():
        changed = model._base_manager.filter(pk=obj.pk, state=before).update(state=target, **values)
        if not changed:
            obj.refresh_from_db(fields=["state"])
            raise _refusal(obj, action)
        change = StateChange.objects.create(
            model=model._meta.label_lower,
            object_id=str(obj.pk),
            action=action,
            from_state=str(before),
            to_state=str(target),
            by_id=by,
            reason=reason,
        )
    obj.state = target
    for name, value in values.items():
        setattr(obj, name, value)
    return change


def history(obj: models.Model) -> models.QuerySet[StateChange]:
    """Every recorded change of `obj`, oldest first, with the people loaded."""
    return (
        StateChange.objects.filter(model=obj._meta.label_lower, object_id=str(obj.pk))
        .select_related("by")
        .order_by("at", "pk")
    )


def _sentence(obj: Any, action: str) -> str | Promise:
    """Why the state forbids an action: the sentence in the model's REFUSALS, or a general one."""
    own: str | Promise | None = getattr(obj, "REFUSALS", {}).get(action)
    if own is not None:
        return own
    display = getattr(obj, "get_state_display", None)
    state = display() if display else obj.state
    return format_lazy(_("This cannot be done now: the state is “{state}”."), state=state)


def _refusal(obj: Any, action: str) -> IllegalTransition:
    return IllegalTransition(str(_sentence(obj, action)), code="illegal_transition")
