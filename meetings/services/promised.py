"""Making an action of a promise."""

from __future__ import annotations

from django.db import transaction

from core.access import ensure
from meetings.models import Action, PromisedAction
from meetings.rules import promised as rules
from meetings.services import actions
from partnerships.actors import Actor
from partnerships.models import Promise


@transaction.atomic
def give(*, action: Action, promise: Promise, by: Actor) -> Action:
    """Let someone keep a promise of the agreement in force by a day. Raises ValidationError when someone does so already."""
    rows = Promise.objects.select_for_update(of=("self",), no_key=True).select_related("version__partnership")
    row = rows.get(pk=promise.pk)
    ensure(rules.can_give(by, row.version))
    ensure(rules.can_give_once(is_given=PromisedAction.objects.filter(promise=row).exists()))
    action.partnership, action.organisation_id = row.version.partnership, row.organisation_id
    kept = actions.give(action=action, by=by)
    PromisedAction.objects.create(promise=row, action=kept)
    return kept
