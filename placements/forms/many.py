"""What is chosen on the pages of bulk acts on proposals and places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.limits import REASON
from placements.queries.fits import Fit
from ui.forms import PortalForm
from ui.languages import Stored

SHOWN = 5  # places to choose from for one student; the page of matching shows them all


class ProposalChoice(PortalForm):
    """The place for one student and why: both filled in by what fits best, so that nothing needs to be typed."""

    slot = forms.CharField(label=_("Training place"), widget=forms.Select)
    reason = forms.CharField(
        max_length=REASON,
        required=False,
        label=_("Another reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Leave this empty and the employer and the student read the reason above."),
    )

    def __init__(self, *args: Any, chosen: Fit, fits: Sequence[Fit], **kwargs: Any) -> None:
        super().__init__(*args, initial={"slot": value_of(chosen)}, **kwargs)
        self.fits = {str(fit.slot.public_id): fit for fit in fits}
        shown = [chosen, *(fit for fit in fits if fit.slot.pk != chosen.slot.pk)][:SHOWN]
        widget: Any = self.fields["slot"].widget
        widget.choices = [(value_of(fit), Stored(words_of(fit))) for fit in shown]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        key, _dot, read = data.get("slot", "").partition(".")
        fit = self.fits.get(key)
        if fit is None:
            raise ValidationError({"slot": _("This training place is no longer free. Choose another one.")})
        return {
            "slot": fit.slot,
            "slot_read": read,
            "reason": data.get("reason", "").strip() or fit.reason,
        }


def value_of(fit: Fit) -> str:
    """A place as it is sent: which one, and what was read of it."""
    return f"{fit.slot.public_id}.{fit.slot.row_version}"


def words_of(fit: Fit) -> str:
    """A place as someone chooses it: what, of whom, where, and how far."""
    parts = [fit.slot.title, str(fit.slot.organisation), fit.slot.place, fit.distance]
    return ", ".join(part for part in parts if part)
