"""Parts of pages that many see alike: made once a process for what they show.

What they show are plain values, which are the name under which they are kept: nothing in them grows old, and nobody gets
one who did not read those very values under the own rights. Never of a person, and never markup: a text that is safe
as it stands and the same text as someone typed it have one name.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from functools import lru_cache

from django.forms import BoundField, ChoiceField, ModelChoiceField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ui.languages import Stored

MOST_KEPT = 2_048
_FIELDS: OrderedDict[Hashable, SafeString] = OrderedDict()


def part(template: str, **shown: Hashable) -> SafeString:
    """The template with these values, in the language of the page."""
    return _made(template, get_language(), tuple(shown.items()))


def remembered(template: str, shown: Hashable) -> SafeString:
    """`{% remembered "…/_card.html" card %}`: the same, as a tag; the template reads `shown`."""
    return part(template, shown=shown)


@lru_cache(maxsize=MOST_KEPT)
def _made(template: str, _language: str | None, shown: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template, dict(shown))


def filter_field(field: BoundField) -> SafeString:
    """`{% filter_field field %}`: a field of a filter, remembered where it is a choice among things that are no rows.

    What someone typed may be a name, and rows may be people: those are made anew each time, and so is what was refused.
    """
    if not isinstance(field.field, ChoiceField) or isinstance(field.field, ModelChoiceField) or field.errors:
        return field.as_field_group()
    key = _key_of(field)
    html = _FIELDS.get(key)
    if html is None:
        html = _FIELDS[key] = field.as_field_group()
        if len(_FIELDS) > MOST_KEPT:
            _FIELDS.popitem(last=False)
    return html


def _key_of(bound: BoundField) -> Hashable:
    """All that the template of a field prints."""
    field, value = bound.field, bound.value()
    choices = [
        (str(one), str(label), isinstance(label, Stored))
        for one, label in getattr(field.widget, "choices", ())
    ]
    return (
        *(get_language(), type(bound.form).__name__, type(field.widget), bound.html_name, bound.auto_id),
        *(str(bound.label), str(bound.help_text), field.required, field.disabled),
        tuple(sorted((name, str(of)) for name, of in field.widget.attrs.items())),
        tuple(map(str, value)) if isinstance(value, list | tuple) else str(value),
        tuple(choices),
    )
