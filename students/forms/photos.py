"""Photos, kept without what the camera wrote into them: where, when and with what they were taken."""

from __future__ import annotations

import io

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = {"jpg": "JPEG", "png": "PNG"}
MOST_PIXELS = 60_000_000  # what a telephone makes; more would fill the memory of the server
QUALITY = 90

_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def without_traces(upload: UploadedFile[bytes], extension: str) -> UploadedFile[bytes]:
    """The same picture, upright and in its own colours, and nothing else. Raises ValidationError for no picture."""
    try:
        with Image.open(upload, formats=[FORMATS[extension]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("This photo is too large. Choose a smaller one."), code="too_large")
            colours = picture.info.get("icc_profile")
            upright = ImageOps.exif_transpose(picture)
            upright.info = {}  # comments and the like would be written again
            kept = io.BytesIO()
            upright.save(kept, FORMATS[extension], quality=QUALITY, icc_profile=colours)
    except _UNREADABLE as error:
        raise ValidationError(
            _("This photo cannot be opened. Save it again, or take another one."), code="unreadable"
        ) from error
    return SimpleUploadedFile(f"photo.{extension}", kept.getvalue())
