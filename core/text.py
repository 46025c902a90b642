"""Names in the order a Dutch reader looks for them; the database has no Dutch collation (see 0002_search)."""

from __future__ import annotations

import re
import unicodedata
from typing import Self

# Of a first name and of a family name; of what stands before the latter.
LONGEST_NAME, LONGEST_PREFIX = 80, 30
# Of a name in one field: the first word and the rest fit in their own.
LONGEST_WHOLE_NAME = LONGEST_NAME + LONGEST_PREFIX

# Letters that carry no separable accent, so that NFKD leaves them whole; the last two are dotless i and apostrophe.
_WHOLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "\u0131": "i", "\u2019": "'"}
)
_PREFIX = re.compile(
    "^(?:(?:van|von|vom|zu|zum|zur|de|den|der|des|het|['\u2019]t|ten|ter|te|in|op|aan|bij|onder|over|uit|uijt|"
    "voor|v\\.?\\s?d\\.?|v/d|la|le|les|du|da|do|dos|el|al|d['\u2019])\\s+)+",
    re.IGNORECASE,
)


def unaccented(text: str) -> str:
    """Lower case without accents, spaces collapsed: "Élise  Ørsted" → "elise orsted"."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_WHOLE))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.split())


def split_prefix(last_name: str) -> tuple[str, str]:
    """Take the tussenvoegsel off a family name: "van der Berg" → ("van der", "Berg")."""
    name = " ".join(last_name.split())
    found = _PREFIX.match(name)
    return (found.group().strip(), name[found.end() :]) if found and found.end() < len(name) else ("", name)


def sort_key(*, last_name: str, first_name: str = "", prefix: str = "") -> str:
    """What lists sort on: "berg, anna, van den". A prefix typed into the family name is taken out."""
    found, bare = split_prefix(last_name)
    return ", ".join(part for part in map(unaccented, (bare, first_name, prefix or found)) if part)[:250]


def full_name(*, first_name: str, last_name: str, prefix: str = "") -> str:
    """A name as written: "Anna van den Berg"."""
    return " ".join(part for part in (first_name.strip(), prefix.strip(), last_name.strip()) if part)


class Linked(str):
    """A sentence with the address of the page where its reader sees to it."""

    url: str

    def __new__(cls, words: str, url: str) -> Self:
        """The words, in the language of now."""
        made = super().__new__(cls, words)
        made.url = url
        return made
