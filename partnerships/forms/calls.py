"""A coordinator edits a call."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator

from partnerships.models import Call, Initiative, Partnership
from ui.forms import PortalModelForm

FIRST_YEAR, LAST_YEAR = 2015, 2100  # study years; calls before 2015 were not kept


class CallForm(PortalModelForm):
    """A call with its targets and dates."""

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
        year: Any = self.fields["study_year"]
        year.validators = [*year.validators, MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
        year.widget.attrs |= {"min": FIRST_YEAR, "max": LAST_YEAR}
