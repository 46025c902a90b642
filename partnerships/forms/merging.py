"""Which of two stays."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from ui.forms import PortalForm


class StaysForm(PortalForm):
    """One of two that turned out to be one; the other one leads to it from then on."""

    stays = forms.ChoiceField(
        label=_("Which one stays?"),
        help_text=_("The name of the other can still be found, and its old links lead here."),
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        rows: tuple[Any, Any],
        name: Callable[[Any], str] = attrgetter("name"),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pair = rows
        self.rows: dict[str, Any] = {str(row.pk): row for row in rows if self.can_stay(row)}
        field: Any = self.fields["stays"]
        field.choices = [(key, name(row)) for key, row in self.rows.items()]
        if len(self.rows) == 1:
            field.initial = next(iter(self.rows))

    def can_stay(self, _row: Any) -> bool:
        """Whether this one can be the one that stays."""
        return True

    def chosen(self) -> tuple[Any, Any]:
        """The one that stays and the one that goes."""
        stays = self.rows[self.cleaned_data["stays"]]
        return stays, next(row for row in self.pair if row != stays)


class PersonStaysForm(StaysForm):
    """Whose name and address stand; an account is never merged away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stays"].label = _("Which name and address are correct?")
        self.fields["stays"].help_text = _("Who has an account keeps the name and address of that account.")

    def can_stay(self, _row: Person) -> bool:
        return _row.has_account or not any(person.has_account for person in self.pair)
