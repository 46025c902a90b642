"""A client, carer or expert who comes with an organisation takes part in one of its partnerships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.models.people import PersonQuerySet
from partnerships.actors import Actor
from partnerships.forms.groups import PersonForm
from partnerships.models import Member, Organisation, Partnership
from partnerships.queries.people import acquainted


class TakesPartForm(PersonForm):
    """Name, address and as what, in which partnership."""

    partnership = forms.ModelChoiceField(label=_("Partnership"), queryset=Partnership.objects.none())

    def __init__(self, *args: Any, organisation: Organisation, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.actor = organisation, actor
        choice: Any = self.fields["partnership"]
        there = Member.objects.running().filter(organisation=organisation).values("partnership")
        choice.queryset = Partnership.objects.running().filter(pk__in=there).for_list()

    def acquainted(self) -> PersonQuerySet:
        """Those of whom who fills it in knows."""
        partnership = self.cleaned_data.get("partnership")
        if partnership is None:
            return Person.objects.none()
        return acquainted(self.actor, partnership.pk, self.organisation.pk)
