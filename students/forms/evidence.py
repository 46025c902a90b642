"""Evidence: what a student writes or adds, and who may read it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import attachments as uploads
from core import versions
from students.forms.readers import ReadersField, readers_of
from students.models import Evidence
from ui.forms import EditForm, PortalModelForm

_HELP = _("A PDF, photo or document of at most 10 MB. No client may be recognisable in it.")
# A browser does not hold on to a file that was chosen, so it is chosen once more after this is read.
_FILE_CHANGED = _(
    "The file of this evidence was changed meanwhile. Look which one is there now, and choose again."
)


class EvidenceForm(PortalModelForm):
    """A text, a file or both. What is read of the file is in `accepted`."""

    sometimes = ("text",)
    accepted: uploads.Accepted | None = None
    photo = forms.FileField(
        label=_("Take a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT_PHOTO, "capture": "environment"}),
        help_text=_("Opens the camera of your phone. No client may be recognisable in it."),
    )
    file = forms.FileField(
        label=pgettext_lazy("upload", "File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
        help_text=_HELP,
    )
    readers = ReadersField()
    field_order = ("text", "photo", "file", "readers")

    class Meta:
        model = Evidence
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"text": _("Needed without a photo or file. Write no names or details of clients.")}

    @property
    def evidence(self) -> dict[str, Any]:
        """What was filled in and read, as `students.services.evidence.add` takes it."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in {"photo", "file"}}
        return kept | {"file": self.accepted}

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if isinstance(upload, UploadedFile):
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
        if data.get("photo") and isinstance(data.get("file"), UploadedFile):
            self.add_error("photo", _("Add one at a time: a photo or a file."))
        data["file"] = data.get("photo") or self.file_that_stays(data)
        if not data.get("text") and not data["file"] and not self.errors:
            self.add_error("text", _("Write a text or add a file."))
        return data

    def file_that_stays(self, data: dict[str, Any]) -> Any:
        """The file beside the text, when no photo was taken."""
        return data.get("file")


class EvidenceEditForm(EvidenceForm):
    """The same over a piece that is there: its file stays until it is taken away or another one is given."""

    readers = None  # type: ignore[assignment]  # leaves the field out: who may read it is asked elsewhere
    drop_file = forms.BooleanField(required=False)
    field_order = ("text", "drop_file", "photo", "file")

    def __init__(self, *args: Any, instance: Evidence, **kwargs: Any) -> None:
        # By its path: another file has another one
        initial = {"file": instance.file} if instance.file else {}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        if instance.file:
            name = instance.file_name
            self.fields["drop_file"].label = gettext("Take “%(name)s” away") % {"name": name}
            self.fields["file"].label = gettext("Another file instead of “%(name)s”") % {"name": name}
        else:
            del self.fields["drop_file"]

    def file_that_stays(self, data: dict[str, Any]) -> Any:
        upload = data.get("file")
        return False if data.get("drop_file") and not isinstance(upload, UploadedFile) else upload

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.accepted and data.get("drop_file"):
            self.add_error("drop_file", _("Take the file away or add another one: not both."))
        is_new = self.accepted is not None and not self.instance.holds(self.accepted.file)
        if (is_new or data.get("drop_file")) and self.is_other_file("file"):
            self.add_error("file", _FILE_CHANGED)
        return data


class OtherFileForm(EditForm):
    """Another file in place of the one that nobody can open."""

    file = forms.FileField(
        label=_("Another file"),
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT}),
        help_text=_HELP,
    )

    def clean_file(self) -> uploads.Accepted:
        return uploads.check(self.cleaned_data["file"])


class ShareForm(EditForm):
    """Who may read a piece of evidence from now on."""

    readers = ReadersField()

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(
            *args, initial={"readers": readers_of(evidence)}, over=versions.of(evidence), **kwargs
        )
