"""Evidence: what a student writes or adds, and who may read it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import attachments as uploads
from students.models import Evidence
from ui.forms import PortalModelForm


def capital_choices(field: forms.Field) -> None:
    """Start each choice with a capital: on its own line it is a sentence, in a running text it is not."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
    listed: Any = field.choices
    field.choices = [(value, capfirst(str(label))) for value, label in listed if value != ""]


class EvidenceForm(PortalModelForm):
    """A text, a file or both. What is read of the file is in `accepted`."""

    accepted: uploads.Accepted | None = None

    class Meta:
        model = Evidence
        fields = ["text", "file", "visible_for"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "file": forms.FileInput(attrs={"accept": uploads.ACCEPT}),
            "visible_for": forms.RadioSelect,
        }
        help_texts = {
            "text": _("Write no names or details of clients."),
            "file": _("A PDF, photo or document of at most 10 MB. No client may be recognisable in it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capital_choices(self.fields["visible_for"])

    @property
    def evidence(self) -> dict[str, Any]:
        """What was filled in and read, as `students.services.evidence.add` takes it."""
        file = self.accepted
        return self.cleaned_data | {
            "file_name": file.name if file else "",
            "content_type": file.content_type if file else "",
            "size": file.size if file else 0,
        }

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if upload:
            self.accepted = uploads.check(upload)
            return self.accepted.file
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("text") and not data.get("file") and not self.errors:
            self.add_error("text", _("Write a text or add a file."))
        return data


class ShareForm(PortalModelForm):
    """Who may read a piece of evidence from now on."""

    class Meta:
        model = Evidence
        fields = ["visible_for"]
        widgets = {"visible_for": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        capital_choices(self.fields["visible_for"])
