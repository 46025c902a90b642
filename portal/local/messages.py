"""Catalogues in Python, since a bare system has no GNU gettext.

`python -m portal.local.messages` compiles them; with `check` it compares them with the texts in code and templates:
every text needs a Dutch translation that is not marked fuzzy and keeps the placeholders.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from portal.local.paths import ROOT

APPS = ["core", "accounts", "partnerships", "programmes", "students", "placements", "portal"]
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SHOWN = 40
Text = tuple[str, tuple[str, ...], str]  # context, singular and plural, where


def catalogues() -> list[Path]:
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))


def compile_catalogues() -> None:
    """Only what is older than its source; written beside it and moved, so that readers never see half a file."""
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        catalogue = _read(source)
        unfinished = Path(f"{target}.part")
        with unfinished.open("wb") as file:
            write_mo(file, catalogue)
        unfinished.rename(target)


def texts() -> Iterator[Text]:
    """Every text marked for translation in our code and templates."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _extract(path, path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            yield from _extract(path, _as_python(path))


def faults() -> list[str]:
    found = []
    for source in catalogues():
        catalogue = _read(source)
        for context, forms, where in texts():
            if problem := _problem(catalogue, context, forms):
                found.append(f"{source.parent.parent.name}: {problem}: {forms[0]!r} ({where})")
        found += [
            f"{source.parent.parent.name}: fuzzy: {message.id!r}"
            for message in catalogue
            if message.fuzzy and message.id
        ]
    return list(dict.fromkeys(found))


def _read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=source.parent.parent.name)


def _as_python(path: Path) -> str:
    """Django's own reader of templates writes something that a reader of Python can take, but for the indents."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - not needed to compile

    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in code.splitlines())


def _extract(path: Path, code: str) -> Iterator[Text]:
    where = str(path.relative_to(ROOT))
    for line, found, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
        forms = found if isinstance(found, tuple) else (found,)
        yield context or "", tuple(form for form in forms if form), f"{where}:{line}"


def _problem(catalogue: Catalog, context: str, forms: tuple[str, ...]) -> str:
    message = catalogue.get(forms[0], context or None)
    if message is None:
        return "missing"
    translated = _strings(message)
    if not translated or not all(translated):
        return "untranslated"
    for text in translated:
        extra = set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(" ".join(forms)))
        if extra:
            return f"unknown placeholder {', '.join(sorted(extra))}"
    lost = set(PLACEHOLDER.findall(forms[-1])) - set(PLACEHOLDER.findall(translated[-1]))
    return f"lost placeholder {', '.join(sorted(lost))}" if lost else ""


def _strings(message: Message) -> list[str]:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return [text or "" for text in strings]


def main() -> int:
    compile_catalogues()
    if sys.argv[1:] != ["check"]:
        return 0
    found = faults()
    for fault in found[:SHOWN]:
        print(fault, file=sys.stderr)
    if len(found) > SHOWN:
        print(f"… and {len(found) - SHOWN} more", file=sys.stderr)
    print(f"{len(list(texts()))} texts, {len(found)} without a good translation")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
