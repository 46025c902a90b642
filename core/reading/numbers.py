"""Numbers and hours as people write them and as the pages print them: 1.993, 1.993,50 and 1993.5; 7:30, 7,5 and 7u30.

A point in a Dutch number groups its thousands and a comma divides; in an English one it is the other way round. `decimal`
is the mark that divides for who writes, "," or "."; None when that is not known, as in a file. Then, or where only the
other one's way makes sense, it is asked.
"""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.reading.answers import EMPTY, Answer, Kind, Read, Refused, Unsure, one_of, plain, said

DUTCH, ENGLISH = ",", "."
MINUTES = 60
LONGEST = 25  # digits and marks: more than that nobody counts
_MONEY = re.compile(r"^(?:€|eur)\s*|\s*(?:€|eur|euro)$")
_NOTHING_BEHIND = re.compile(r",(?:-{1,2}|=)$")
_SPACED = re.compile(r"^\d{1,3}(?:([ '])\d{3})(?:\1\d{3})*(?=[.,]|$)")
_GROUPED = re.compile(r"^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$")
_HOURS = re.compile(
    r"^(\d{1,4})\s*(?::|u(?:ur|ren)?|h(?:ours?|rs?)?|uur en)\s*(?:(\d{1,2})\s*m?(?:in(?:uten|utes)?)?\.?)?$"
)
_MINUTES = re.compile(r"^(\d{1,5})\s*m(?:in(?:uten|utes|uut)?)?\.?$")
_UNIT = re.compile(r"\s*(?:u|uur|uren|h|hrs?|hours?)\.?$")
_POINTED = re.compile(r"^(\d{1,2})\.([0-5]\d)$")


def number(value: object, *, places: int = 0, decimal: str | None = None) -> Answer[Decimal]:
    """The number that is meant, with at most so many places behind the mark; zeros at the end do not count."""
    if isinstance(value, float):
        value = repr(value)
        decimal = decimal or ENGLISH
    text = plain(value).lower()
    if not text:
        return EMPTY
    sign, body = _body(text)
    if body.endswith(",-"):  # 1.250,- is how a Dutch writer says that there is nothing behind it
        body, decimal = body.removesuffix(",-"), DUTCH
    ways = _ways(body)
    if not ways:
        return Refused(said(_("“%(text)s” is not a number."), text))
    fitting = {mark: sign * one for mark, one in ways.items() if _fits(one, places)}
    if not fitting:
        return Refused(said(_too_many(places), text, places=places))
    values = list(dict.fromkeys(fitting.values()))
    own = fitting.get(decimal or "")
    if own is None and len(values) == 1 and (decimal is None or len(ways) == 1 or not places):
        own = values[0]
    if own is not None:
        return Read(own)
    both = list(dict.fromkeys(sign * one for one in ways.values()))
    return one_of(Kind.GROUPING, both, text, _("“%(text)s” can be %(first)s or %(last)s."), _shown)


def whole(value: object, *, decimal: str | None = None) -> Answer[int]:
    """The same for a whole number: 1.993, 1993,00, 1 993."""
    answer = number(value, decimal=decimal)
    if isinstance(answer, Read):
        return Read(int(answer.value))
    if isinstance(answer, Unsure):
        return Unsure(answer.kind, tuple(map(int, answer.candidates)), answer.reason)
    return answer


def minutes(value: object, *, decimal: str | None = None) -> Answer[int]:
    """Hours as minutes: 7:30, 7,5, 7u30, 7 uur, 45 min. For a Dutch writer 7.30 can be half past, or 7,3."""
    text = plain(value).lower()
    if not text:
        return EMPTY
    if found := _HOURS.match(text):
        return _minutes(int(found.group(1)), int(found.group(2) or 0), text)
    if found := _MINUTES.match(text):
        return Read(int(found.group(1)))
    bare = _UNIT.sub("", text)
    if decimal != ENGLISH and not isinstance(value, float) and (found := _POINTED.match(bare)):
        as_clock = int(found.group(1)) * MINUTES + int(found.group(2))
        as_number = round(Decimal(bare) * MINUTES)
        if as_clock != as_number:
            words = _("“%(text)s” can be %(first)s or %(last)s hours.")
            return one_of(Kind.CLOCK, [as_clock, as_number], text, words, _hours_shown)
    is_float = isinstance(value, float)
    answer = number(value if is_float else bare, places=LONGEST if is_float else 2, decimal=decimal)
    if isinstance(answer, Read):
        return Read(round(answer.value * MINUTES))
    if isinstance(answer, Unsure):
        return Unsure(answer.kind, tuple(round(one * MINUTES) for one in answer.candidates), answer.reason)
    return Refused(said(_("“%(text)s” is not a number of hours. Write 7:30 or 7.5."), text))


def _minutes(hours: int, rest: int, text: str) -> Answer[int]:
    if rest >= MINUTES:
        return Refused(said(_("“%(text)s” has more than 59 minutes."), text))
    return Read(hours * MINUTES + rest)


def _body(text: str) -> tuple[int, str]:
    """The sign, and the digits and marks that are left."""
    bare = _NOTHING_BEHIND.sub(",-", _MONEY.sub("", text)).strip()
    sign = -1 if bare.startswith("-") else 1
    bare = _MONEY.sub("", bare.lstrip("+-").strip() if bare[:1] in "+-" else bare).strip()
    if spaced := _SPACED.match(bare):
        bare = re.sub("[ ']", "", spaced.group()) + bare[spaced.end() :]
    return sign, bare


def _ways(text: str) -> dict[str, Decimal]:
    """What it is for whom: by the mark that divides."""
    if not re.fullmatch(r"\d*(?:[.,]\d+)*", text) or not 0 < len(text) <= LONGEST:
        return {}
    if not re.search("[.,]", text):
        return {DUTCH: Decimal(text), ENGLISH: Decimal(text)}
    ways = {}
    for mark, group in ((DUTCH, ENGLISH), (ENGLISH, DUTCH)):
        head, _mark, tail = text.partition(mark)
        is_head = not head or head.isdigit() or (_GROUPED.match(head) and mark not in head)
        if is_head and group not in tail and mark not in tail and (tail or not _mark):
            whole_part = head.replace(group, "") or "0"
            ways[mark] = Decimal(f"{whole_part}.{tail}" if tail else whole_part)
    return ways


def _fits(value: Decimal, places: int) -> bool:
    return value == round(value, places)


def _too_many(places: int) -> Promise:
    if not places:
        return _("“%(text)s” is not a whole number.")
    return _("“%(text)s” has too many digits after the decimal point: at most %(places)d.")


def _shown(value: Decimal) -> str:
    plain_value = value.normalize()
    places = max(0, -int(plain_value.as_tuple().exponent))
    return str(formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=False))


def _hours_shown(value: int) -> str:
    return f"{value // MINUTES}:{value % MINUTES:02d}"
