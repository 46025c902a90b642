"""Someone is named as point of contact, says yes or no, and stops."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import outbox, states, versions
from core.access import Verdict, ensure
from core.constraints import explained
from core.dates import today
from partnerships.actors import Actor
from partnerships.mail import contacts as mail
from partnerships.models import Membership, Organisation, Partnership, PointOfContact
from partnerships.queries.contacts import to_name_at, to_name_in
from partnerships.rules import contacts as rules

ASKED = "ask"


@transaction.atomic
def name(*, of: Any, membership: Membership, by: Actor) -> PointOfContact:
    """Ask someone to be point of contact of a partnership, call, initiative or organisation; the person is mailed.

    Asked before, it stays as it was asked. Raises ValidationError for who does not work there.
    """
    ensure(_may_name(by, of))
    among = to_name_at(of) if isinstance(of, Organisation) else to_name_in(_partnership_of(of))
    if not among.filter(pk=membership.pk).exists():
        raise ValidationError(_("Choose someone who works there now."))
    known = PointOfContact.objects.live().filter(membership=membership, **{of._meta.model_name: of}).first()
    if known is not None:
        return known
    point = PointOfContact(membership=membership, **{of._meta.model_name: of})
    with explained(point):
        point.save(force_insert=True)
    act = states.record(
        point, ASKED, after=point.state, by_id=by.person_id, subject=membership.person.public_id
    )
    if membership.person_id != by.person_id:
        mail.person_contact_asked(point, act)
    return point


@transaction.atomic
def agree(
    *, point_id: int, shows_phone: bool, shows_email: bool, by: Actor, read: str | None
) -> PointOfContact:
    """Say yes, and choose what visitors without an account see besides the name. Done again it changes nothing."""
    point = _locked(point_id)
    if states.is_repeat(point, "agree", by=by.person_id):
        return point
    ensure(rules.can_answer(by, point))
    versions.ensure(read, point)
    shown: dict[str, Any] = {"shows_phone": shows_phone, "shows_email": shows_email}
    states.advance(point, "agree", by=by.person_id, subject=point.person.public_id, **shown)
    _tell_who_asked(point, by)
    return point


@transaction.atomic
def refuse(*, point_id: int, by: Actor, read: str | None) -> PointOfContact:
    """Say no: nothing of the person is shown. Done again it changes nothing."""
    point = _locked(point_id)
    if states.is_repeat(point, "refuse", by=by.person_id):
        return point
    ensure(rules.can_answer(by, point))
    versions.ensure(read, point)
    states.advance(point, "refuse", by=by.person_id, subject=point.person.public_id, **_over(point))
    _tell_who_asked(point, by)
    return point


@transaction.atomic
def stop(*, point_id: int, by: Actor, read: str | None) -> PointOfContact:
    """Be point of contact no more, from this moment on; the other side is told. Done again it changes nothing."""
    point = _locked(point_id)
    if states.is_repeat(point, "stop", by=by.person_id):
        return point
    ensure(rules.can_stop(by, point))
    versions.ensure(read, point)
    act = states.advance(point, "stop", by=by.person_id, subject=point.person.public_id, **_over(point))
    if point.person.pk == by.person_id:
        _tell_who_asked(point, by)
    else:
        for asked in states.history(point).filter(action=ASKED):
            outbox.cancel_about(asked)
        mail.person_contact_ended(point, act)
    return point


def _may_name(by: Actor, of: Any) -> Verdict:
    if isinstance(of, Organisation):
        return rules.can_name_at(by, of)
    return rules.can_name_in(by, _partnership_of(of))


def _partnership_of(of: Any) -> Partnership:
    found: Partnership = of if isinstance(of, Partnership) else of.partnership
    return found


def _over(point: PointOfContact) -> dict[str, Any]:
    return {"ends_on": max(point.starts_on, today()), "ended_at": timezone.now()}


def _tell_who_asked(point: PointOfContact, by: Actor) -> None:
    """The one who asked hears the answer, unless that is the person."""
    asked = states.history(point).filter(action=ASKED).select_related("by__user").first()
    if asked is not None and asked.by is not None and asked.by_id != by.person_id:
        mail.namer_contact_answered(point, asked.by)


def _locked(point_id: int) -> PointOfContact:
    rows = PointOfContact.objects.select_for_update(of=("self",), no_key=True)
    joined = rows.select_related(
        "membership__person__user",
        "membership__organisation",
        "partnership",
        "organisation",
        "call__partnership",
        "initiative__partnership",
    )
    return joined.get(pk=point_id)
