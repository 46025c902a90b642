"""Parts of pages that many see alike: made once a process for what they show.

What they show are plain values, which are the name under which they are kept: nothing in them grows old, and nobody gets
one who did not read those very values under the own rights. Never of a person, and never markup: a text that is safe
as it stands and the same text as someone typed it have one name.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_KEPT = 2_048


def part(template: str, **shown: Hashable) -> SafeString:
    """The template with these values, in the language of the page."""
    return _made(template, get_language(), tuple(shown.items()))


def remembered(template: str, shown: Hashable) -> SafeString:
    """`{% remembered "…/_card.html" card %}`: the same, as a tag; the template reads `shown`."""
    return part(template, shown=shown)


@lru_cache(maxsize=MOST_KEPT)
def _made(template: str, _language: str | None, shown: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template, dict(shown))
