"""Names, email addresses and phone numbers, as lists and signatures have them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from django.utils.translation import gettext_lazy as _

from core import emails
from core.reading.answers import EMPTY, Answer, Kind, Read, Refused, one_of, plain, said, tidy
from core.text import LONGEST_NAME, LONGEST_PREFIX, full_name, split_prefix

HOME, HOME_CODE, HOME_DIGITS = "NL", 31, 9
LONGEST_PHONE = 30
NO_NAME = frozenset(
    {"", "-", "--", ".", "..", "...", "?", "x", "xx", "xxx", "n.v.t.", "nvt", "n/a", "onbekend", "geen"}
)
_BETWEEN_PHONES = re.compile(r"\s*[/;,]\s*|\s+(?:of|or|en|and)\s+")


@dataclass(frozen=True, slots=True)
class NameRead:
    """A name in its parts; someone with one name has it as the first."""

    first_name: str
    name_prefix: str = ""
    last_name: str = ""

    @property
    def whole(self) -> str:
        """As it is read."""
        return full_name(first_name=self.first_name, last_name=self.last_name, prefix=self.name_prefix)


def is_nothing(value: object) -> bool:
    """Whether what was written says that there is nothing: a dash, a point, "n.v.t."."""
    return tidy(value).lower() in NO_NAME


def name(first_name: object = "", last_name: object = "", name_prefix: object = "") -> Answer[NameRead]:
    """Someone's name from its parts: one of the two is enough, and a prefix in the family name is taken out of it."""
    first, last, prefix = (
        "" if is_nothing(part) else tidy(part) for part in (first_name, last_name, name_prefix)
    )
    if not prefix:
        prefix, last = split_prefix(last)
    if not first and not last:
        written = [tidy(part) for part in (first_name, name_prefix, last_name) if tidy(part)]
        return Refused(said(_("“%(text)s” is not a name."), " ".join(written))) if written else EMPTY
    if not any(letter.isalpha() for letter in first + last):
        return Refused(said(_("“%(text)s” is not a name."), f"{first} {last}".strip()))
    read = NameRead(first, prefix, last) if first else NameRead(" ".join((prefix, last)).strip())
    if (
        max(len(read.first_name), len(read.last_name)) > LONGEST_NAME
        or len(read.name_prefix) > LONGEST_PREFIX
    ):
        words = _("“%(text)s” is too long: a first name and a last name have at most %(most)d letters each.")
        return Refused(said(words, read.whole, most=LONGEST_NAME))
    return Read(read)


def whole_name(value: object) -> Answer[NameRead]:
    """Someone's name from one cell: "Anna van der Berg" or "Berg, Anna van der"."""
    text = tidy(value)
    last, comma, rest = (part.strip() for part in text.partition(","))
    if comma and last and rest:
        words = rest.split()
        at = next(
            (at for at in range(1, len(words)) if split_prefix(f"{' '.join(words[at:])} x")[1] == "x"), None
        )
        return name(" ".join(words[:at]), last, " ".join(words[at:] if at else []))
    first, _space, behind = text.partition(" ")
    return name(first, behind)


def email(value: object) -> Answer[str]:
    """An address in its one form, out of "mailto:" or "Name <address>"; two of them are a question."""
    return EMPTY if is_nothing(value) else emails.read(value)


def phone(value: object) -> Answer[str]:
    """A phone number as it is read here: 06 12345678, 0320 123 456; of another country +32 2 123 45 67."""
    text = plain(value)
    if is_nothing(text):
        return EMPTY
    found = list(dict.fromkeys(map(_phone, _BETWEEN_PHONES.split(text))))
    if "" in found:
        words = _("“%(text)s” is not a phone number. Write it like 06 12345678 or 0320 123 456.")
        return Refused(said(words, text))
    if len(found) == 1:
        return Read(found[0])
    words = _("“%(text)s” holds more than one phone number: %(first)s or %(last)s?")
    return one_of(Kind.SEVERAL, found, text, words, str)


def _phone(text: str) -> str:
    """The number in its one form; nothing when it is none."""
    try:
        found = phonenumbers.parse(text.lower().removeprefix("tel:"), HOME)
    except phonenumbers.NumberParseException:
        return ""
    is_home = found.country_code == HOME_CODE
    digits = phonenumbers.national_significant_number(found)
    # Whole numbers only; whether one is handed out already is for the phone company to know.
    if not phonenumbers.is_valid_number(found) and (
        len(digits) != HOME_DIGITS if is_home else not phonenumbers.is_possible_number(found)
    ):
        return ""
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL if is_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return str(phonenumbers.format_number(found, form))
