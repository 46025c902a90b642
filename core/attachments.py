"""What may be uploaded: the content decides, never the name alone."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core import active, scanning
from core.photos import FORMATS, without_traces

MOST_BYTES = 10 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
LONGEST_NAME = 120
LONGEST_LIST = MOST_ENTRIES * 300  # bytes in which an archive lists its parts
_END, _END_SIZE, _LONGEST_REMARK = b"PK\x05\x06", 22, 65_535
UNFIT_IN_NAME = re.compile(r"[^\w .()+-]")
DOTS = re.compile(r"\.{2,}")

SIGNATURES = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
OFFICE = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
ALIASES = {"jpeg": "jpg"}
ACCEPT_PHOTO = "image/jpeg,image/png"  # a phone then hands over a photo of a kind that we take
ACCEPT = ",".join(f".{extension}" for extension in [*TYPES, *ALIASES])

ACTIVE = _(
    "There is a program, script or attachment in this file. Save it without that, or print it to a new PDF."
)
SUSPECT = _("The virus scanner found something in this file. It was not kept.")
_REFUSED = _("Choose a PDF, a photo (JPG or PNG) or a document of Word, Excel, PowerPoint or LibreOffice.")


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept: a clean name, the type that its content has, and the content."""

    file: UploadedFile[bytes]
    name: str
    content_type: str
    size: int


def check(upload: UploadedFile[bytes]) -> Accepted:
    """Give back a file that may be kept, or raise ValidationError.

    Refused are files that are too large, of an unknown or another kind than their name says, or that act by themselves.

    Of a photo only the picture is kept, without the place where it was taken.
    """
    size = upload.size or 0
    if size > MOST_BYTES:
        raise ValidationError(_("This file is larger than 10 MB. Choose a smaller one."), code="too_large")
    if not size:
        raise ValidationError(_("This file is empty."), code="empty")
    extension = _extension(upload.name or "")
    if extension not in TYPES or not _content_fits(upload, extension):
        raise ValidationError(_REFUSED, code="kind")
    if _is_active(upload, extension):
        raise ValidationError(ACTIVE, code="active")
    kept = without_traces(upload, extension) if extension in FORMATS else upload
    kept.scan = scanning.look(kept.read())  # type: ignore[attr-defined]  # for `core.files`, which keeps it
    kept.seek(0)
    if kept.scan == scanning.Scan.SUSPECT:  # type: ignore[attr-defined]  # set above
        raise ValidationError(SUSPECT, code="suspect")
    return Accepted(kept, clean_name(upload.name or "", extension), TYPES[extension], kept.size or 0)


def clean_name(name: str, extension: str) -> str:
    """A name without folders, control characters or tricks; the extension is the one that was checked."""
    stem = PurePosixPath(name.replace("\\", "/")).name.rpartition(".")[0]
    stem = DOTS.sub(".", UNFIT_IN_NAME.sub("", stem)).strip(" .")[:LONGEST_NAME]
    return f"{stem or 'bestand'}.{extension}"


def _extension(name: str) -> str:
    extension = name.rpartition(".")[2].lower()
    return ALIASES.get(extension, extension)


def _content_fits(upload: UploadedFile[bytes], extension: str) -> bool:
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if extension in SIGNATURES:
        # Nor may it be an archive as well, for whoever opens it by another name.
        return content.startswith(SIGNATURES[extension]) and not (extension == "pdf" and _listed(content))
    if not content.startswith(b"PK\x03\x04") or not 0 < _listed(content) <= LONGEST_LIST:
        return False
    try:
        with zipfile.ZipFile(upload) as archive:
            return _is_document(archive, extension)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return False
    finally:
        upload.seek(0)


def _listed(content: bytes) -> int:
    """How many bytes the list of an archive takes, as its end says; 0 where there is no archive."""
    tail = content[-(_END_SIZE + _LONGEST_REMARK) :]
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + _END_SIZE:
        return 0
    return int.from_bytes(tail[end + 12 : end + 16], "little")


def _is_active(upload: UploadedFile[bytes], extension: str) -> bool:
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if active.EICAR in content:
        return True
    if extension == "pdf":
        return active.in_pdf(content)
    if extension in FORMATS:
        return False
    try:
        with zipfile.ZipFile(upload) as archive:
            return active.in_document(archive)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return True  # a part that cannot be read is not looked at by anyone
    finally:
        upload.seek(0)


def _is_document(archive: zipfile.ZipFile, extension: str) -> bool:
    """Whether this is a document of its kind that does not unpack to something huge.

    Only the list of its parts and its type are unpacked."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return False
    names = {entry.filename for entry in entries}
    if extension in OFFICE:
        return {"[Content_Types].xml", OFFICE[extension]} <= names
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > 200:
        return False
    return archive.read("mimetype").strip() == TYPES[extension].encode()
