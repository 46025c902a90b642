"""The history of a row leads to its state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

from core.dates import local_day, today
from partnerships.models import Call, JoinRequest
from students.enums import EnrolmentState
from students.models import Enrolment
from tests.demo.rules.base import Faults, past, rule

STATEFUL = {"students", "placements", "agreements"}  # the apps whose rows must have come into their state


def _stateful() -> Iterable[models.Model]:
    yield from JoinRequest.objects.all()
    yield from Call.objects.all()
    for label in sorted(STATEFUL):
        for model in apps.get_app_config(label).get_models():
            if hasattr(model, "TRANSITIONS"):
                yield from model._default_manager.all()


@rule(_stateful)
def history_leads_to_the_state(row: Any) -> Faults:
    """From the first state of the model, step by step as TRANSITIONS allows, in the order of time."""
    state, moment = row._meta.get_field("state").default, None
    if isinstance(row, Enrolment) and row.state == EnrolmentState.WAITING and not past(row):
        return  # the waiting list is where one may begin too
    for change in past(row):
        sources, target = row.TRANSITIONS[change.action]
        if change.from_state != state or state not in sources or change.to_state != target:
            yield f"{change.action} from {state} to {change.to_state}"
        if moment and change.at < moment:
            yield f"{change.action} before what came before"
        if change.action in getattr(row, "REASON_REQUIRED", ()) and not change.reason:
            yield f"{change.action} without a reason"
        state, moment = change.to_state, change.at
    if moment and local_day(moment) > today():
        yield "something that is still to come"
    if row.state != state:
        yield f"in {row.state}, while the history ends in {state}"
