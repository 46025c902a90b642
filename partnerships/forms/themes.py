"""Themes of a partnership."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.days import DAYS, DatedForm
from partnerships.models import PartnershipTheme


class ThemeForm(DatedForm):
    """A theme as the partnership calls it, with the shared theme that it belongs to."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        help_text=_("What you call it yourselves. Leave blank to call it as the shared theme."),
    )

    class Meta:
        model = PartnershipTheme
        fields = ("root", "name", "starts_on", "ends_on")
        help_texts = {
            "root": _(
                "Visitors find initiatives of all partnerships by it. Is yours missing? Ask the administrators."
            )
        }
        widgets = DAYS

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("root") and data.get("name") == "":
            data["name"] = data["root"].name
        others = PartnershipTheme.objects.running().filter(
            partnership=self.instance.partnership_id, name__iexact=data.get("name", "")
        )
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("There is a theme with this name already. Look in the list."))
        return data
