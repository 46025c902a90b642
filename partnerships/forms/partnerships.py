"""What a partnership says of itself."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.provinces import PROVINCE_CHOICES
from partnerships.enums import Branch
from partnerships.models import Partnership
from partnerships.models.partnerships import LONGEST_TERM, TERM
from partnerships.rules.days import can_have_begun
from ui.forms import ChoiceOf, PortalModelForm, offer

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


class PartnershipFactsForm(PortalModelForm):
    """What only coordinators say of a partnership; of one that is over only what it goes on as."""

    successor = ChoiceOf(
        label=_("Goes on as"),
        required=False,
        empty_label=_("No other partnership"),
        help_text=_("Choose from the partnerships that you coordinate. Both pages then name each other."),
    )

    class Meta:
        model = Partnership
        fields = ("name", "starts_on", "proposal_days", "successor")
        labels = {
            "starts_on": _("Since"),
            "proposal_days": _("Within how many days does an organisation react to an improvement proposal?"),
        }
        help_texts = {
            "name": _("The address of the page stays the same."),
            "proposal_days": _("It counts for proposals that are sent from now on."),
        }

    def __init__(self, *args: Any, choices: Iterable[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.began_on = self.instance.starts_on
        rows = list(choices)
        if self.instance.is_over:
            del self.fields["name"], self.fields["starts_on"], self.fields["proposal_days"]
        if rows or self.instance.is_over:
            offer(self, "successor", rows)
        else:
            del self.fields["successor"]

    def clean_proposal_days(self) -> int:
        """A day at least, and less than a school year."""
        days: int = self.cleaned_data["proposal_days"]
        if not 1 <= days <= LONGEST_TERM:
            raise ValidationError(TERM)
        return days

    def clean_starts_on(self) -> Any:
        """A partnership that goes on began today at the latest."""
        day = self.cleaned_data["starts_on"]
        verdict = can_have_begun(day, self.began_on)
        if not verdict:
            raise ValidationError(str(verdict.reason))
        return day
