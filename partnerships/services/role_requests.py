"""Someone asks an organisation for a role; a manager answers, or nobody does."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.mail import letters
from accounts.models import Person
from core import outbox, states, versions
from core.access import ensure
from core.dates import today
from partnerships.actors import Actor
from partnerships.mail import role_requests as mail
from partnerships.models import Organisation, RoleRequest
from partnerships.queries.people import has_manager, people_of
from partnerships.rules import role_requests as rules
from partnerships.rules.memberships import roles_of
from partnerships.rules.organisations import takes_on
from partnerships.services import memberships

MOST_OPEN = 3  # of one person: each is a mail to every manager
# Those taken back count for as long, or asking and taking back would mail without end.
REST = dt.timedelta(days=1)
ASKED = "ask"


@transaction.atomic
def ask(*, organisation_id: int, by: Actor) -> RoleRequest:
    """Ask for a role and tell the managers; a request that waits already is given back as it is.

    Raises ValidationError for who belongs there, has too many requests waiting, or where nobody can answer.
    """
    # Two presses, one request.
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.person_id)
    organisation = Organisation.objects.get(pk=organisation_id)
    own = RoleRequest.objects.own(by)
    known = own.open().filter(organisation=organisation).select_related("organisation").first()
    if known is not None:
        return known
    ensure(takes_on(organisation))
    if by.has_role(organisation.pk):
        raise ValidationError(_("You have a role there already. Ask a manager there for another one."))
    if not has_manager(organisation.pk):
        raise ValidationError(_("Nobody can answer for this organisation yet."))
    if own.open().count() >= MOST_OPEN:
        raise ValidationError(
            _("Three of your requests wait for an answer. Wait until one has been answered.")
        )
    if own.withdrawn_since(timezone.now() - REST).count() >= MOST_OPEN:
        raise ValidationError(_("You took back three requests in the last 24 hours. Ask again later."))
    request = RoleRequest.objects.create(person_id=by.person_id, organisation=organisation)
    act = states.record(request, ASKED, after=request.state, by_id=by.person_id)
    for manager in people_of(organisation.pk, [Role.MANAGER]):
        mail.manager_role_request_made(request, manager, act)
    return request


@transaction.atomic
def give(*, request_id: int, role: Role | str, by: Actor, read: str | None) -> RoleRequest:
    """Give a role that the organisation has; the asker hears it. Done again by the same manager it changes nothing."""
    request = _locked(request_id)
    if states.is_repeat(request, "give", by=by.person_id):
        return request
    ensure(rules.can_answer(by, request) and takes_on(request.organisation))
    versions.ensure(read, request)
    if role not in roles_of(request.organisation):
        raise ValidationError(_("This organisation has no such role."))
    states.advance(request, "give", by=by.person_id, role=role)
    memberships.give(organisation=request.organisation, person=request.person, role=role)
    mail.asker_role_request_given(request)
    return request


@transaction.atomic
def decline(*, request_id: int, reason: str, by: Actor, read: str | None) -> RoleRequest:
    """Say no, with the reason that the asker reads. Done again by the same manager it changes nothing."""
    request = _locked(request_id)
    if states.is_repeat(request, "decline", by=by.person_id):
        return request
    ensure(rules.can_answer(by, request))
    versions.ensure(read, request)
    states.advance(request, "decline", by=by.person_id, reason=reason)
    mail.asker_role_request_declined(request, reason)
    return request


@transaction.atomic
def withdraw(*, request_id: int, by: Actor, read: str | None) -> RoleRequest:
    """Take one's own request back before there is an answer. Done again it changes nothing.

    Managers who were mailed about it hear; a mail that still waits is not sent.
    """
    request = _locked(request_id)
    if states.is_repeat(request, "withdraw", by=by.person_id):
        return request
    ensure(rules.can_withdraw(by, request))
    versions.ensure(read, request)
    states.advance(request, "withdraw", by=by.person_id)
    managers = people_of(request.organisation_id, [Role.MANAGER])
    for asked in states.history(request).filter(action=ASKED):
        letters.taken_back(outbox.cancel_about(asked), by=request.person.full_name, among=managers)
    return request


def expire() -> int:
    """Close the requests whose last day is over, each in a transaction of its own, and tell both sides."""
    expired = 0
    over = RoleRequest.objects.open().filter(expires_on__lt=today()).order_by("pk")
    for request_id in over.values_list("pk", flat=True):
        with transaction.atomic():
            expired += _expire(request_id)
    return expired


def _expire(request_id: int) -> bool:
    request = _locked(request_id)
    if not states.allowed(request, "expire"):
        return False  # answered a moment ago
    states.advance(request, "expire", by=None)
    mail.asker_role_request_expired(request)
    for manager in people_of(request.organisation_id, [Role.MANAGER]):
        mail.manager_role_request_expired(request, manager)
    return True


def _locked(request_id: int) -> RoleRequest:
    return (
        RoleRequest.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "person__user")
        .get(pk=request_id)
    )
