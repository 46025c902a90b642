"""Needs: brought, answered, and dropped with a reason."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from core import states, versions
from core.access import ensure
from core.constraints import explained
from meetings.enums import MeetingState
from meetings.mail import needs as mail
from meetings.models import Need
from meetings.rules import needs as rules
from meetings.services import answers
from meetings.services.locks import need_under_lock
from partnerships.actors import Actor

NOT_YOURS = _("Choose an organisation where you have a role and that takes part.")


@transaction.atomic
def save(*, need: Need, by: Actor, version: str | None) -> Need:
    """Keep a need, new or changed by who brought it; the coordinators hear of a new one."""
    if need.pk is None:
        ensure(rules.can_voice(by, need.partnership))
        need.person_id = by.person_id
        own = need.organisation_id
        if own is not None and need.partnership_id not in by.parts_of(own):
            raise ValidationError({"organisation": NOT_YOURS})
        with explained(need):
            need.save()
        states.record(need, "voice", after=str(need.state), by_id=by.person_id)
        mail.coordinator_need_voiced(need, by=by)
        return need
    ensure(rules.can_change(by, need_under_lock(need.pk)))
    with explained(need):
        versions.claim(version, need)
        need.save()
    return need


@transaction.atomic
def answer(*, need_id: int, answer: str, by: Actor, read: str | None) -> Need:
    """Say what became of it; who brought it hears it."""
    need = need_under_lock(need_id)
    if states.is_repeat(need, "answer", by=by.person_id):
        return need
    ensure(rules.can_answer(by, need))
    versions.ensure(read, need)
    act = states.advance(need, "answer", by=by.person_id, answer=answer)
    mail.bringer_need_answered(need, act, by=by)
    return need


@transaction.atomic
def drop(*, need_id: int, reason: str, by: Actor, read: str | None) -> Need:
    """Not take it up, with the reason, which who brought it reads."""
    need = need_under_lock(need_id)
    if states.is_repeat(need, "drop", by=by.person_id):
        return need
    ensure(rules.can_drop(by, need))
    versions.ensure(read, need)
    act = states.advance(need, "drop", by=by.person_id, reason=reason, drop_reason=reason.strip())
    mail.bringer_need_dropped(need, act, by=by)
    return need


@transaction.atomic
def take_back(*, need_id: int, act_id: int, by: Actor) -> Need:
    """Open a need again that was answered or dropped lately; those who heard of it hear this."""
    need = need_under_lock(need_id)
    act = states.act_read(need, act_id, by=by.person_id)
    if act is None:
        return need
    ensure(rules.can_take_back(by, need, act))
    back = states.take_back(need, act, by=by.person_id, answer="", drop_reason="")
    letters.taken_back(back.mailed, by=str(back.change.by))
    if need.item is not None and need.item.meeting.state == MeetingState.CANCELLED:
        answers.give_back_needs(keys=[need.pk], by=by, cause=back.change)  # that agenda is gone
        need.refresh_from_db()
    return need
