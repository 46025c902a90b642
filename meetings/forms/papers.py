"""A paper of a meeting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import attachments as uploads
from meetings.models import AgendaItem, Meeting
from ui.forms import PortalForm, PublicChoice


class PaperForm(PortalForm):
    """A file, and for which item of the agenda it is."""

    file = forms.FileField(
        label=pgettext_lazy("upload", "File"),
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
        help_text=_("A PDF, photo or document of at most 10 MB. Only who may see this meeting can open it."),
    )
    item = PublicChoice(
        queryset=AgendaItem.objects.none(),
        label=_("For which agenda item?"),
        required=False,
        empty_label=_("For the whole meeting"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items: Any = self.fields["item"]
        items.queryset = AgendaItem.objects.for_meeting(meeting)
        if not items.queryset.exists():
            del self.fields["item"]

    def clean_file(self) -> uploads.Accepted:
        return uploads.check(self.cleaned_data["file"])
