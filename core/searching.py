"""What someone typed, as a question to the text search of the database.

Each word counts, or what begins with it, or what means the same (`Synonym`, kept by administrators). A word with a hyphen
is looked for joined and apart, and two words beside each other joined too: "zij-instroom", "zijinstroom" and "zij
instroom" find the same. Quotes, OR and a minus sign mean what they do in search engines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.core.cache import cache

from core.models import Synonym
from core.text import unaccented

CONFIG = "dutch_unaccent"
KEPT, SECONDS_KEPT = "synonyms", 300
MOST_WORDS = 8
LONG_ENOUGH = 3  # letters; shorter words resemble everything
_WORDS = re.compile(r"\w+(?:-\w+)*")
_OPERATORS = re.compile(r'"|(?:^|\s)-\w|\sor\s', re.IGNORECASE)

Meanings = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Question:
    """What was `typed`, its `words`, and the `text` that stands for them in a `function` of the database."""

    typed: str
    words: tuple[str, ...]
    text: str
    function: str

    @property
    def has_operators(self) -> bool:
        """Whether it was typed with quotes, OR or a minus sign."""
        return self.function == "websearch_to_tsquery"

    @property
    def alike(self) -> list[str]:
        """What to look for the like of when few have the words themselves, the longest first; none with operators."""
        if self.has_operators:
            return []
        plain = {unaccented(word) for word in self.words if len(word) >= LONG_ENOUGH}
        return sorted(plain, key=lambda word: (-len(word), word))


def question(typed: str) -> Question | None:
    """Read what was typed; None when there is no word in it."""
    words = tuple(_WORDS.findall(typed)[:MOST_WORDS])
    if not words:
        return None
    if _OPERATORS.search(typed):
        return Question(typed, words, typed, "websearch_to_tsquery")
    return Question(typed, words, expression(words, _meanings()), "to_tsquery")


def expression(words: Sequence[str], meanings: Meanings) -> str:
    """The words as the database wants them: each, or two of them joined."""
    whole = " & ".join(_either(word, meanings) for word in words)
    joined = [
        " & ".join(
            _either(word, meanings) for word in (*words[:at], words[at] + words[at + 1], *words[at + 2 :])
        )
        for at in range(len(words) - 1)
    ]
    return " | ".join(f"({one})" for one in (whole, *joined))


def _either(word: str, meanings: Meanings) -> str:
    """A word or what begins with it, joined where it has a hyphen, or what means the same."""
    ways = [_all_of(word.split("-"))]
    if "-" in word:
        ways.append(_all_of([word.replace("-", "")]))
    ways += [_all_of(_WORDS.findall(meaning)) for meaning in meanings.get(unaccented(word), ())]
    return f"({' | '.join(ways)})"


def _all_of(parts: Sequence[str]) -> str:
    begun = [f"'{part}':*" for part in parts]
    return f"({' & '.join(begun)})"


def _meanings() -> Meanings:
    """What means the same as each word, as an administrator may have changed it five minutes ago."""
    return cast("Meanings", cache.get_or_set(KEPT, _read, SECONDS_KEPT))


def _read() -> Meanings:
    """Both ways."""
    found: dict[str, list[str]] = defaultdict(list)
    for word, meaning in Synonym.objects.values_list("word", "meaning"):
        found[word].append(meaning)
        found[unaccented(meaning)].append(word)
    return dict(found)
