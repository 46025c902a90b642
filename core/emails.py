"""One form of every email address, so that two spellings of one mailbox are one address wherever they are compared.

Trimmed and in lower case, the domain as it travels (IDNA, ASCII). A browser sends that form of a domain whatever was
typed, so an account under another spelling could never be entered. People read the domain in its own letters: `shown`.
"""

from __future__ import annotations

import re
from typing import Any

import idna
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.reading.answers import EMPTY, Answer, Kind, Read, Refused, Unsure, one_of, said, tidy

LONGEST = 254
# For PostgreSQL and Python alike; before the @ no quotes and no spaces. The ranges say, from the percent sign on, what
# would have to be escaped in SQL.
PATTERN = "^[!#-'*+./0-9=?^-~-]+@[a-z0-9-]+([.][a-z0-9-]+)+$"
PLAIN_LETTERS = _("Use plain letters only before the @.")
NO_ADDRESS = _("“%(text)s” is not an email address. Write it like name@example.nl.")
_FORM = re.compile(PATTERN)
_MAILTO = re.compile(r"^mailto:\s*", re.IGNORECASE)
_AT = re.compile(r"\s*@\s*")
_NAMED = re.compile(r"^[^<>]*<([^<>]+)>[\s;,.]*$")
_SEPARATORS = re.compile(r"[\s,;|/]+")
INVALID = _("Fill in an email address, for example name@example.nl.")


def one_form(text: str) -> str:
    """The address as it is stored and compared; text that is no address comes back trimmed and in lower case."""
    name, at, domain = text.strip().lower().rpartition("@")
    return f"{name}{at}{_ascii(domain)}" if at else domain


def read(value: object) -> Answer[str]:
    """An address out of what was written or copied: "mailto:…", "Name <…>", with spaces or a stop that do not belong to it.

    Two different ones are a question, whose candidates are in their one form.
    """
    text = tidy(value)
    if not text:
        return EMPTY
    bare = _MAILTO.sub("", text).partition("?")[0]
    if found := _NAMED.match(bare):
        bare = found.group(1)
    bare = _AT.sub("@", bare).strip(" <>,;.")
    if bare.count("@") > 1:
        return _several(bare, text)
    address = one_form(bare)
    try:
        check(address)
    except ValidationError as error:
        return Refused(PLAIN_LETTERS if error.code == "plain_letters" else said(NO_ADDRESS, text))
    return Read(address)


def _several(bare: str, text: str) -> Answer[str]:
    """More than one address, in whichever form each is."""
    found = []
    for part in _SEPARATORS.split(bare):
        if "@" in part:
            answer = read(part) if part.count("@") == 1 else EMPTY
            if not isinstance(answer, Read):
                return Refused(said(NO_ADDRESS, text))
            found.append(answer.value)
    different = list(dict.fromkeys(found))
    if len(different) == 1:
        return Read(different[0])
    words = _("“%(text)s” holds more than one address: %(first)s or %(last)s?")
    return one_of(Kind.SEVERAL, different, text, words, shown)


def shown(address: str) -> str:
    """The address as people read it, its domain in its own letters."""
    name, at, domain = address.rpartition("@")
    try:
        return f"{name}{at}{idna.decode(domain)}" if "xn--" in domain else address
    except idna.IDNAError:
        return address


def check(address: str) -> None:
    """Refuse, in words, what no mailbox of our users can be. For an address in its one form."""
    name, _at, _domain = address.rpartition("@")
    if name and not name.isascii():
        raise ValidationError(PLAIN_LETTERS, code="plain_letters")
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(INVALID, code="invalid") from None
    if not _FORM.match(address):
        raise ValidationError(INVALID, code="invalid")


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return domain  # refused by `check`


class EmailFormField(forms.EmailField):
    """An address as people type or paste it becomes the one form; a kept one is shown in its own letters.

    Browsers offer the own address of who fills it in only where the form asks for that, by `autocomplete`.
    """

    default_validators = [check]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        own = widget.attrs.get("autocomplete", "off")
        return {**super().widget_attrs(widget), "autocomplete": own}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        answer = read(text)
        if isinstance(answer, Unsure):
            raise ValidationError(str(answer.reason), code="several")
        return answer.value if isinstance(answer, Read) else one_form(text)

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, str) else value


class EmailField(models.EmailField):  # type: ignore[type-arg]  # not generic when it runs
    """A column with addresses in their one form: rows are written so, questions are asked so, the database checks it."""

    default_validators = [check]

    def to_python(self, value: Any) -> Any:
        return one_form(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def db_check(self, connection: Any) -> str:
        column, pattern = connection.ops.quote_name(self.column), PATTERN.replace("'", "''")
        return f"{column} = '' OR {column} ~ '{pattern}'"

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": EmailFormField, **kwargs})
