"""Groups, calls and partnerships are closed from one moment on; for two weeks that is taken back (`returns`)."""

from __future__ import annotations

from django.db import transaction

from core import endings, states, versions
from core.access import ensure
from core.dates import today
from partnerships.actors import Actor
from partnerships.mail import closings as mail
from partnerships.models import Call, Group, Partnership
from partnerships.rules import closings as rules
from partnerships.services.locks import call_under_lock, group_under_lock, partnership_under_lock
from partnerships.signals import partnership_closed


@transaction.atomic
def group(*, group_id: int, by: Actor, read: str | None) -> Group:
    """Close a group: its papers are the coordinators' from now on, and everyone who sits there is told."""
    row = group_under_lock(group_id)
    ensure(rules.can_close_group(by, row))
    versions.ensure(read, row)
    act = endings.end(row, by=by.person_id)
    mail.people_group_closed(row, act, by=by)
    return row


@transaction.atomic
def call(*, call_id: int, by: Actor, read: str | None) -> Call:
    """Close a call before its last day: nobody signs up any more, and who did stays."""
    row = call_under_lock(call_id)
    ensure(rules.can_close_call(by, row))
    versions.ensure(read, row)
    states.advance(row, "close", by=by.person_id, closed_on=today())
    return row


@transaction.atomic
def partnership(*, partnership_id: int, by: Actor, read: str | None) -> Partnership:
    """Close a partnership: it stays to be read, and the places offered there close with a word to all in them."""
    row = partnership_under_lock(partnership_id)
    ensure(rules.can_close_partnership(by, row))
    versions.ensure(read, row)
    act = endings.end(row, by=by.person_id)
    partnership_closed.send(sender=Partnership, partnership=row, by=by, act=act)
    mail.parties_partnership_closed(row, act, by=by)
    return row
