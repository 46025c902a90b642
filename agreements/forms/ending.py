"""Ending an agreement without the signatures of all, and what becomes of the placement then."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.enums import AfterEnd
from core.limits import REASON
from ui.forms import PortalForm

CONSEQUENCES = [
    (
        AfterEnd.PLACEMENT_ENDS.value,
        _("The placement ends on that day too. The school looks for another training place."),
    ),
    (AfterEnd.NEXT_AGREEMENT.value, _("The student stays. A next agreement is drafted, from the day after.")),
]


class EndForm(PortalForm):
    """The last day, what becomes of the placement, and the reason that everyone reads."""

    last_day = forms.DateField(label=_("Last day"))
    then = forms.ChoiceField(
        label=_("What happens to the placement?"), widget=forms.RadioSelect, choices=CONSEQUENCES
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Student, employer and school get this by email. No medical details."),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
