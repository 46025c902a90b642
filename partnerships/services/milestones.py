"""Milestones of an initiative: set by who leads it, reached or dropped by who answers for them."""

from __future__ import annotations

from django.db import transaction

from core import changes, states, versions
from core.access import ensure
from core.dates import today
from partnerships.actors import Actor
from partnerships.models import Initiative, Milestone
from partnerships.queries.initiative_partners import who_can_carry
from partnerships.rules import milestones as rules
from partnerships.rules.initiative_partners import can_be_named, can_lead
from partnerships.rules.partnerships import goes_on
from partnerships.services.locks import initiative_under_lock


@transaction.atomic
def save(*, milestone: Milestone, by: Actor, version: str | None) -> Milestone:
    """Keep a milestone, new or changed. Raises ValidationError for an owner who does not work on the initiative.

    A new one that is there already is given back as it is.
    """
    initiative = initiative_under_lock(milestone.initiative_id)
    ensure(can_lead(by, initiative) and goes_on(initiative.partnership))
    versions.claim(version, milestone)
    before = Milestone.objects.filter(pk=milestone.pk).first()
    if before is None:
        same = {name: getattr(milestone, name) for name in ("title", "due_on", "owner")}
        known = initiative.milestones.filter(**same).first()
        if known is not None:
            return known
    known_owner = before.owner_id if before else None
    ensure(can_be_named(milestone.owner, list(who_can_carry(initiative, known_owner))))
    changes.save(milestone, by=by.person_id)
    _is_news(initiative)
    return milestone


@transaction.atomic
def move(*, milestone_id: int, action: str, reason: str = "", by: Actor, read: str | None) -> Milestone:
    """Say that it is reached, dropped (with the reason) or open again; done twice by one person it changes nothing."""
    known = Milestone.objects.values_list("initiative", flat=True).get(pk=milestone_id)
    initiative = initiative_under_lock(known)
    milestone = Milestone.objects.select_for_update(of=("self",), no_key=True).get(pk=milestone_id)
    milestone.initiative = initiative
    if states.is_repeat(milestone, action, by=by.person_id):
        return milestone
    ensure(rules.can_move(by, milestone, action))
    versions.ensure(read, milestone)
    states.advance(milestone, action, by=by.person_id, reason=reason)
    _is_news(initiative)
    return milestone


def _is_news(initiative: Initiative) -> None:
    initiative.refreshed_on = today()
    initiative.save(update_fields=["refreshed_on"])
