"""Asks a virus scanner (clamd, by the setting CLAMD) what it thinks of a file, by its protocol INSTREAM.

Without the setting nobody is asked. A scanner that is away, or answers late or oddly, is asked
again later (`core.files.look_again`).
"""

from __future__ import annotations

import logging
import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

PIECE = 64 * 1024
PATIENCE = 1.5  # seconds: a person waits for it with the form
LONGEST_ANSWER = 4_096


class Scan(TextChoices):
    """What is known of a file."""

    NOT_ASKED = "not_asked", _("not looked at by a scanner")
    PENDING = "pending", _("waits for the scanner")
    CLEAN = "clean", _("nothing found")
    SUSPECT = "suspect", _("something was found")
    GONE = "gone", _("not in the store any more")


# Why a file is not handed out, whoever may read it
KEPT_BACK: dict[str, Promise] = {
    Scan.SUSPECT: _(
        "The virus scanner found something in this file, so it is not handed out. Ask who added it for another one."
    ),
    Scan.GONE: _("This file is not there any more. Ask who added it for another one."),
    Scan.PENDING: _("The virus scanner still has to look at this file. Try again in a few minutes."),
}


def look(content: bytes) -> Scan:
    """What the scanner says of this content; PENDING when it could not be asked, NOT_ASKED when there is none."""
    if not settings.CLAMD:
        return Scan.NOT_ASKED
    try:
        answer = _ask(content)
    except OSError as trouble:
        logger.warning("The scanner could not be asked: %s", type(trouble).__name__)
        return Scan.PENDING
    if answer.endswith("OK"):
        return Scan.CLEAN
    if answer.endswith("FOUND"):
        return Scan.SUSPECT
    logger.warning("The scanner answered oddly")
    return Scan.PENDING


def _ask(content: bytes) -> str:
    with closing(_connected()) as line:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), PIECE):
            piece = content[at : at + PIECE]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
            more = line.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _connected() -> socket.socket:
    address = urlsplit(settings.CLAMD)
    if address.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(address.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((address.hostname or "", address.port or 3310), timeout=PATIENCE)
