"""What a partnership says of itself."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.provinces import PROVINCE_CHOICES
from partnerships.enums import Branch
from partnerships.models import Partnership
from ui.forms import PortalModelForm

LONGEST_NAME, MOST_MUNICIPALITIES = 80, 60
BETWEEN = re.compile(r"[\n,;]")


class PartnershipForm(PortalModelForm):
    """The texts of a partnership, with its region and branches."""

    provinces = forms.MultipleChoiceField(
        label=_("Provinces"), choices=PROVINCE_CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    municipalities = forms.CharField(
        label=_("Municipalities"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_NAME * MOST_MUNICIPALITIES,
        help_text=_("One on each line, or with commas between them."),
    )
    branches = forms.MultipleChoiceField(
        label=_("Branches"), choices=Branch, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Partnership
        fields = ("summary", "description", "provinces", "municipalities", "branches")

    def __init__(self, *args: Any, may_change_region: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_change_region:
            del self.fields["provinces"]
        self.initial["municipalities"] = "\n".join(self.instance.municipalities)

    def clean_municipalities(self) -> list[str]:
        """Each name once, in the order in which they were typed."""
        names = [" ".join(name.split()) for name in BETWEEN.split(self.cleaned_data["municipalities"])]
        once: dict[str, str] = {}
        for name in filter(None, names):
            once.setdefault(name.casefold(), name)
        found = list(once.values())
        if any(len(name) > LONGEST_NAME for name in found):
            raise ValidationError(_("This name is too long. Put each municipality on a line of its own."))
        if len(found) > MOST_MUNICIPALITIES:
            raise ValidationError(_("Name 60 municipalities at most, or choose the province."))
        return found
