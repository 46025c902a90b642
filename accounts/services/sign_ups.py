"""An account of one's own, by showing that an address is one's own. It gives no role anywhere."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.mail import signing_up as mail
from accounts.models import User
from accounts.queries.sign_ups import SALT
from accounts.services.throttles import Limit

FROM_NETWORK = Limit("sign_up", 300, dt.timedelta(minutes=5))  # a whole class may do this in one lesson
TO_ADDRESS = Limit("sign_up_mail", 3, dt.timedelta(days=1))


@transaction.atomic
def ask(*, email: str, language: str) -> None:
    """Mail an address the link to make an account, or that it has one; the caller cannot tell which."""
    user = User.objects.filter(email=email).first()
    if user is None:
        mail.stranger_account_asked(email, signing.dumps(email, salt=SALT), language=language)
    else:
        mail.owner_account_known(user)


@transaction.atomic
def make(
    *, email: str, first_name: str, last_name: str, password: str, language: str, name_prefix: str = ""
) -> User:
    """Make the account of an address that was shown to be theirs; the form has checked the password.

    Raises ValidationError when there is one by now.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email,
                password,
                first_name=first_name,
                name_prefix=name_prefix,
                last_name=last_name,
                language=language,
            )
    except IntegrityError:
        raise ValidationError(_("You have made this account already. Sign in."), code="has_account") from None
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
