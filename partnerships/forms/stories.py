"""A version of the story of an initiative."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import attachments as uploads
from core.photos import FORMATS, within
from partnerships.models import StoryVersion
from ui.forms import PortalModelForm

WIDEST = 1600  # points: sharp across a page, and small enough for a phone


class StoryForm(PortalModelForm):
    """The text, and an image with its words."""

    picture = forms.FileField(
        label=_("Image"),
        required=False,
        widget=forms.FileInput(attrs={"accept": uploads.ACCEPT_PHOTO}),
        help_text=_("JPG or PNG, at most 10 MB. Nobody is recognisable without having said yes."),
    )
    field_order = ("text", "picture", "alt")
    sometimes = ("alt",)

    class Meta:
        model = StoryVersion
        fields = ("text", "alt")
        help_texts = {"alt": _("One sentence for who does not see the image. Needed with an image.")}

    def clean_picture(self) -> uploads.Accepted | None:
        upload = self.cleaned_data.get("picture")
        if not upload:
            return None
        found = uploads.check(upload)
        extension = found.name.rpartition(".")[2]
        if extension not in FORMATS:
            raise forms.ValidationError(_("Choose an image: JPG or PNG."))
        smaller = within(found.file, extension, WIDEST)
        smaller.scan = found.file.scan  # type: ignore[attr-defined]  # for `core.files`, which keeps it
        return uploads.Accepted(smaller, found.name, found.content_type, smaller.size or 0)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("picture") and not data.get("alt") and "alt" not in self.errors:
            self.add_error("alt", _("Say what the image shows, for who does not see it."))
        if not data.get("picture") and "picture" not in self.errors:
            data["alt"] = ""
        return data

    def values(self) -> dict[str, Any]:
        """What `services.stories.write` takes."""
        data = self.cleaned_data
        return {"text": data["text"], "image": data.get("picture"), "alt": data.get("alt", "")}
