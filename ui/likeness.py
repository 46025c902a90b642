"""A form asks whether what is about to be made is one of those that look like it, and keeps all that was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _Base = forms.BaseForm
else:
    _Base = object

ANSWER = _("Say whether it is one of these.")


class LikenessMixin(_Base):
    """Asks with `ask_which`, and knows the answer after `hear`.

    `same` is the row that was meant. `seen` are the keys of those that were shown to who said that it is another: what
    turns up after that is asked about again.
    """

    question: Any = _("Is it one of these?")
    hint: Any = _("These are known already and look like it.")
    same: Any = None
    seen: frozenset[int] = frozenset()
    _shown: Mapping[str, Model] = MappingProxyType({})

    def ask_which(
        self, found: Iterable[Model], words: Callable[[Any], str | Promise], another: str | Promise
    ) -> None:
        """Add the question when something was found; `words` says of each which one it is, `another` that it is none."""
        self._shown = {str(row.pk): row for row in found}
        if self._shown:
            choices = [(key, words(row)) for key, row in self._shown.items()]
            self.fields["likely"] = forms.ChoiceField(
                label=self.question,
                help_text=self.hint,
                choices=[*choices, (self._another, another)],
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": ANSWER},
            )

    def hear(self) -> None:
        """Read the answer; without one, or with one to another question, the form is not valid."""
        if not self._shown or "likely" in self.errors:
            return
        answer = self.data.get(self.add_prefix("likely"), "")
        if answer == self._another:
            self.seen = frozenset(row.pk for row in self._shown.values())
        elif answer in self._shown:
            self.same = self._shown[answer]
        else:
            self.add_error("likely", ValidationError(ANSWER))

    @property
    def _another(self) -> str:
        return ".".join(["another", *self._shown])
