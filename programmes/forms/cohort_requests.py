"""A cohort that a coordinator asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from programmes.models import CohortRequest, Programme
from ui.forms import PortalModelForm


class CohortRequestForm(PortalModelForm):
    """Of which programme, from when, and for how many."""

    class Meta:
        model = CohortRequest
        fields = ("programme", "name", "starts_on", "capacity", "remark")
        labels = {
            "programme": _("Of which programme?"),
            "name": _("Name of the cohort"),
            "starts_on": _("First day"),
            "capacity": _("Number of students at most"),
            "remark": _("Remark for the school"),
        }
        help_texts = {
            "starts_on": _("The school may choose another day."),
            "capacity": _("Who comes after that goes to the waiting list."),
        }

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Programme.objects.filter(partnership=partnership).order_by("name", "pk")
