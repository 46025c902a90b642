"""The question who may read what a student shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from students.enums import Reader
from students.models.sharing import Shown


class ReadersField(forms.MultipleChoiceField):
    """A box for each kind of reader; ticking none leaves it to the student alone."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, help_text: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(
            label=_("Who may read this?"),
            help_text=help_text or _("Tick nobody, and only you can read it. You can change this later."),  # type: ignore[arg-type]  # a lazy text is printed like any
            required=False,
            choices=_choices,
            **kwargs,
        )


def _choices() -> list[tuple[str, str]]:
    """Each starts with a capital: on its own line it is a sentence, in a running text it is not."""
    return [(reader.value, capfirst(str(reader.label))) for reader in Reader]


def readers_of(row: Shown) -> list[str]:
    """The boxes that are ticked for a row."""
    return sorted(row.readers)
