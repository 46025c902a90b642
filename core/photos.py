"""Photos, kept without what the camera wrote into them: where, when and with what they were taken."""

from __future__ import annotations

import io
import threading

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = {"jpg": "JPEG", "png": "PNG"}
MOST_PIXELS = 30_000_000  # each takes four bytes while the picture is open
# A page at 300 dots an inch; a larger PNG is halved, for writing it whole takes seconds.
KEPT_PIXELS = 10_000_000
QUALITY = 85
FAST = 1  # how hard a PNG is pressed together: harder takes five times as long for a tenth of the size
# A picture that comes in sharper and sharper has some ten layers; each of thousands would be drawn whole.
MOST_LAYERS = 60
_LAYER = b"\xff\xda"

# One at a time in each process: a class that hands in photos together must not fill the server's memory.
_turn = threading.Lock()
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def without_traces(upload: UploadedFile[bytes], extension: str) -> UploadedFile[bytes]:
    """The same picture, upright and in its own colours, and nothing else; of a very large PNG half its width.

    Raises ValidationError for what is no picture, or one of more than 30 million points.
    """
    if extension == "jpg" and _layers(upload) > MOST_LAYERS:
        raise _unreadable()
    try:
        with _turn, Image.open(upload, formats=[FORMATS[extension]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_large()
            content = _redrawn(picture, extension)
    except _TOO_LARGE as error:
        raise _too_large() from error
    except ValidationError:
        raise
    except Exception as error:  # whatever Pillow says of a broken file, a name that it forgot to set among it
        raise _unreadable() from error
    return SimpleUploadedFile(f"photo.{extension}", content)


def within(upload: UploadedFile[bytes], extension: str, most: int) -> UploadedFile[bytes]:
    """The same picture with no side longer than `most` points; one that is small enough is given back as it is."""
    upload.seek(0)
    with _turn, Image.open(upload, formats=[FORMATS[extension]]) as opened:
        picture: Image.Image = opened
        if max(picture.size) <= most:
            upload.seek(0)
            return upload
        kept = {name: picture.info[name] for name in ("icc_profile",) if name in picture.info}
        if picture.mode == "P":
            picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
        picture.thumbnail((most, most))
        content = io.BytesIO()
        picture.save(content, FORMATS[extension], quality=QUALITY, compress_level=FAST, **kept)
    return SimpleUploadedFile(f"photo.{extension}", content.getvalue())


def _redrawn(picture: Image.Image, extension: str) -> bytes:
    picture.load()
    picture.getexif()  # read before `info` is emptied: it says how the camera was held, for `exif_transpose`
    kept = {name: picture.info[name] for name in ("icc_profile", "transparency") if name in picture.info}
    if extension == "jpg":
        kept.pop("transparency", None)
    picture.info = {}
    ImageOps.exif_transpose(picture, in_place=True)
    if extension == "png" and picture.width * picture.height > KEPT_PIXELS:
        if picture.mode == "P":
            picture = picture.convert("RGBA" if "transparency" in kept else "RGB")
            kept.pop("transparency", None)
        picture = picture.reduce(2)
    content = io.BytesIO()
    picture.save(content, FORMATS[extension], quality=QUALITY, compress_level=FAST, **kept)
    return content.getvalue()


def _layers(upload: UploadedFile[bytes]) -> int:
    upload.seek(0)
    found: int = upload.read().count(_LAYER)
    upload.seek(0)
    return found


def _unreadable() -> ValidationError:
    return ValidationError(
        _("This photo cannot be opened. Save it again, or take another one."), code="unreadable"
    )


def _too_large() -> ValidationError:
    return ValidationError(_("This photo is too large. Choose a smaller one."), code="too_large")
