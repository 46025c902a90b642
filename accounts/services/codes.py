"""A code by mail, in place of the password that is asked once more before one signs."""

from __future__ import annotations

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.enums import SecurityKind
from accounts.mail import signing_in as mail
from accounts.models import User
from accounts.services import security, throttles
from accounts.services.throttles import Limit

VALID_FOR = dt.timedelta(minutes=10)
DIGITS = 8
ASKED = Limit("code_asked", 5, dt.timedelta(hours=1))  # each is a mail
WRONG = Limit("wrong_mailed_code", 5, dt.timedelta(minutes=10))

# What is kept of a code, in the session of the browser that asked for it.
Kept = dict[str, str]


@transaction.atomic
def ask(*, user: User) -> Kept:
    """Mail a code to the address of the account; gives what the session keeps of it, which tells nobody the code.

    Raises ValidationError when too many were asked for.
    """
    if not throttles.take(limit=ASKED, key=str(user.pk)):
        raise ValidationError(_("You asked for a code several times. Wait an hour, or use your password."))
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    until = (timezone.now() + VALID_FOR).isoformat()
    mail.user_signing_code_asked(user, code)
    return {"digest": _digest(user, code, until), "until": until}


@transaction.atomic
def is_right(*, user: User, kept: Kept, code: str, network: str) -> bool:
    """Whether this is the code that was mailed, and still valid; wrong ones are counted, and noted.

    Raises ValidationError when there were too many.
    """
    owner = str(user.pk)
    if not throttles.take(limit=WRONG, key=owner):
        raise ValidationError(_("Too many attempts. Wait ten minutes, or use your password."))
    typed = "".join(code.split())
    valid = dt.datetime.fromisoformat(kept["until"]) > timezone.now()
    if valid and constant_time_compare(_digest(user, typed, kept["until"]), kept["digest"]):
        throttles.clear(limit=WRONG, key=owner)
        return True
    security.note(kind=SecurityKind.WRONG_CODE, person_id=user.person.pk, what="mail", network=network)
    return False


def _digest(user: User, code: str, until: str) -> str:
    return salted_hmac("accounts.codes", f"{user.pk} {code} {until}", algorithm="sha256").hexdigest()
