"""Organisations join by the yes of both sides, each said by who speaks for it."""

from __future__ import annotations

from accounts.enums import Role
from core.dates import local_day
from partnerships.enums import JoinRequestKind
from partnerships.models import JoinRequest
from tests.demo.rules.base import Faults, actor_then, past, rule


@rule(lambda: JoinRequest.objects.exclude(partnership_yes_by=None, organisation_yes_by=None))
def join_request_is_asked_and_answered_by_two_sides(row: JoinRequest) -> Faults:
    """A coordinator speaks for the partnership, a manager for the organisation."""
    asker = row.partnership_yes_by_id if row.was_invited else row.organisation_yes_by_id
    if asker is None or not _speaks(row, asker, row.asked_at, for_partnership=row.was_invited):
        yield "asked by someone else"
    for change in past(row):
        if change.action == "expire":
            if local_day(change.at) <= row.expires_on:
                yield "expired before its last day was over"
            continue
        theirs = row.was_invited if change.action == "withdraw" else row.kind == JoinRequestKind.ASKED
        if change.by_id is None or not _speaks(row, change.by_id, change.at, for_partnership=theirs):
            yield "answered by someone else"


def _speaks(row, person_id, moment, *, for_partnership) -> bool:
    actor = actor_then(person_id, moment)
    if for_partnership:
        return row.partnership_id in actor.coordinates
    return actor.has_role(row.organisation_id, Role.MANAGER)
