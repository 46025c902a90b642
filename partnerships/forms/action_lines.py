"""Action lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from partnerships.forms.days import DAYS, DatedForm
from partnerships.models import ActionLine
from partnerships.queries.action_lines import groups_to_choose, next_number, owners_to_choose
from partnerships.queries.themes import themes_to_choose
from ui.forms import limit

MOST_LINES = 999


class OwnerChoice(forms.ModelChoiceField):
    """A person with where that is, so that two people of one name can be told apart."""

    def label_from_instance(self, obj: Any) -> str:
        return ", ".join([obj.full_name, *obj.works_at])


class ActionLineForm(DatedForm):
    """An action line; its owner is chosen from the people of the members."""

    parts = {"number": _("What it is about"), "owner": _("Who works on it"), "starts_on": _("When")}

    owner = OwnerChoice(
        label=_("Owner"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Whom the members can ask about this action line. They see the name."),
    )

    class Meta:
        model = ActionLine
        fields = ("number", "title", "goal", "theme", "owner", "group", "starts_on", "ends_on")
        widgets = DAYS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        limit(self, "number", least=1, most=MOST_LINES)
        owners: Any = self.fields["owner"]
        owners.queryset = owners_to_choose(row.partnership, row.owner_id)
        groups: Any = self.fields["group"]
        groups.queryset = groups_to_choose(row.partnership, row.group_id)
        themes: Any = self.fields["theme"]
        themes.queryset = themes_to_choose(row.partnership, row.theme_id)
        if not row.pk:
            self.initial["number"] = next_number(row.partnership)
