"""Conditions under which an employer pledged its places: written down, met or not, and that taken back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.mail import letters
from accounts.models import Person
from core import changes, states, versions
from core.access import ensure
from partnerships.actors import Actor
from partnerships.enums import ConditionState
from partnerships.mail import calls as mail
from partnerships.models import PledgeCondition, SignUp
from partnerships.rules.conditions import can_add_condition, can_settle_condition
from partnerships.rules.partnerships import can_coordinate
from partnerships.services import sign_up_links
from partnerships.services.locks import sign_up_under_lock


@transaction.atomic
def tell(*, sign_up: SignUp, text: str, by: int | None) -> None:
    """Keep the condition that the employer tells now: the open one is written over, or is asked no longer.

    One that was settled stays as it was settled. The caller holds the lock of the sign-up; `by` is a person's id.
    """
    told = sign_up.conditions.filter(is_told=True, state=ConditionState.OPEN).first()
    if told is None:
        if text:
            PledgeCondition.objects.create(sign_up=sign_up, text=text, is_told=True)
    elif text:
        told.text = text
        changes.save(told, by=by, update_fields=["text"])
    else:
        states.advance(told, "drop", by=by)


@transaction.atomic
def add(
    *, sign_up_id: int, by: Actor, text: str, due_on: dt.date | None = None, read: str | None
) -> PledgeCondition:
    """Write down a condition that a coordinator heard of; the employer gets a mail. `read` is the version of the sign-up."""
    sign_up = sign_up_under_lock(sign_up_id)
    ensure(can_add_condition(by, sign_up))
    versions.claim(read, sign_up)
    condition = PledgeCondition.objects.create(sign_up=sign_up, text=text, due_on=due_on)
    if sign_up.email:
        coordinator = Person.objects.select_related("user").get(pk=by.person_id)
        token = sign_up_links.new(sign_up=sign_up)
        mail.employer_sign_up_changed(sign_up, ["conditions"], token=token, by=coordinator)
    return condition


@transaction.atomic
def settle(*, condition_id: int, action: str, by: Actor, read: str | None) -> PledgeCondition:
    """Note that a condition is met (`meet`) or is not (`fail`); the employer hears. `read` is the condition's version."""
    condition = _locked(condition_id)
    ensure(can_settle_condition(by, condition, action))
    versions.ensure(read, condition)
    act = states.advance(condition, action, by=by.person_id)
    if condition.sign_up.email:
        token = sign_up_links.new(sign_up=condition.sign_up)
        mail.employer_condition_settled(condition, act, token=token)
    return condition


@transaction.atomic
def take_back(*, condition_id: int, act_id: int, by: Actor) -> PledgeCondition:
    """A condition is open again; done again by the same person it changes nothing. Whoever was mailed hears."""
    condition = _locked(condition_id)
    ensure(can_coordinate(by, condition.sign_up.call.partnership))
    act = states.act_read(condition, act_id, by=by.person_id)
    if act is not None:
        back = states.take_back(condition, act, by=by.person_id)
        letters.taken_back(back.mailed, by=str(back.change.by))
    return condition


def _locked(condition_id: int) -> PledgeCondition:
    """The condition as it is now, under the lock of its sign-up."""
    sign_up = sign_up_under_lock(
        PledgeCondition.objects.values_list("sign_up", flat=True).get(pk=condition_id)
    )
    condition = PledgeCondition.objects.get(pk=condition_id)
    condition.sign_up = sign_up
    return condition
