"""Join the stylesheet sources into the one file that is shipped, lightly minified.

No preprocessor: the sources are plain CSS that a browser could read. The result is committed, so that a checkout
runs without a build step; a test fails when it is out of date.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

STATIC = Path(settings.ROOT) / "static" / "css"
TARGET = STATIC / "portal.css"


def minify(css: str) -> str:
    """Drop comments and white space that carry no meaning; keep everything else as written."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(
        r": (?=[^{};]*[;}])", ":", css
    )  # in declarations only; a space in a selector means descendant
    css = re.sub(r"\(([a-z-]+): ", r"(\1:", css)  # (min-width: 44rem)
    return css.replace(";}", "}").strip() + "\n"


def stylesheet() -> str:
    """The shipped text, made from the sources in the order of their names."""
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "src").glob("*.css")))
    # A source stands one folder deeper than the shipped file.
    return minify(sources).replace("url(../../", "url(../")


class Command(BaseCommand):
    help = "Build static/css/portal.css from static/css/src/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only tell whether the file is current")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        built = stylesheet()
        current = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
        if check:
            if built != current:
                self.stderr.write("portal.css is out of date: run manage.py build_css")
                raise SystemExit(1)
            return
        TARGET.write_text(built, encoding="utf-8")
        self.stdout.write(f"{TARGET.relative_to(settings.ROOT)}: {len(built)} bytes")
