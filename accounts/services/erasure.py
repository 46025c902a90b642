"""Asking to be erased, and the decision on it; the keeper of the database carries it out (`accounts.services.retention`)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.enums import SecurityKind
from accounts.mail import erasure as mail
from accounts.models import ErasureRequest, Person, SupportAct
from accounts.queries import privacy
from accounts.services import security
from core import states, versions
from core.access import ensure
from core.dates import today

ASKED_ALREADY = _("You have asked this already.")


@transaction.atomic
def ask(*, person_id: int) -> ErasureRequest:
    """Ask to be erased: administrators are told, and decide. Raises ValidationError when one waits already."""
    person = _locked(person_id)
    if ErasureRequest.objects.open().filter(person=person).exists():
        raise ValidationError(str(ASKED_ALREADY))
    request = ErasureRequest.objects.create(person=person)
    states.record(request, "ask", after=request.state, by_id=person.pk, subject=person.public_id)
    security.note(kind=SecurityKind.ERASURE_ASKED, person_id=person.pk)
    for administrator in privacy.administrators():
        mail.administrator_erasure_asked(request, person=administrator)
    return request


@transaction.atomic
def withdraw(*, person_id: int, read: str | None) -> None:
    """Take the request back, as long as it was not carried out. Raises ValidationError when there is none."""
    person = _locked(person_id)
    request = ErasureRequest.objects.open().filter(person=person).first()
    if request is None:
        raise ValidationError(str(ErasureRequest.REFUSALS["withdraw"]))
    versions.claim(read, request)
    states.advance(request, "withdraw", by=person.pk, subject=person.public_id)


@transaction.atomic
def decide(*, request_id: int, by: int, granted: bool, reason: str, read: str | None) -> ErasureRequest:
    """Grant a request or refuse it, with a reason that the person reads in a mail at once.

    `by` is the person id of an administrator who has opened the account of who asked. It cannot be granted while a role,
    an enrolment or an agreement goes on: raises ValidationError, with what that is.
    """
    request = ErasureRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=request_id)
    act = SupportAct.objects.running().filter(administrator=by, subject=request.person_id).first()
    administrator = Person.objects.select_related("user").get(pk=by)
    ensure(rules.can_decide_erasure(administrator, request, act))
    versions.claim(read, request)
    if granted:
        ensure(rules.can_be_erased(privacy.what_runs(request.person, today())))
    request.reason = reason.strip()
    request.save(update_fields=["reason"])
    states.advance(
        request,
        "grant" if granted else "refuse",
        by=by,
        subject=request.person.public_id,
        reason=request.reason,
        decided_by=administrator,
        decided_at=timezone.now(),
        support=act,
    )
    security.note(kind=SecurityKind.ERASURE_DECIDED, person_id=request.person_id, support=act)
    mail.person_erasure_decided(request)
    return request


def _locked(person_id: int) -> Person:
    return Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person_id)
