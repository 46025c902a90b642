"""Forms over a thing that is there: whoever saves second sees both texts, and neither side loses a word.

The page of such a form says what it was made from: the version of the thing, and for each field a fingerprint of what stood
there. When the thing is another by the time it is saved, that tells who changed which field. What one side changed is
taken; where both did, the form is shown again with both texts and a choice. It then is made from what there is now, so
that pressing once more saves what was chosen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Model
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ui import formats

MINE, THEIRS = "mine", "theirs"
BOTH_CHANGED = _("This was changed meanwhile too. Compare the two and choose.")

if TYPE_CHECKING:
    _Base = forms.BaseForm
else:
    _Base = object


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that both sides changed: the two values in words, and the name under which the choice is sent."""

    mine: str
    theirs: str
    choice: str


class EditingMixin(_Base):
    """For a form over a thing that is there; `over` is the version of that thing, empty for a new one.

    A form of which a field or its first value is set after `__init__` works too: the two sides meet when it is cleaned.
    """

    over: str = ""

    def __init__(self, *args: Any, over: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if over is not None:
            self.over = over
        self.taken: list[str] = []  # the labels of what the other side changed, and this one did not
        self._met: set[str] = set()

    @property
    def made_from_name(self) -> str:
        """Under which `made_from` is sent."""
        return self.add_prefix("made_from")

    @property
    def made_from(self) -> str:
        """What the page is made from: the version and what stands in each field now."""
        prints = {name: _fingerprint(self._now(name)) for name in self._comparable()}
        prints |= {name: _fingerprint(self._kept_file(name)) for name in self._files()}
        return f"{self.over} {json.dumps(prints, separators=(',', ':'))}"

    @property
    def read(self) -> str | None:
        """The version that is written over, for the service; None for a new thing."""
        return self.over or None

    @property
    def based_on(self) -> str:
        """The version that is written over. Sent again, and so adding nothing to what there is, the one it was made from."""
        self.meet()
        if any(self._now(name) != self._sent(name) for name in self._comparable()):
            return self.over
        made_from: str = self.data.get(self.made_from_name, "")
        return made_from.partition(" ")[0]

    @property
    def kept_of_others(self) -> str:
        """What someone else changed meanwhile, and this form did not, in a sentence; empty when there is nothing."""
        self.meet()
        return kept_of_others(self.taken)

    def is_other_file(self, name: str) -> bool:
        """Whether a field's file was replaced, added or taken away since the page: a file has no two texts to compare."""
        if not self.is_bound or not self.over:
            return False
        before = _prints(self.data.get(self.made_from_name, ""))
        return before.get(name) != _fingerprint(self._kept_file(name))

    def full_clean(self) -> None:
        self.meet()
        super().full_clean()
        for name, field in self.fields.items():
            if self.is_bound and hasattr(field, "difference") and name not in self.errors:
                self.add_error(name, forms.ValidationError(BOTH_CHANGED, code="both_changed"))

    def has_changed(self) -> bool:
        self.meet()
        return super().has_changed()

    def meet(self) -> None:
        """Bring what was sent and what there is now together, once for each field that there is by now."""
        if not self.is_bound or not self.over:
            return
        before = _prints(self.data.get(self.made_from_name, ""))
        theirs: dict[str, list[str]] = {}
        for name in [name for name in self._comparable() if name not in self._met]:
            self._met.add(name)
            now, mine, was = self._now(name), self._sent(name), before.get(name)
            if now == mine or self._chosen(name, now, was) == MINE:
                continue
            if self._chosen(name, now, was) == THEIRS:
                theirs[name] = now
            elif _fingerprint(mine) == was:
                theirs[name] = now
                self.taken.append(str(self[name].label))
            else:
                self._show_both(name, mine, now)
        self._take(theirs)

    def _chosen(self, name: str, now: list[str], was: str | None) -> str:
        """Whose value it is to be: what was chosen of both, and one's own where the other side changed nothing."""
        if _fingerprint(now) != was:
            return ""
        return THEIRS if self.data.get(self._choice(name)) == THEIRS else MINE

    def _choice(self, name: str) -> str:
        return self.add_prefix(f"{name}-keep")

    def _take(self, theirs: dict[str, list[str]]) -> None:
        """Put what there is now in place of what was sent."""
        if not theirs:
            return
        data = MultiValueDict(
            self.data.lists() if isinstance(self.data, MultiValueDict) else _lists(self.data)
        )
        for name, values in theirs.items():
            data.setlist(self.add_prefix(name), values)
        self.data = data

    def _show_both(self, name: str, mine: list[str], now: list[str]) -> None:
        field: Any = self.fields[name]
        field.difference = Difference(_in_words(field, mine), _in_words(field, now), self._choice(name))

    def _comparable(self) -> Iterator[str]:
        for name, field in self.fields.items():
            if not (field.disabled or field.widget.is_hidden or isinstance(field, forms.FileField)):
                yield name

    def _files(self) -> Iterator[str]:
        for name, field in self.fields.items():
            if isinstance(field, forms.FileField) and not field.disabled:
                yield name

    def _kept_file(self, name: str) -> list[str]:
        """The file that is kept, by the name under which it is: another file has another one."""
        return [str(self.get_initial_for_field(self.fields[name], name) or "")]

    def _now(self, name: str) -> list[str]:
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        if isinstance(value, list | tuple):
            value = [one.pk if isinstance(one, Model) else one for one in value]
        return _as_sent(field.widget, value, field.widget.format_value(value))

    def _sent(self, name: str) -> list[str]:
        widget = self.fields[name].widget
        value = widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return _as_sent(widget, value, value)


def kept_of_others(labels: Sequence[str]) -> str:
    """The sentence on these fields, for pages and messages."""
    if not labels:
        return ""
    words = gettext("Someone else changed this meanwhile, and that has been kept: %(fields)s.")
    return words % {"fields": ", ".join(labels)}


def _lists(data: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {name: value if isinstance(value, list) else [value] for name, value in data.items()}


def _as_sent(widget: forms.Widget, value: Any, formatted: Any) -> list[str]:
    """A value as a browser sends it: so that what a page printed, and what comes back untouched, are the same."""
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    values = formatted if isinstance(formatted, list | tuple) else [formatted]
    texts = ["" if one is None else str(one).replace("\r\n", "\n").strip() for one in values]
    if getattr(widget, "in_order", False):
        return texts
    return sorted(text for text in texts if text)


def _fingerprint(values: list[str]) -> str:
    return hashlib.blake2s(json.dumps(values).encode(), digest_size=6).hexdigest()


def _prints(made_from: str) -> dict[str, str]:
    """The fingerprints in what was sent; nothing when it is not what a page of ours sends."""
    try:
        prints = json.loads(made_from.partition(" ")[2])
    except ValueError:
        return {}
    return prints if isinstance(prints, dict) else {}


def _in_words(field: forms.Field, values: list[str]) -> str:
    """A value as people read it: the words of a choice, a day in full."""
    if hasattr(field, "in_words"):
        return str(field.in_words(values))
    if isinstance(field, forms.BooleanField):
        return gettext("Yes") if values else gettext("No")
    if isinstance(field, forms.DateField) and values:
        return _day(field, values[0])
    choices = getattr(field, "choices", None)
    if choices is None:
        return "\n".join(values)
    words: dict[str, str | Promise] = {str(key): word for key, word in choices}
    return ", ".join(str(words.get(value, value)) for value in values)


def _day(field: forms.DateField, text: str) -> str:
    try:
        day = field.to_python(text)
    except forms.ValidationError:
        return text
    return formats.day(day) if day else text
