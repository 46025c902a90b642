"""The stylesheet: `css/portal.css`, joined of the sources in `static/css/src/` whenever it is asked for or collected.

The sources are plain CSS; the order of their names is the order of the file. A browser makes one request for it. What only
one kind of page needs stands in a file of that kind, `static/css/kinds/<kind>.css`, which those pages load besides as
`css/<kind>.css`.
"""

import re
import shutil
import weakref
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

NAME, SOURCES, KINDS = "css/portal.css", "css/src/", "css/kinds/"


def stylesheet() -> str:
    """The text of the stylesheet, joined of its sources."""
    folder = Path(settings.ROOT) / "static" / SOURCES
    css = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))
    # A source stands one folder deeper than the file that browsers get.
    return without_comments(css).replace("url(../../", "url(../")


def sheets() -> dict[str, str]:
    """The text of every stylesheet by its address: the one of all pages, and those of one kind of page."""
    kinds = sorted((Path(settings.ROOT) / "static" / KINDS).glob("*.css"))
    texts = {f"css/{path.name}": path.read_text(encoding="utf-8") for path in kinds}
    return {NAME: stylesheet()} | {name: without_comments(css) for name, css in texts.items()}


def without_comments(css: str) -> str:
    """Without comments, indentation and empty lines: after compression within 3 % of what a minifier makes (ADR 6)."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    lines = (line.strip() for line in bare.splitlines())
    return "".join(f"{line}\n" for line in lines if line)


class StylesheetFinder(FileSystemFinder):
    """Django's finder of what stands in STATICFILES_DIRS, with the joined stylesheet in place of its sources."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        folder = mkdtemp(prefix="leerpact-css-")  # what is found must have a path
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.locations.append(("", folder))
        self.storages[folder] = FileSystemStorage(location=folder)
        self._folder = Path(folder)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        self._write()
        return super().list([*(ignore_patterns or ()), f"{SOURCES}*", f"{KINDS}*"])

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        if path.startswith((SOURCES, KINDS)):
            return []
        if path.startswith("css/"):
            self._write()
        return super().find(path, *args, **kwargs)

    def _write(self) -> None:
        """Write what differs from what is there. It is moved into place, so that nobody reads half of it."""
        for name, css in sheets().items():
            target = self._folder / name
            if target.exists() and target.read_text(encoding="utf-8") == css:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", encoding="utf-8", delete=False) as unfinished:
                unfinished.write(css)
            Path(unfinished.name).replace(target)
