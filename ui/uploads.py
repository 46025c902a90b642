"""Forms of an import: hand in a file, see what is in it, and only then have it written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from ui.forms import PortalForm

_HELD_FOR = 24 * 3600  # seconds between check and confirmation
_LONGEST_HELD = 2_000_000
RUN_OUT = _("The check has run out. Choose the file again.")
CHANGED = _("Something changed since the check. Choose the file again.")


class CsvUploadForm(PortalForm):
    """One CSV file of at most `most_bytes`."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Separated by semicolons, saved as “CSV UTF-8”."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "empty": _("The file is empty."),
            "max_length": _("The name of the file is too long."),
        },
        max_length=200,
    )

    def __init__(self, *args: Any, most_bytes: int, **kwargs: Any) -> None:
        self.most_bytes = most_bytes
        super().__init__(*args, **kwargs)

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse a file that is too large before any of it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > self.most_bytes:
            raise forms.ValidationError(
                _("The file is too large. Split it into files of at most %(size)d kB."),
                params={"size": self.most_bytes // 1000},
            )
        return file


class HeldFileForm(PortalForm):
    """A checked file that waits for confirmation. The page itself holds it, so nothing of it is kept on the server.

    Signed for one person and one purpose (`salt`); it is read and checked again before it is written.
    """

    elfproef_exempt = ("held",)
    held = forms.CharField(widget=forms.HiddenInput, max_length=_LONGEST_HELD)

    def __init__(self, *args: Any, salt: str, **kwargs: Any) -> None:
        self.salt = salt
        super().__init__(*args, **kwargs)

    @classmethod
    def holding(cls, content: bytes, *, salt: str) -> HeldFileForm:
        """A form around a file that was read without errors."""
        text = content.decode("utf-8-sig")
        return cls(initial={"held": signing.dumps(text, salt=salt, compress=True)}, salt=salt)

    def clean_held(self) -> str:
        """The text of the file."""
        try:
            text = signing.loads(self.cleaned_data["held"], salt=self.salt, max_age=_HELD_FOR)
        except signing.BadSignature as error:
            raise forms.ValidationError(RUN_OUT) from error
        return str(text)
