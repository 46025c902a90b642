"""What in a file acts by itself when it is opened: scripts and programs in a PDF, macros and foreign links in a document.

A look of bounded cost, before the scanner (`core.scanning`): for what people hand in there is no use of any of it.
"""

from __future__ import annotations

import re
import zipfile
import zlib

# The harmless text by which scanners are tried out (eicar.org).
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
# What a PDF does by itself. The names that are too short to stand by chance in a picture are looked for everywhere.
_ACTS = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|Rendition)(?![A-Za-z0-9])"
)
_ACTS_SHORT = re.compile(rb"/(?:JS|XFA|GoToE|Movie|Sound)(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
MOST_ESCAPED = 20_000  # no writer of PDFs hides that many letters
_STREAM = re.compile(rb"stream\r?\n")
_NAMES_BEFORE = 400  # bytes in which a stream says what it is
MOST_UNPACKED = 8 * 1024 * 1024  # of the streams that may hold such names, together
MACROS = re.compile(
    r"vbaproject|macrosheets|^basic/|^scripts/|activex/|embeddings/[^/]*\.bin$|\.(?:exe|js|vbs|jar|dll|scr|bat|cmd|ps1|hta|lnk)$",
    re.IGNORECASE,
)
# A part that is fetched from elsewhere when the document opens; a link to click is none.
_FETCHED = re.compile(
    rb'(?=[^>]*TargetMode\s*=\s*["\']External)[^>]*Type\s*=\s*["\'][^"\']*/(?:attachedTemplate|oleObject|frame|subDocument)["\']'
)
_RELATION = re.compile(rb"<Relationship\b")
_FIELDS = re.compile(rb"\bDDE(?:AUTO)?\b")
LARGEST_PART = 2 * 1024 * 1024


def in_pdf(content: bytes) -> bool:
    """Whether a PDF holds something that runs, sends or unpacks itself, also in streams that are pressed together."""
    if _ACTS.search(content):
        return True
    outside, pressed = _parts(content)
    return any(_acts(part) for part in (outside, *pressed))


def in_document(archive: zipfile.ZipFile) -> bool:
    """Whether an office document holds programs, or fetches something when it opens. Its parts are named by then."""
    unpacked = 0
    for entry in archive.infolist():
        if MACROS.search(entry.filename):
            return True
        if not entry.filename.endswith((".rels", "word/document.xml")):
            continue
        unpacked += entry.file_size
        if entry.file_size > LARGEST_PART * 4 or unpacked > MOST_UNPACKED * 4:
            return True
        with archive.open(entry) as part:
            text = part.read(LARGEST_PART * 4)
        if entry.filename.endswith(".rels"):
            if any(_FETCHED.match(text, found.end()) for found in _RELATION.finditer(text)):
                return True
        elif b"instrText" in text and _FIELDS.search(text):
            return True
    return False


def _acts(part: bytes) -> bool:
    if part.count(b"#") > MOST_ESCAPED:
        return True
    plain = _unescaped(part)
    return bool(_ACTS.search(plain) or _ACTS_SHORT.search(plain))


def _unescaped(part: bytes) -> bytes:
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part) if b"#" in part else part


def _parts(content: bytes) -> tuple[bytes, list[bytes]]:
    """What stands between the streams of a PDF, and its streams of objects, unpacked as far as the limit goes."""
    outside, pressed, at, room = [], [], 0, MOST_UNPACKED
    while found := _STREAM.search(content, at):
        end = content.find(b"endstream", found.end())
        if end < 0:
            break
        outside.append(content[at : found.start()])
        at = end + len(b"endstream")
        if room > 0 and b"ObjStm" in _unescaped(outside[-1][-_NAMES_BEFORE:]):
            try:
                part = zlib.decompressobj().decompress(content[found.end() : end], room)
            except zlib.error:
                continue
            room -= len(part)
            pressed.append(part)
    outside.append(content[at:])
    return b"\n".join(outside), pressed
