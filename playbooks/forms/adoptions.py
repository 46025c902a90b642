"""Which partnership begins with a playbook, and what is chosen about its pieces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership
from playbooks.enums import Choice
from playbooks.forms.playbooks import PartForm
from playbooks.models import AdoptedPart
from playbooks.queries.adoptions import Difference, Differing
from ui.forms import ChoiceOf, PortalForm, offer
from ui.languages import dutch

WORDS = {
    Difference.NEW: (_("Take over"), _("Leave it out")),
    Difference.CHANGED: (_("Take over"), _("Keep ours")),
    Difference.CLASH: (_("Take over the newest"), _("Keep ours")),
    Difference.GONE: (_("Leave it out too"), _("Keep ours")),
}


class StartForm(PortalForm):
    """Which of the partnerships that one coordinates begins with it."""

    partnership = ChoiceOf(label=_("Which partnership begins with this?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: Iterable[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "partnership", choices)


class AdoptedPartForm(PartForm):
    """A piece of one's own."""

    class Meta:
        model = AdoptedPart
        fields = ("title", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 6})}


class ChoicesForm(PortalForm):
    """What is chosen about each piece that differs; what is not chosen stays as it is."""

    def __init__(self, *args: Any, rows: Iterable[Differing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            part = row.newest or row.own
            take, keep = WORDS[row.kind]
            self.fields[str(row.key)] = forms.ChoiceField(
                label=dutch(part),
                choices=[(Choice.TAKE.value, take), (Choice.KEEP.value, keep)],
                required=False,
                widget=forms.RadioSelect,
            )
