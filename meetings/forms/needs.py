"""A need, and the answer to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Need
from partnerships.actors import Actor
from partnerships.models import Organisation, PartnershipTheme
from ui.forms import PortalForm, PortalModelForm


class NeedForm(PortalModelForm):
    """What one needs, for which of one's organisations; the name may stay with the coordinators."""

    class Meta:
        model = Need
        fields = ("title", "text", "organisation", "theme", "is_anonymous")
        labels = {
            "title": _("What do you need?"),
            "text": _("Explanation"),
            "organisation": _("For which organisation?"),
            "theme": _("Theme"),
            "is_anonymous": _("Do not show my name and organisation to others"),
        }
        help_texts = {
            "title": _("For example: a shared introduction day for career switchers."),
            "is_anonymous": _("The coordinators of the partnership do see who raised it."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [pk for pk in actor.organisations() if self.instance.partnership_id in actor.parts_of(pk)]
        choices: dict[str, Any] = {
            "organisation": Organisation.objects.filter(pk__in=own).order_by("name", "pk"),
            "theme": PartnershipTheme.objects.running().filter(partnership=self.instance.partnership_id),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = rows
            if not rows.exists():
                del self.fields[name]
        if len(own) == 1 and self.instance.pk is None:
            self.initial["organisation"] = own[0]


class NeedAnswerForm(PortalForm):
    """What becomes of a need."""

    answer = forms.CharField(
        label=_("What becomes of it?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever raised it gets this by email. Everyone in the partnership can read it."),
    )
