"""Rows with days (`core.periods`) that someone ends, on record; for two weeks it can be taken back.

The record is a StateChange whose two states are the last days: the one that stood, empty for none, and the new one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import outbox, periods, states
from core.access import ALLOW, Verdict, not_now
from core.dates import local_day, today
from core.models import StateChange
from core.states import IllegalTransition, TakenBack

BEGIN, END = "begin", "end"
DAYS = 14  # in which an end can be taken back


@transaction.atomic
def begin(row: Any, *, by: int | None, subject: UUID | None = None) -> StateChange:
    """Save a new row, and record who began it: for rows of which another thing tells the history."""
    row.save()
    return states.record(row, BEGIN, after=_kept(row.starts_on), by_id=by, subject=subject)


@transaction.atomic
def end(
    row: Any,
    *,
    by: int | None,
    last_day: dt.date | None = None,
    reason: str = "",
    cause: StateChange | None = None,
    subject: UUID | None = None,
) -> StateChange:
    """Let a row hold no more from this moment on, under the lock of who calls, and record who ended it.

    Until `last_day` where that is to come. `cause` is what it followed from, which brings it back when that is taken back.
    """
    before = row.ends_on
    periods.end(row, last_day)
    return states.record(
        row,
        END,
        before=_kept(before),
        after=_kept(row.ends_on),
        by_id=by,
        reason=reason.strip(),
        cause=cause,
        subject=subject,
    )


def last_end(row: Any) -> StateChange | None:
    """The end of a row that still stands, with who did it; None for one that nobody ended."""
    act = None if row.ends_on is None else states.last_act(row)
    return act if act is not None and act.action == END else None


def last_day_before(act: StateChange) -> dt.date | None:
    """The last day that a row had before this end of it; None when it had none."""
    return dt.date.fromisoformat(act.from_state) if act.from_state else None


def was_taken_back(row: Any, *, by: int | None) -> bool:
    """Whether the last thing that happened to a row is that this person took its end back: a button pressed twice."""
    return row.ended_at is None and states.was_taken_back(row, by=by)


@dataclass(frozen=True)
class Ended:
    """A row that someone ended lately, and the record of that."""

    row: Any
    act: StateChange


def lately(rows: models.QuerySet[Any]) -> list[Ended]:
    """Those of the rows that were ended and can still go on, the newest first; two queries, however many there are."""
    return among(of_late(rows))


def of_late(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Those of the rows with a last day that is not long ago, or is still to come."""
    since = today() - dt.timedelta(days=DAYS + 1)
    return rows.filter(Q(ended_at__date__gte=since) | Q(ends_on__gte=since))


def among(rows: Iterable[Any]) -> list[Ended]:
    """What `lately` gives, of rows of one model or of several that were read already; one query."""
    found = {(row._meta.label_lower, str(row.pk)): row for row in rows}
    these = Q(pk__in=[])
    for model in {model for model, _pk in found}:
        these |= Q(model=model, object_id__in=[pk for of, pk in found if of == model])
    acts = StateChange.objects.filter(these, action=END, undone_by__isnull=True).select_related("by")
    ended = [Ended(found[act.model, act.object_id], act) for act in acts.order_by("-at", "-pk")]
    return [one for one in ended if permits_take_back(one.row, one.act)]


def permits_take_back(row: Any, act: StateChange | None) -> Verdict:
    """Whether the end of a row can be taken back as things stand; asks nothing about people.

    The days count from the last day where that comes after the act.
    """
    if act is None or row.ends_on is None or act.cause_id is not None:
        return not_now(_("There is nothing here that can be taken back now."))
    if today() > max(local_day(act.at), row.ends_on) + dt.timedelta(days=DAYS):
        return not_now(states.too_late(DAYS))
    return ALLOW


@transaction.atomic
def take_back(row: Any, act: StateChange, *, by: int | None, reason: str = "") -> TakenBack:
    """Let an ended row go on as if it had not been, under the lock of who calls, with what ended because of it.

    Mails about it that still wait are cancelled; those that had gone out are given, for the caller to tell their
    readers. Raises ValidationError when it is too late, done already, or another of its kind runs by now.
    """
    act = states.history(row).select_related("undone_by").get(pk=act.pk)
    if hasattr(act, "undone_by"):
        raise IllegalTransition(_("This has been taken back already."), code="undone")
    verdict = permits_take_back(row, act)
    if not verdict:
        raise IllegalTransition(str(verdict.reason), code="no_undo")
    return TakenBack(_go_on(row, act, by, reason), outbox.cancel_about(act))


def is_as_left(row: Any, act: StateChange) -> bool:
    """Whether nobody gave the row another end since this one: what was taken away meanwhile stays away."""
    return _kept(row.ends_on) == act.to_state


@transaction.atomic
def bring_back(row: Any, act: StateChange, *, undo: StateChange) -> bool:
    """The same for a row that ended because of what `undo` takes back; not for one that was ended otherwise since.

    Gives whether it goes on.
    """
    if not is_as_left(row, act):
        return False
    _go_on(row, act, undo.by_id, "", cause=undo)
    return True


def _go_on(
    row: Any, act: StateChange, by: int | None, reason: str, cause: StateChange | None = None
) -> StateChange:
    row.ends_on = last_day_before(act)
    row.ended_at = None
    row.validate_constraints()
    row.save(update_fields=["ends_on", "ended_at"])
    return states.record(
        row,
        states.UNDO,
        before=act.to_state,
        after=act.from_state,
        by_id=by,
        reason=reason.strip(),
        cause=cause,
        undoes=act,
        subject=act.subject,
    )


def _kept(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
