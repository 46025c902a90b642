"""Actions: given, handed over, begun, and what became of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import changes, states, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from meetings.mail import actions as mail
from meetings.models import Action
from meetings.queries.owners import can_own
from meetings.rules import actions as rules
from meetings.rules.meetings import can_minute, can_plan
from meetings.services.locks import action_under_lock, meeting_under_lock
from partnerships.actors import Actor

IN_THE_PAST = _("Choose a day that is still to come.")
NOT_HERE = _("Choose someone who takes part in this partnership.")


@transaction.atomic
def give(*, action: Action, by: Actor) -> Action:
    """Keep a new action and tell its owner, unless one gives it to oneself.

    Under an item it is given while the meeting is held. Raises ValidationError for a day that has passed, and for an
    owner who does not take part in the partnership.
    """
    if action.meeting_id is not None:
        meeting = meeting_under_lock(action.meeting_id)
        ensure(can_minute(by, meeting))
        action.partnership, action.group = meeting.partnership, meeting.group
    else:
        ensure(can_plan(by, action.partnership, action.group))
    if action.due_on < today():
        raise ValidationError({"due_on": IN_THE_PAST})
    _ensure_owner(action, action.owner)
    with explained(action):
        action.save()
    states.record(action, "give", after=str(action.state), by_id=by.person_id, subject=action.owner.public_id)
    if action.owner_id != by.person_id:
        mail.owner_action_given(action, by=by)
    return action


def _ensure_owner(action: Action, owner: Person) -> None:
    if not can_own(action.partnership_id, action.group_id).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": NOT_HERE})


@transaction.atomic
def change(*, action: Action, by: Actor, version: str | None) -> Action:
    """Keep another owner, day or text; who has it from now on hears it."""
    before = action_under_lock(action.pk)
    with explained(action):
        versions.claim(version, action)
        ensure(rules.can_change(by, before))
        if action.due_on != before.due_on and action.due_on < today():
            raise ValidationError({"due_on": IN_THE_PAST})
        if action.owner_id != before.owner_id:
            _ensure_owner(action, action.owner)
        kept = changes.stored(action)
        action.save()
        changes.record(action, kept, by=by.person_id)
    if action.owner_id != before.owner_id and action.owner_id != by.person_id:
        mail.owner_action_given(action, by=by)
    return action


@transaction.atomic
def take(*, action_id: int, by: Actor, read: str | None) -> Action:
    """Say that it is begun. Done again by the same person it changes nothing."""
    return _move(action_id, "take", by, read)


@transaction.atomic
def finish(*, action_id: int, outcome: str, by: Actor, read: str | None) -> Action:
    """Say that it is done and what became of it."""
    return _move(action_id, "finish", by, read, outcome=outcome)


@transaction.atomic
def lapse(*, action_id: int, reason: str, by: Actor, read: str | None) -> Action:
    """Say that it is not needed any more, and why."""
    return _move(action_id, "lapse", by, read, reason=reason)


def _move(
    action_id: int, act: str, by: Actor, read: str | None, *, reason: str = "", **values: Any
) -> Action:
    action = action_under_lock(action_id)
    if states.is_repeat(action, act, by=by.person_id):
        return action
    rule = {"take": rules.can_take, "finish": rules.can_finish, "lapse": rules.can_lapse}[act]
    ensure(rule(by, action))
    versions.ensure(read, action)
    states.advance(action, act, by=by.person_id, reason=reason, subject=action.owner.public_id, **values)
    return action


@transaction.atomic
def take_back(*, action_id: int, act_id: int, by: Actor) -> Action:
    """Put an action back where it was before what was said of it last."""
    action = action_under_lock(action_id)
    act = states.act_read(action, act_id, by=by.person_id)
    if act is None:
        return action
    ensure(rules.can_work_on(by, action))
    states.take_back(action, act, by=by.person_id, outcome="")
    return action
