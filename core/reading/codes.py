"""Codes that are written in more than one way and kept in one: postcodes, crebo codes, core tasks and work processes."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from core.reading.answers import EMPTY, Answer, Read, Refused, plain, said

_ZEROS = re.compile(r"[.,]0+$")  # of a number with places, as a spreadsheet gives it
_POSTCODE = re.compile(r"^(?:NL[- ]?)?([1-9]\d{3})[ -]?((?!S[ADS])[A-Z]{2})?$")
_CREBO = re.compile(r"^0*([1-9]\d{4})$")
_GROUP = re.compile(r"(?<=\d)[., ](?=\d{3}$)")
_CODE = re.compile(r"^([BP]\d)-?(K\d)(?:-?(W\d{1,2}))?$")


def postcode(value: object) -> Answer[str]:
    """8224 AB, or 8224 where no letters were written."""
    text = plain(value)
    if not text:
        return EMPTY
    found = _POSTCODE.match(_ZEROS.sub("", text.upper()))
    if found is None:
        words = _("“%(text)s” is not a Dutch postcode. Write it as 8224 AB or 8224.")
        return Refused(said(words, text))
    return Read(" ".join(part for part in found.groups() if part))


def pc4(value: object) -> Answer[str]:
    """The four digits of a postcode."""
    answer = postcode(value)
    return Read(answer.value[:4]) if isinstance(answer, Read) else answer


def crebo(value: object) -> Answer[str]:
    """The five digits of a crebo code, also of 25.656, 25656.0 and 025656."""
    text = plain(value)
    if not text:
        return EMPTY
    found = _CREBO.match(_GROUP.sub("", _ZEROS.sub("", text)))
    if found is None:
        return Refused(said(_("“%(text)s” is not a crebo code: those have 5 digits."), text))
    return Read(found.group(1))


def core_task(value: object) -> Answer[str]:
    """B1-K1, also of B1K1 and b1 – k1."""
    text, parts = _parts(value)
    if not text:
        return EMPTY
    if not parts or parts[2]:
        return Refused(said(_("“%(text)s” is not the code of a core task: those look like B1-K1."), text))
    return Read("-".join(parts[:2]))


def work_process(value: object) -> Answer[str]:
    """B1-K1-W3, also of B1K1W3 and b1 – k1 – w3."""
    text, parts = _parts(value)
    if not text:
        return EMPTY
    if not parts or not parts[2]:
        return Refused(
            said(_("“%(text)s” is not the code of a work process: those look like B1-K1-W3."), text)
        )
    return Read("-".join(parts))


def _parts(value: object) -> tuple[str, list[str]]:
    text = plain(value)
    found = _CODE.match(re.sub(r"[\s._]+", "", text.upper()))
    return text, [part or "" for part in found.groups()] if found else []
