"""Asking a school for a cohort, and what the school answers."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from core import states, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.versions import NO_PAGE
from partnerships.actors import Actor
from partnerships.models import Membership, Partnership
from programmes.mail import cohort_requests as mail
from programmes.models import Cohort, CohortRequest
from programmes.rules import cohort_requests as rules
from programmes.services import cohorts

ELSEWHERE = _("Choose a programme of this partnership.")
IN_THE_PAST = _("Choose a day that is still to come.")


def _under_lock(request_id: int) -> CohortRequest:
    rows = CohortRequest.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("programme__school", "programme__partnership", "asked_by__user").get(
        pk=request_id
    )


@transaction.atomic
def ask(*, request: CohortRequest, partnership: Partnership, by: Actor) -> CohortRequest:
    """Ask the school of a programme of the partnership; its teachers and managers hear it."""
    ensure(rules.can_ask(by, partnership))
    if request.programme.partnership_id != partnership.pk:
        raise ValidationError({"programme": ELSEWHERE})
    if request.starts_on <= today():
        raise ValidationError({"starts_on": IN_THE_PAST})
    request.asked_by_id = by.person_id
    with explained(request):
        request.save()
    act = states.record(request, "ask", after=str(request.state), by_id=by.person_id)
    mail.school_cohort_asked(request, act)
    return request


@transaction.atomic
def confirm(
    *,
    request_id: int,
    cohort: Cohort,
    teachers: Collection[Membership],
    lead: Membership | None,
    by: Actor,
    read: str | None,
) -> Cohort:
    """Make the cohort that was asked for, with the days and the number that the school chooses; who asked hears it."""
    request = _under_lock(request_id)
    if states.is_repeat(request, "confirm", by=by.person_id) and request.cohort is not None:
        return request.cohort
    ensure(rules.can_confirm(by, request))
    versions.ensure(read, request)
    cohort.programme = request.programme
    kept = cohorts.save(cohort=cohort, teachers=teachers, lead=lead, by=by, version=NO_PAGE)
    act = states.advance(request, "confirm", by=by.person_id, cohort=kept)
    mail.coordinator_cohort_confirmed(request, act)
    return kept


@transaction.atomic
def decline(*, request_id: int, reason: str, by: Actor, read: str | None) -> CohortRequest:
    """Say no, with the reason, which who asked reads."""
    request = _under_lock(request_id)
    if states.is_repeat(request, "decline", by=by.person_id):
        return request
    ensure(rules.can_decline(by, request))
    versions.ensure(read, request)
    act = states.advance(request, "decline", by=by.person_id, reason=reason, decline_reason=reason.strip())
    mail.coordinator_cohort_declined(request, act)
    return request


@transaction.atomic
def withdraw(*, request_id: int, by: Actor, read: str | None) -> CohortRequest:
    """Ask no longer; who was asked hears it."""
    request = _under_lock(request_id)
    if states.is_repeat(request, "withdraw", by=by.person_id):
        return request
    ensure(rules.can_withdraw(by, request))
    versions.ensure(read, request)
    act = states.advance(request, "withdraw", by=by.person_id)
    mail.school_cohort_withdrawn(request, act)
    return request


@transaction.atomic
def take_back(*, request_id: int, act_id: int, by: Actor) -> CohortRequest:
    """Take back a no; who read it hears this."""
    request = _under_lock(request_id)
    act = states.act_read(request, act_id, by=by.person_id)
    if act is None:
        return request
    ensure(rules.can_take_back(by, request))
    back = states.take_back(request, act, by=by.person_id, decline_reason="")
    letters.taken_back(back.mailed, by=str(back.change.by))
    return request
