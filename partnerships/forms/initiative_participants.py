"""The own yes to taking part in an initiative."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.enums import ParticipantKind
from ui.forms import PortalForm

CONSENT = _(
    "I take part of my own free will. Who leads this initiative sees my name and as what I take part, and my teacher hears "
    "of it if I am a student. I can stop at any time."
)


class ParticipateForm(PortalForm):
    """As what someone takes part, and the yes itself."""

    kind = forms.ChoiceField(label=_("I take part as"), choices=ParticipantKind, widget=forms.RadioSelect)
    says_yes = forms.BooleanField(
        label=CONSENT, error_messages={"required": _("You only take part by your own yes.")}
    )

    def values(self) -> dict[str, Any]:
        """What `services.initiative_participants.ask` takes: the words as they were read."""
        return {"kind": self.cleaned_data["kind"], "consent": str(CONSENT)}
