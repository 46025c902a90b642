"""The files of someone's record, in one archive."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from typing import IO, cast

from django.utils.translation import gettext as _

from core.privacy.record import files_of

IN_MEMORY = 1024 * 1024  # a larger archive stands on the disk until it was sent


def archive_of(person_id: int) -> tuple[IO[bytes], list[str]]:
    """The files of the record in one archive, from its first byte, and the names of those that are kept back.

    Kept back is what is handed out on no page either: the scanner found something or has still to look, or it is gone.
    With them comes a list of their hashes, as `sha256sum --check` reads it; the page that checks files knows them.
    """
    hashes = []
    archive, kept_back = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY), []  # noqa: SIM115  # handed out open
    with zipfile.ZipFile(archive, "w") as whole:
        for name, file in files_of(person_id):
            try:
                if file.kept_back:
                    raise FileNotFoundError
                with file.open() as content, whole.open(zipfile.ZipInfo(name), "w") as part:
                    shutil.copyfileobj(content, part)
                hashes.append(f"{file.digest}  {name}\n")
            except FileNotFoundError:
                kept_back.append(name)
        if hashes:
            whole.writestr(str(_("checksums.txt")), "".join(hashes))
        if kept_back:
            whole.writestr(str(_("not included.txt")), "\n".join(kept_back))
    archive.seek(0)
    return cast("IO[bytes]", archive), kept_back
