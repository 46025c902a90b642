"""Photos, kept without what the camera wrote into them: where, when and with what they were taken."""

from __future__ import annotations

import io
import struct
import threading

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = {"jpg": "JPEG", "png": "PNG"}
MOST_PIXELS = 30_000_000  # each takes four bytes while the picture is open
QUALITY = 85

# One at a time in each process: a class that hands in photos together must not fill the server's memory.
_turn = threading.Lock()
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# What Pillow raises for a broken file, or for odd values in the data beside the picture.
_UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, struct.error)


def without_traces(upload: UploadedFile[bytes], extension: str) -> UploadedFile[bytes]:
    """The same picture, upright and in its own colours, and nothing else.

    Raises ValidationError for what is no picture, or one of more than 30 million points.
    """
    try:
        with _turn, Image.open(upload, formats=[FORMATS[extension]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_large()
            content = _redrawn(picture, extension)
    except _TOO_LARGE as error:
        raise _too_large() from error
    except _UNREADABLE as error:
        raise ValidationError(
            _("This photo cannot be opened. Save it again, or take another one."), code="unreadable"
        ) from error
    return SimpleUploadedFile(f"photo.{extension}", content)


def _redrawn(picture: Image.Image, extension: str) -> bytes:
    picture.load()
    picture.getexif()  # read before `info` is emptied: it says how the camera was held, for `exif_transpose`
    kept = {name: picture.info[name] for name in ("icc_profile", "transparency") if name in picture.info}
    if extension == "jpg":
        kept.pop("transparency", None)
    picture.info = {}
    ImageOps.exif_transpose(picture, in_place=True)
    content = io.BytesIO()
    picture.save(content, FORMATS[extension], quality=QUALITY, **kept)
    return content.getvalue()


def _too_large() -> ValidationError:
    return ValidationError(_("This photo is too large. Choose a smaller one."), code="too_large")
