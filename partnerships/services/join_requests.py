"""An organisation and a partnership ask each other, answer, and take that back for a while."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from core import states, versions
from core.access import ensure
from core.dates import today
from partnerships.actors import Actor
from partnerships.enums import JoinRequestKind, JoinRequestState, MemberRole
from partnerships.mail import join_requests as mail
from partnerships.models import JoinRequest, Member, Organisation, Partnership
from partnerships.models.join_requests import WAITS_ALREADY, last_day
from partnerships.models.partnerships import IS_A_MEMBER
from partnerships.queries.join_requests import is_newest
from partnerships.queries.organisations import is_member
from partnerships.rules import join_requests as rules
from partnerships.rules.organisations import takes_on
from partnerships.services import members
from partnerships.services.locks import partnership_under_lock

INVITED_ALREADY = _("This partnership has invited you already. Answer that invitation.")
ASKED_ALREADY = _("This organisation has asked to take part already. Answer that request.")


@transaction.atomic
def invite(
    *, partnership_id: int, organisation: Organisation, role: MemberRole | str, by: Actor
) -> JoinRequest:
    """Ask an organisation to join, and tell its managers. One that waits for the same role is given back as it is.

    Raises ValidationError when it takes part already, or the two have asked each other something else.
    """
    partnership = partnership_under_lock(partnership_id)
    begins = not Member.objects.filter(partnership=partnership).exists()
    ensure(rules.can_invite(by, partnership, begins=begins))
    if is_member(organisation, partnership):
        raise ValidationError(IS_A_MEMBER)
    return _invite(partnership, organisation, role, by, takes_part=False)


@transaction.atomic
def offer_role(*, member_id: int, role: MemberRole | str, by: Actor, version: str | None) -> JoinRequest:
    """Ask a member to take another role; until its yes it keeps the one it has. `version` is what was read of it.

    Raises ValidationError when the two have asked each other something else.
    """
    member = Member.objects.running().select_related("organisation").get(pk=member_id)
    partnership = partnership_under_lock(member.partnership_id)
    ensure(rules.can_invite(by, partnership))
    versions.claim(version, member)
    return _invite(partnership, member.organisation, role, by, takes_part=True)


def _invite(
    partnership: Partnership, organisation: Organisation, role: str, by: Actor, *, takes_part: bool
) -> JoinRequest:
    ensure(takes_on(organisation))
    waiting = _open(partnership, organisation)
    if waiting is not None:
        if waiting.was_invited and waiting.role == role:
            return waiting
        raise ValidationError(WAITS_ALREADY if waiting.was_invited else ASKED_ALREADY)
    request = JoinRequest.objects.create(
        partnership=partnership,
        organisation=organisation,
        kind=JoinRequestKind.INVITED,
        role=role,
        partnership_yes_by_id=by.person_id,
        partnership_yes_at=timezone.now(),
    )
    mail.manager_join_request_made(request, takes_part=takes_part)
    return request


@transaction.atomic
def ask(*, partnership_id: int, organisation_id: int, by: Actor) -> JoinRequest:
    """Ask to take part, and tell the coordinators. A request that waits is given back as it is.

    Raises ValidationError when the organisation takes part or was invited already.
    """
    partnership = partnership_under_lock(partnership_id)
    organisation = Organisation.objects.get(pk=organisation_id)
    ensure(rules.can_ask(by, organisation.pk, partnership))
    ensure(takes_on(organisation))
    if is_member(organisation, partnership):
        raise ValidationError(_("Your organisation takes part in this partnership already."))
    waiting = _open(partnership, organisation)
    if waiting is not None:
        if waiting.was_invited:
            raise ValidationError(INVITED_ALREADY)
        return waiting
    request = JoinRequest.objects.create(
        partnership=partnership,
        organisation=organisation,
        kind=JoinRequestKind.ASKED,
        organisation_yes_by_id=by.person_id,
        organisation_yes_at=timezone.now(),
    )
    mail.coordinator_join_request_made(request)
    return request


@transaction.atomic
def accept(*, request_id: int, by: Actor, read: str | None) -> JoinRequest:
    """Say the second yes: the organisation takes part from today on. Done again by the same person it changes nothing.

    Raises ValidationError when it was answered, or when nobody would coordinate any more.
    """
    request = _locked(request_id)
    if states.is_repeat(request, "accept", by=by.person_id):
        return request
    ensure(rules.can_answer(by, request))
    ensure(takes_on(request.organisation))
    versions.ensure(read, request)
    yes: dict[str, Any] = {
        f"{request.answer_field}_by_id": by.person_id,
        f"{request.answer_field}_at": timezone.now(),
    }
    act = states.advance(request, "accept", by=by.person_id, **yes)
    members.begin(request=request)
    mail.party_join_request_accepted(request, act)
    return request


@transaction.atomic
def decline(*, request_id: int, reason: str, by: Actor, read: str | None) -> JoinRequest:
    """Say no, with the reason that the other side reads. Done again by the same person it changes nothing."""
    request = _locked(request_id)
    if states.is_repeat(request, "decline", by=by.person_id):
        return request
    ensure(rules.can_answer(by, request))
    versions.ensure(read, request)
    act = states.advance(request, "decline", by=by.person_id, reason=reason)
    mail.party_join_request_declined(request, act)
    return request


@transaction.atomic
def withdraw(*, request_id: int, by: Actor, read: str | None) -> JoinRequest:
    """Take the question back before there is an answer. Done again by the same person it changes nothing."""
    request = _locked(request_id)
    if states.is_repeat(request, "withdraw", by=by.person_id):
        return request
    ensure(rules.can_withdraw(by, request))
    versions.ensure(read, request)
    act = states.advance(request, "withdraw", by=by.person_id)
    mail.party_join_request_withdrawn(request, act)
    return request


@transaction.atomic
def take_back(*, request_id: int, by: Actor, act_id: int | None) -> JoinRequest:
    """Undo the answer or withdrawal that was on the page (`act_id`): the question waits again.

    Whoever was mailed about it hears. Raises ValidationError when something else has happened since, after two weeks,
    or when nobody would coordinate any more.
    """
    request = _locked(request_id)
    act = states.last_act(request)
    if act is None or act.pk != act_id:
        raise ValidationError(_("Something else has happened since, so this cannot be undone."))
    ensure(rules.can_take_back(by, request, act, newer=not is_newest(request)))
    values: dict[str, Any] = {"expires_on": max(request.expires_on, last_day())}
    was_accepted = request.state == JoinRequestState.ACCEPTED
    if was_accepted:
        values |= {f"{request.answer_field}_by_id": None, f"{request.answer_field}_at": None}
    back = states.take_back(request, act, by=by.person_id, **values)
    if was_accepted:
        members.undo(request=request, by=by, act=back.change)
    letters.taken_back(back.mailed, by=str(back.change.by))
    return request


def expire() -> int:
    """Close the requests whose last day is over, each in a transaction of its own, and tell both sides."""
    expired = 0
    over = JoinRequest.objects.open().filter(expires_on__lt=today()).order_by("pk")
    for request_id in over.values_list("pk", flat=True):
        with transaction.atomic():
            expired += _expire(request_id)
    return expired


def _expire(request_id: int) -> bool:
    request = _locked(request_id)
    if not states.allowed(request, "expire"):
        return False  # answered a moment ago
    states.advance(request, "expire", by=None)
    mail.party_join_request_expired(request)
    return True


def _open(partnership: Partnership, organisation: Organisation) -> JoinRequest | None:
    """What waits between the two."""
    waiting = JoinRequest.objects.open().between(partnership.pk, organisation.pk)
    return waiting.select_related("partnership", "organisation").first()


def _locked(request_id: int) -> JoinRequest:
    """The request under its lock, after that of its partnership."""
    partnership_under_lock(JoinRequest.objects.only("partnership_id").get(pk=request_id).partnership_id)
    return (
        JoinRequest.objects.select_for_update(of=("self",), no_key=True)
        .select_related("partnership", "organisation")
        .get(pk=request_id)
    )
