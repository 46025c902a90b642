"""The first administrator of an installation, made from the command line: nobody is there yet who could invite one."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.people import Name

IS_THERE = _("There is an administrator already.")
HAS_ACCOUNT = _("This address has an account.")


@transaction.atomic
def make(*, email: str, name: Name, password: str | None = None, is_another: bool = False) -> User:
    """An account that may administer; without password it is entered by a link to the address.

    Raises ValidationError when there is one and another is not meant, or when the address has an account.
    """
    if not is_another and User.objects.filter(is_staff=True, is_active=True).exists():
        raise ValidationError(IS_THERE, code="is_there")
    if User.objects.filter(email=email).exists():
        raise ValidationError(HAS_ACCOUNT, code="has_account")
    user = User.objects.create_superuser(
        email,
        password,
        first_name=name.first_name,
        name_prefix=name.name_prefix,
        last_name=name.last_name,
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user
