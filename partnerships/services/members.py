"""Organisations take part in a partnership, on an accepted request of one to the other, and leave it."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core import changes, endings, periods, states, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.enums import COORDINATING, MemberRole
from partnerships.mail import join_requests as mail
from partnerships.mail import members as member_mail
from partnerships.models import JoinRequest, Member
from partnerships.queries.able import Gone, ensure_enough_stay
from partnerships.rules.days import can_have_begun
from partnerships.rules.join_requests import asks_again
from partnerships.rules.partnerships import can_coordinate, goes_on
from partnerships.services.locks import member_under_lock, partnership_under_lock
from partnerships.signals import member_ended

TOOK_PART_BEFORE = _(
    "The organisation already took part then, in another role or earlier on. Choose a later day."
)


@transaction.atomic
def begin(*, request: JoinRequest) -> Member:
    """Let an organisation take part from today on, as both sides said; another role it had ends.

    Raises ValidationError when nobody would coordinate any more.
    """
    partnership_under_lock(request.partnership_id)
    former = _running(request)
    if former is not None:
        if request.role not in COORDINATING:
            _ensure_coordinated(former)
        periods.end(former)
    return Member.objects.create(
        partnership_id=request.partnership_id,
        organisation_id=request.organisation_id,
        role=request.role,
        join_request=request,
        replaces=former,
        starts_on=today(),
    )


@transaction.atomic
def undo(*, request: JoinRequest, by: Actor, act: StateChange) -> None:
    """End what an accepted request began, by `act`; the role that it took the place of is there again.

    Without such a role the organisation takes part no more, and what it offers there closes.

    Raises ValidationError when nobody would coordinate any more.
    """
    partnership_under_lock(request.partnership_id)
    member = _running(request)
    if member is None:
        return
    former = member.replaces
    if former is None or former.role not in COORDINATING:
        _ensure_coordinated(member)
    periods.end(member)
    if former is None:
        member_ended.send(sender=Member, member=member, by=by, act=act)
    else:
        Member.objects.create(
            partnership_id=former.partnership_id,
            organisation_id=former.organisation_id,
            role=former.role,
            join_request_id=former.join_request_id,
            starts_on=today(),
        )


@transaction.atomic
def change_role(*, member_id: int, role: MemberRole | str, by: Actor, version: str | None) -> Member:
    """Give a member another role, when that needs no new yes; the managers of the organisation hear."""
    member = member_under_lock(member_id)
    ensure(can_coordinate(by, member.partnership) and goes_on(member.partnership))
    versions.claim(version, member)
    if asks_again(member, role):
        raise ValidationError(_("Ask the organisation first: this role decides who coordinates."))
    before = MemberRole(member.role).label
    member.role = role
    if changes.save(member, by=by.person_id, update_fields=["role"]):
        member_mail.manager_member_role_changed(member, before=before, by=by)
    return member


@transaction.atomic
def correct_start(*, member_id: int, starts_on: dt.date | None, by: Actor, version: str | None) -> Member:
    """Say since when an organisation takes part, None where nobody knows; it takes part today, whatever the day.

    Raises ValidationError for a day on which it took part in another role.
    """
    member = member_under_lock(member_id)
    ensure(can_coordinate(by, member.partnership) and goes_on(member.partnership))
    versions.claim(version, member)
    ensure(can_have_begun(starts_on, member.starts_on))
    others = Member.objects.filter(partnership=member.partnership_id, organisation=member.organisation_id)
    until = others.exclude(pk=member.pk).aggregate(last=Max("ends_on"))["last"]
    if until is not None and (starts_on is None or starts_on < until):
        raise ValidationError(TOOK_PART_BEFORE)
    with explained(member):
        member.starts_on = starts_on
        changes.save(member, by=by.person_id, update_fields=["starts_on"])
    return member


@transaction.atomic
def end(*, member_id: int, by: Actor, read: str | None) -> Member:
    """Let an organisation leave, from this moment on: today was its last day. What it was asked meanwhile is withdrawn.

    Raises ValidationError when it had left before, or when nobody would coordinate any more.
    """
    member = member_under_lock(member_id)
    ensure(can_coordinate(by, member.partnership))
    if periods.is_over(member):
        raise ValidationError(_("This membership had already ended."))
    versions.ensure(read, member)
    _ensure_coordinated(member)
    act = endings.end(member, by=by.person_id)
    member_ended.send(sender=Member, member=member, by=by, act=act)
    member_mail.party_member_left(member, act, by=by)
    waiting = JoinRequest.objects.open().between(member.partnership_id, member.organisation_id)
    for request in waiting.for_list().select_for_update(of=("self",), no_key=True):
        asked = states.advance(request, "withdraw", by=by.person_id)
        mail.party_join_request_withdrawn(request, asked)
    return member


def _running(request: JoinRequest) -> Member | None:
    """The row with which the organisation of a request takes part today."""
    rows = Member.objects.running().filter(
        partnership=request.partnership_id, organisation=request.organisation_id
    )
    return rows.select_related("replaces").first()


def _ensure_coordinated(member: Member) -> None:
    """Raises ValidationError when nobody could coordinate any more without this member."""
    if member.role in COORDINATING:
        ensure_enough_stay(Gone(members=frozenset([member.pk])))
