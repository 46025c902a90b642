"""The store of files: whole files or none, whatever the disk says."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Django's store, without the piece of a file that a full disk leaves."""

    def _save(self, name: str, content: Any) -> str:
        path = self.path(name)
        was_there = os.path.exists(path)
        try:
            kept: str = super()._save(name, content)  # type: ignore[misc]  # a hook of Django that the stubs do not know
        except OSError:
            if not was_there:
                with suppress(OSError):
                    os.unlink(path)
            raise
        return kept
