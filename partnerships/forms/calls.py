"""A coordinator edits a call."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.models import Call, Initiative, Partnership
from partnerships.rules.days import can_be_last_day
from ui.forms import PortalModelForm, limit

MOST_WANTED = 10_000
FIRST_YEAR, LAST_YEAR = 2015, 2100  # study years; calls before 2015 were not kept


class CallForm(PortalModelForm):
    """A call with its targets and dates."""

    parts = {
        "title": _("What the call is about"),
        "study_year": _("How much is needed"),
        "kick_off_on": _("Days, and who can read it"),
    }

    class Meta:
        model = Call
        fields = (
            "title",
            "summary",
            "text",
            "initiative",
            "study_year",
            "partners_target",
            "places_target",
            "kick_off_on",
            "deadline",
            "is_published",
        )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initiative: Any = self.fields["initiative"]
        initiative.queryset = Initiative.objects.filter(partnership=partnership).order_by("title", "pk")
        limit(self, "study_year", least=FIRST_YEAR, most=LAST_YEAR)
        self.was_open_until = self.instance.deadline if self.instance.is_published else None
        for name in ("partners_target", "places_target"):
            limit(self, name, most=MOST_WANTED)

    def clean(self) -> dict[str, Any]:
        """A call that employers are to answer closes on a day that is still to come."""
        data = super().clean() or self.cleaned_data
        if data.get("is_published") and data.get("deadline"):
            verdict = can_be_last_day(data["deadline"], self.was_open_until)
            if not verdict:
                self.add_error("deadline", str(verdict.reason))
        return data
