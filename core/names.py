"""Names are names: no address of a page, no mailbox, no second line. They stand in mails to people who do not know us."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

# Of a person also no domain on its own, which mail programs make a link of; organisations may be called like that.
_LINK = re.compile(r"//|www\.|@|[<>]", re.IGNORECASE)
_DOMAIN = re.compile(
    r"[\w-]{3,}\.(?:nl|com|net|org|eu|be|info|io|app|site|online|xyz|ru|cn|shop|link)\b", re.I
)
# The same for PostgreSQL, without the domain: what a row may never hold, whoever writes it.
_STORED = r"//|www\.|@|[<>]|[[:cntrl:]]"

OF_PEOPLE = ("first_name", "name_prefix", "last_name", "contact_name")
OF_THINGS = ("name", "organisation_name")


def check_of_person(text: str) -> None:
    """Raises ValidationError for what is no name of a person."""
    if _DOMAIN.search(text):
        raise ValidationError(_NO_NAME, code="no_name")
    check(text)


def check(text: str) -> None:
    """Raises ValidationError for what is no name of anything."""
    if _LINK.search(text) or not all(letter.isprintable() for letter in text):
        raise ValidationError(_NO_NAME, code="no_name")


_NO_NAME = _("Write a name only: no link, no email address and no second line.")


def constraint(model: str, *columns: str) -> CheckConstraint:
    """Holds these columns to it in the database."""
    condition = Q()
    for column in columns:
        condition &= ~Q(**{f"{column}__iregex": _STORED})
    return CheckConstraint(
        name=f"{model}_name_is_a_name", condition=condition, violation_error_message=_NO_NAME
    )
