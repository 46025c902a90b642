"""Signing up for a call without an account: ask, confirm by mail, and forget in time."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from core.dates import today
from core.tokens import digest_of, new_token
from partnerships.enums import COORDINATING
from partnerships.mail import calls as mail
from partnerships.models import Call, Member, Membership, SignUp
from partnerships.rules import calls as rules

CONFIRM_WITHIN = dt.timedelta(days=14)
KEEP_CONTACT = dt.timedelta(days=365)


@transaction.atomic
def sign_up(
    *,
    call_id: int,
    organisation_name: str,
    contact_name: str,
    email: str,
    places: int,
    neighbourhood: str,
    language: str,
    setting: str = "",
    condition: str = "",
    remark: str = "",
) -> None:
    """Note an employer's answer to a call and mail a link to confirm it.

    An address that has confirmed before gets a mail that says so; one that has not gets a new link for the new
    answers, and the older link stops working. The caller cannot tell which, so nobody learns who signed up.
    """
    # The lock makes a second sign-up of one address wait for the first.
    call = Call.objects.select_for_update(of=("self",), no_key=True).get(pk=call_id)
    verdict = rules.can_sign_up(call)
    if not verdict:
        raise ValidationError(str(verdict.reason))
    address = email.strip().lower()
    known = (
        SignUp.objects.filter(call=call, email=address, confirmed_at__isnull=False)
        .select_related("call")
        .first()
    )
    if known is not None:
        mail.employer_sign_up_known(known, language=language)
        return
    token = new_token()
    answer, _created = SignUp.objects.update_or_create(
        call=call,
        email=address,
        defaults={
            "organisation_name": organisation_name,
            "contact_name": contact_name,
            "places": places,
            "neighbourhood": neighbourhood,
            "setting": setting,
            "condition": condition,
            "remark": remark,
            "confirm_digest": digest_of(token),
        },
    )
    SignUp.objects.filter(pk=answer.pk).update(created_at=timezone.now())
    mail.employer_sign_up_confirm(answer, token=token, language=language)


def find(token: str) -> SignUp | None:
    """The sign-up a link belongs to, while the link is valid or after it was used."""
    answer = (
        SignUp.objects.filter(confirm_digest=digest_of(token)).select_related("call__partnership").first()
    )
    if answer is None or not answer.call.is_published:
        return None
    return answer if answer.confirmed_at or answer.created_at > timezone.now() - CONFIRM_WITHIN else None


@transaction.atomic
def confirm(*, sign_up_id: int) -> bool:
    """Make a sign-up count and tell the coordinators, once: false for whoever comes second."""
    waiting = SignUp.objects.filter(
        pk=sign_up_id, confirmed_at__isnull=True, created_at__gt=timezone.now() - CONFIRM_WITHIN
    )
    if not waiting.update(confirmed_at=timezone.now()):
        return False
    answer = SignUp.objects.select_related("call__partnership").get(pk=sign_up_id)
    for user in _coordinators(answer.call):
        mail.coordinator_sign_up_confirmed(answer, user=user)
    return True


def _coordinators(call: Call) -> list[User]:
    """Coordinators at the organisations that lead or coordinate the partnership of the call."""
    leading = Member.objects.running().filter(partnership=call.partnership_id, role__in=COORDINATING)
    memberships = Membership.objects.running().filter(
        role=Role.COORDINATOR, organisation__in=leading.values("organisation")
    )
    return list(User.objects.filter(is_active=True, pk__in=memberships.values("user")).order_by("pk"))


def forget() -> int:
    """Delete what was never confirmed, and wipe contact details 12 months after the call; safe to run twice.

    What is promised under the form. The number of places stays, so that old calls keep their figures.
    """
    deleted, _by_model = SignUp.objects.filter(
        confirmed_at__isnull=True, created_at__lte=timezone.now() - CONFIRM_WITHIN
    ).delete()
    wiped = (
        SignUp.objects.filter(call__deadline__lt=today() - KEEP_CONTACT)
        .exclude(contact_name="", email="", remark="")
        .update(contact_name="", email="", remark="")
    )
    return deleted + wiped
