"""Which of two stays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Location, Organisation
from ui.forms import PortalForm


class StaysForm(PortalForm):
    """One of two that turned out to be one; the other one leads to it from then on."""

    stays = forms.ChoiceField(
        label=_("Which one stays?"),
        help_text=_("The name of the other can still be found, and its old links lead here."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, rows: tuple[Any, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, Organisation | Location] = {str(row.pk): row for row in rows}
        field: Any = self.fields["stays"]
        field.choices = [(key, row.name) for key, row in self.rows.items()]

    def chosen(self) -> tuple[Any, Any]:
        """The one that stays and the one that goes."""
        stays = self.cleaned_data["stays"]
        return self.rows[stays], next(row for key, row in self.rows.items() if key != stays)
