"""Evidence: what a student writes or adds, and who may read it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import attachments as uploads
from core import versions
from students.forms.readers import ReadersField, readers_of
from students.models import Evidence
from ui.forms import EditForm, PortalModelForm


class EvidenceForm(PortalModelForm):
    """A text, a file or both. What is read of the file is in `accepted`."""

    accepted: uploads.Accepted | None = None
    photo = forms.FileField(
        label=_("Take a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT_PHOTO, "capture": "environment"}),
        help_text=_("Opens the camera of your phone. No client may be recognisable in it."),
    )
    readers = ReadersField()
    field_order = ("text", "photo", "file", "readers")

    class Meta:
        model = Evidence
        fields = ["text", "file"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "file": forms.FileInput(attrs={"accept": uploads.ACCEPT}),
        }
        help_texts = {
            "text": _("Write no names or details of clients."),
            "file": _("A PDF, photo or document of at most 10 MB. No client may be recognisable in it."),
        }

    @property
    def evidence(self) -> dict[str, Any]:
        """What was filled in and read, as `students.services.evidence.add` takes it."""
        file = self.accepted
        kept = {name: value for name, value in self.cleaned_data.items() if name != "photo"}
        return kept | {
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

    def clean_photo(self) -> Any:
        upload = self.cleaned_data.get("photo")
        if upload:
            self.accepted = uploads.check(upload)
            return self.accepted.file
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("photo") and data.get("file"):
            self.add_error("photo", _("Add one at a time: a photo or a file."))
        data["file"] = data.get("file") or data.get("photo")
        if not data.get("text") and not data.get("file") and not self.errors:
            self.add_error("text", _("Write a text or add a file."))
        return data


class ShareForm(EditForm):
    """Who may read a piece of evidence from now on."""

    readers = ReadersField()

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(
            *args, initial={"readers": readers_of(evidence)}, over=versions.of(evidence), **kwargs
        )
