"""A client, carer or expert who comes with an organisation takes part in one of its partnerships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.groups import PersonForm
from partnerships.models import Member, Organisation, Partnership


class TakesPartForm(PersonForm):
    """Name, address and as what, in which partnership."""

    partnership = forms.ModelChoiceField(
        label=_("Partnership"), queryset=Partnership.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["partnership"]
        there = Member.objects.running().filter(organisation=organisation).values("partnership")
        choice.queryset = Partnership.objects.running().filter(pk__in=there).for_list()
