"""Changes of an initiative that touch more than its own row."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import changes, states, versions
from core.access import ensure
from core.dates import today
from core.models import StateChange
from core.slugs import save_with_slug
from partnerships.actors import Actor
from partnerships.enums import InitiativePhase
from partnerships.models import Initiative, InitiativeResult, Theme
from partnerships.rules.days import can_be_corrected, can_be_measured_on
from partnerships.rules.initiative_partners import can_lead
from partnerships.rules.initiatives import can_move
from partnerships.rules.partnerships import can_write, goes_on
from partnerships.services.locks import initiative_under_lock


@transaction.atomic
def save(
    *,
    initiative: Initiative,
    themes: list[Theme],
    by: Actor,
    version: str | None,
    **values: Any,
) -> Initiative:
    """Keep an initiative, new or changed, with its themes; it counts as updated today.

    `values` are its other fields, `version` what was read of it. Raises ValidationError when another has the title.
    """
    ensure(can_write(by, initiative.partnership))
    if initiative._state.adding:
        ensure(goes_on(initiative.partnership))
    versions.claim(version, initiative)
    before = changes.stored(initiative) if initiative.pk else {}
    for name, value in values.items():
        setattr(initiative, name, value)
    initiative.refreshed_on = today()
    _ensure_no_ring(initiative)
    save_with_slug(initiative, initiative.title)
    changes.record(initiative, before, by=by.person_id)
    initiative.themes.set(themes)
    return initiative


def _ensure_no_ring(initiative: Initiative) -> None:
    """It goes on as another one of its partnership, which does not go on as this one, nor does what follows that.

    Raises ValidationError otherwise; the database refuses it too.
    """
    later = initiative.successor_id
    if initiative.successor is not None and initiative.successor.partnership_id != initiative.partnership_id:
        raise ValidationError({"successor": _("Choose an initiative of this partnership.")})
    while later is not None and later != initiative.pk:
        later = Initiative.objects.values_list("successor", flat=True).get(pk=later)
    if later is not None:
        raise ValidationError({"successor": _("That initiative comes before this one. Choose another one.")})


@transaction.atomic
def save_texts(*, initiative_id: int, by: Actor, version: str | None, **texts: str) -> Initiative:
    """Keep the texts of an initiative, as its owner or who writes for the partnership; it counts as updated today."""
    initiative = initiative_under_lock(initiative_id)
    ensure(can_lead(by, initiative) and goes_on(initiative.partnership))
    versions.claim(version, initiative)
    for name, value in texts.items():
        setattr(initiative, name, value)
    initiative.refreshed_on = today()
    initiative.save(update_fields=["refreshed_on", *texts])
    return initiative


@transaction.atomic
def add_result(*, initiative_id: int, result: InitiativeResult, by: Actor) -> bool:
    """Keep a figure that the initiative yielded; it is news, so the initiative counts as updated today.

    False when the same figure was there already. Raises ValidationError for a day that is still to come.
    """
    ensure(can_be_measured_on(result.measured_on))
    initiative = initiative_under_lock(initiative_id)
    ensure(can_write(by, initiative.partnership) and goes_on(initiative.partnership))
    same = {name: getattr(result, name) for name in ("label", "value", "measured_on", "source")}
    if initiative.results.filter(**same).exists():
        return False
    initiative.results.create(**same, by_id=by.person_id)
    _is_news(initiative)
    return True


@transaction.atomic
def correct_result(
    *,
    result_id: int,
    label: str,
    value: str,
    measured_on: dt.date | None,
    source: str,
    reason: str,
    by: Actor,
) -> InitiativeResult:
    """Say beside a figure what it should have been, and why; both stay. The same correction again changes nothing.

    Raises ValidationError when it was corrected already, or for a day that is still to come.
    """
    known = InitiativeResult.objects.values_list("initiative", flat=True).get(pk=result_id)
    initiative = initiative_under_lock(known)
    ensure(can_write(by, initiative.partnership))
    result = InitiativeResult.objects.for_list().get(pk=result_id)
    values: dict[str, Any] = {"label": label, "value": value, "measured_on": measured_on, "source": source}
    values |= {"reason": reason.strip(), "by_id": by.person_id}
    if result.is_corrected:
        newer: InitiativeResult = result.corrected_by
        if all(getattr(newer, name) == wanted for name, wanted in values.items()):
            return newer
    ensure(can_be_corrected(result))
    ensure(can_be_measured_on(measured_on))
    if not values["reason"]:
        raise ValidationError({"reason": _("Give the reason.")})
    newer = initiative.results.create(corrects=result, **values)
    _is_news(initiative)
    return newer


def _is_news(initiative: Initiative) -> None:
    initiative.refreshed_on = today()
    initiative.save(update_fields=["refreshed_on"])


@transaction.atomic
def move(*, initiative_id: int, action: str, by: Actor, reason: str = "", read: str | None) -> Initiative:
    """Take an initiative to another phase; stopping keeps the reason (story E-03).

    `action` is one of the model's TRANSITIONS. Raises ValidationError when the phase does not allow it.
    """
    initiative = initiative_under_lock(initiative_id)
    ensure(can_move(by, initiative, action))
    versions.ensure(read, initiative)
    _move(initiative, action, by, reason)
    return initiative


@transaction.atomic
def carry_out(*, initiative_id: int, action: str, by: Actor, reason: str = "") -> StateChange:
    """The same by a decision of a meeting, that is about the initiative as it is at that moment."""
    initiative = initiative_under_lock(initiative_id)
    ensure(can_move(by, initiative, action))
    return _move(initiative, action, by, reason)


def _move(initiative: Initiative, action: str, by: Actor, reason: str) -> StateChange:
    stops = Initiative.TRANSITIONS[action][1] == InitiativePhase.STOPPED
    tied: dict[str, Any] = {"refreshed_on": today(), "stop_reason": reason.strip() if stops else ""}
    return states.advance(initiative, action, by=by.person_id, reason=reason, **tied)


@transaction.atomic
def take_back(*, initiative_id: int, act_id: int, by: Actor) -> Initiative:
    """Put an initiative back in the phase before its last step, the one that was on the page.

    One that is stopped again has the reason of then. Done again by the same person it changes nothing.
    """
    initiative = initiative_under_lock(initiative_id)
    ensure(can_write(by, initiative.partnership))
    act = states.act_read(initiative, act_id, by=by.person_id)
    if act is None:
        return initiative
    stopped = states.history(initiative).filter(pk__lt=act.pk, to_state=InitiativePhase.STOPPED, undoes=None)
    last = stopped.last() if act.from_state == InitiativePhase.STOPPED else None
    tied: dict[str, Any] = {"refreshed_on": today(), "stop_reason": last.reason if last else ""}
    states.take_back(initiative, act, by=by.person_id, **tied)
    return initiative
