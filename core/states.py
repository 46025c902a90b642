"""State changes: one table per model, one function that applies and records them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import outbox
from core.access import ALLOW, Verdict, not_now
from core.dates import local_day, today
from core.models import OutgoingMail, StateChange

UNDO = "undo"  # the action of a row that takes another back
CHANGED = _("Something else has happened since. Below you see the current status.")


class IllegalTransition(ValidationError):
    """The state an object is in does not allow this act."""


def allowed(obj: Any, action: str) -> bool:
    """Whether the state of `obj` permits `action`; asks nothing about people."""
    sources, _target = obj.TRANSITIONS[action]
    return obj.state in sources


def permits(obj: Any, action: str) -> Verdict:
    """The same as a verdict: allowed, or not now with the sentence that the model's REFUSALS has for the action."""
    return ALLOW if allowed(obj, action) else not_now(_sentence(obj, action))


def advance(
    obj: Any,
    action: str,
    *,
    by: int | None,
    reason: str = "",
    cause: StateChange | None = None,
    subject: UUID | None = None,
    **values: Any,
) -> StateChange:
    """Move `obj` along `action`, save the state and record who, when and why.

    `cause` is the change this one follows from: who takes that back finds this one by it. `subject` is the public id
    of the person it is about. `values` are fields written in the same UPDATE, for constraints that tie them to the
    state.

    The write is conditional on the state that was read, so that even a caller without a lock
    cannot apply the same act twice: the second finds another state and is refused.
    """
    sources, target = obj.TRANSITIONS[action]
    if obj.state not in sources:
        raise _refusal(obj, action)
    reason = reason.strip()
    if not reason and action in getattr(obj, "REASON_REQUIRED", ()):
        raise ValidationError(_("Give the reason."), code="reason_required")
    return _move(obj, action, target, values, by_id=by, reason=reason, cause=cause, subject=subject)


def record(obj: models.Model, action: str, *, before: str = "", after: str = "", **facts: Any) -> StateChange:
    """Write down what happened to `obj`, whose state the caller keeps; `facts` are the other fields of the row."""
    return StateChange.objects.create(
        model=obj._meta.label_lower,
        object_id=str(obj.pk),
        action=action,
        from_state=before,
        to_state=after,
        **facts,
    )


@dataclass(frozen=True)
class TakenBack:
    """An act that was taken back: the row that says so, and the mails that had gone out about it."""

    change: StateChange
    mailed: list[OutgoingMail]


def last_act(obj: models.Model) -> StateChange | None:
    """The newest change of `obj` that still stands: not one that takes another back, nor one that was."""
    standing = history(obj).filter(undoes__isnull=True, undone_by__isnull=True)
    return standing.last()


def act_read(obj: models.Model, act_id: int, *, by: int | None) -> StateChange | None:
    """The act that was on the page, to be taken back; None when this person has done that: a button pressed twice."""
    act = history(obj).filter(pk=act_id).select_related("undone_by").first()
    if act is None:
        raise ValidationError(CHANGED, code="changed")
    undone: StateChange | None = getattr(act, "undone_by", None)
    return None if undone is not None and undone.by_id == by else act


def is_repeat(obj: Any, action: str, *, by: int | None) -> bool:
    """Whether this person did exactly this last, so that the same act once more is a button pressed twice."""
    if obj.state != obj.TRANSITIONS[action][1]:
        return False
    act = last_act(obj)
    return act is not None and (act.action, act.by_id, act.to_state) == (action, by, obj.state)


def was_taken_back(obj: models.Model, *, by: int | None) -> bool:
    """Whether this person took back an act of `obj` as the last thing: the button pressed twice."""
    last = history(obj).last()
    return last is not None and last.undoes_id is not None and last.by_id == by


def permits_undo(
    obj: Any, act: StateChange | None, *, since: dt.date | None = None, by_clock: str | None = None
) -> Verdict:
    """Whether `act`, the last one of `obj`, can be taken back as things stand; asks nothing about people.

    The model's `UNDO` names the actions that can be, with the number of days in which, or None where only the next act
    ends it. Days count from that of the act, or from `since` where the act itself names a day. `by_clock` is the state that
    follows from that of the act when its day comes, by nobody's doing.
    """
    if act is None or obj.state not in {act.to_state, by_clock} or act.action not in getattr(obj, "UNDO", {}):
        return not_now(_("There is nothing here that can be taken back now."))
    last_day = last_day_of_undo(obj, act, since=since)
    if last_day is not None and today() > last_day:
        return not_now(too_late(obj.UNDO[act.action]))
    return ALLOW


def last_day_of_undo(obj: Any, act: StateChange, *, since: dt.date | None = None) -> dt.date | None:
    """Until when `act` can be taken back; None where only the next act ends that."""
    days = obj.UNDO[act.action]
    return None if days is None else (since or local_day(act.at)) + dt.timedelta(days=days)


def take_back(
    obj: Any,
    act: StateChange,
    *,
    by: int | None,
    reason: str = "",
    since: dt.date | None = None,
    cause: StateChange | None = None,
    **values: Any,
) -> TakenBack:
    """Put `obj` back where it was before `act`, the last thing that happened to it, and record that.

    Mails about the act that still wait are cancelled; `mailed` are those that were not in time, whose readers the
    caller tells (`accounts.mail.letters.taken_back`). What came along with the act is in `caused`, for the caller to
    bring back; `cause` is then the row that takes back what it followed from, however many days this row itself would
    leave for it. `values` as in `advance`.
    """
    model: type[models.Model] = type(obj)
    with transaction.atomic():
        locked = model._base_manager.select_for_update(of=("self",)).values_list("state", flat=True)
        obj.state = locked.get(pk=obj.pk)
        act = history(obj).select_related("undone_by").get(pk=act.pk)
        if hasattr(act, "undone_by"):
            raise IllegalTransition(_("This has been taken back already."), code="undone")
        if act != last_act(obj):
            raise IllegalTransition(
                _("Something else has happened since, so this cannot be undone."), code="not_last"
            )
        verdict = permits_undo(obj, act, since=today() if cause else since)
        if not verdict:
            raise IllegalTransition(str(verdict.reason), code="no_undo")
        change = _move(
            obj,
            UNDO,
            act.from_state,
            values,
            by_id=by,
            reason=reason.strip(),
            cause=cause,
            undoes=act,
            subject=act.subject,
        )
        return TakenBack(change, outbox.cancel_about(act))


def has_way_back(act: StateChange) -> bool:
    """Whether what happened is of a kind that can be taken back, and what followed from it with it."""
    return act.action in getattr(apps.get_model(act.model), "UNDO", {})


def caused(act: StateChange, model: type[models.Model] | None = None) -> models.QuerySet[StateChange]:
    """What came along with `act` and still stands, newest first: all of it, or what happened to rows of one model."""
    rows = act.caused.filter(undone_by__isnull=True).order_by("-pk")
    return rows.filter(model=model._meta.label_lower) if model else rows


def history(obj: models.Model) -> models.QuerySet[StateChange]:
    """Every recorded change of `obj`, oldest first, with the people and what it followed from loaded."""
    return (
        StateChange.objects.filter(model=obj._meta.label_lower, object_id=str(obj.pk))
        .select_related("by", "cause")
        .order_by("at", "pk")
    )


def _move(obj: Any, action: str, target: Any, values: dict[str, Any], **facts: Any) -> StateChange:
    """Write the state and its record, if nobody moved `obj` meanwhile."""
    model: type[models.Model] = type(obj)
    before = obj.state
    with transaction.atomic():
        changed = model._base_manager.filter(pk=obj.pk, state=before).update(state=target, **values)
        if not changed:
            obj.refresh_from_db(fields=["state"])
            raise _refusal(obj, action)
        change = record(obj, action, before=str(before), after=str(target), **facts)
    obj.state = target
    for name, value in values.items():
        setattr(obj, name, value)
    return change


def too_late(days: int) -> str | Promise:
    """That something can no longer be taken back."""
    return format_lazy(
        ngettext_lazy(
            "This could be taken back for {days} day. Now only a correction is possible.",
            "This could be taken back for {days} days. Now only a correction is possible.",
            days,
        ),
        days=days,
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
