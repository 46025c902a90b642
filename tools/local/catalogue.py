"""Catalogues in Python, since a bare system has no GNU gettext.

`python -m tools.local.catalogue` compiles them; with `check` it compares them with the texts in code and templates:
every text needs a Dutch translation that is not marked fuzzy and keeps the placeholders, and every translation a text.
"""

import io
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.local.paths import ROOT

APPS = [
    "core",
    "ui",
    "accounts",
    "partnerships",
    "meetings",
    "programmes",
    "students",
    "placements",
    "agreements",
    "playbooks",
    "search",
    "portal",
    "demo",
]
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SHOWN = 40


def catalogues() -> list[Path]:
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))


def compile_catalogues() -> None:
    """Only what is older than its source; written beside it and moved, so that nobody sees half a file."""
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        catalogue = _read(source)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
            write_mo(file, catalogue)
        unfinished = Path(file.name)
        unfinished.chmod(0o644)
        unfinished.rename(target)


def texts() -> Catalog:
    """Every text marked for translation in our code and templates."""
    found = Catalog()
    for path, code in _sources():
        where = str(path.relative_to(ROOT))
        for line, text, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            found.add(text, locations=[(where, line)], context=context)
    return found


def faults(catalogue: Catalog, wanted: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, held against the texts that are wanted. Changes the catalogue."""
    catalogue.update(wanted, no_fuzzy_matching=True)
    for message in catalogue:
        if message.id and (problem := _problem(message)):
            where = ", ".join(f"{path}:{line}" for path, line in message.locations[:1])
            yield f"{problem}: {_forms(message.id)[0]!r} ({where})"
    for message in catalogue.obsolete.values():
        yield f"used nowhere: {_forms(message.id)[0]!r}"


def _read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=source.parent.parent.name)


def _sources() -> Iterator[tuple[Path, str]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            yield path, _as_python(path)


def _as_python(path: Path) -> str:
    """Django's own reader of templates writes something that a reader of Python can take, but for the indents."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - not needed to compile

    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.strip() for line in code.splitlines())


def _problem(message: Message) -> str:
    forms, translated = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        return "fuzzy"
    if not all(translated):
        return "untranslated"
    # A singular may do without the number; the plural may not, and nobody may name what is not there.
    unknown = _placeholders(*translated) - _placeholders(*forms)
    lost = _placeholders(forms[-1]) - _placeholders(translated[-1])
    return " and ".join(
        f"{fault} placeholder {', '.join(sorted(names))}"
        for fault, names in (("unknown", unknown), ("lost", lost))
        if names
    )


def _placeholders(*texts: str) -> set[str]:
    return set(PLACEHOLDER.findall(" ".join(texts)))


def _forms(text: Any) -> tuple[str, ...]:
    """Singular and plural, or the one form there is."""
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def main() -> int:
    compile_catalogues()
    if sys.argv[1:] != ["check"]:
        return 0
    wanted = texts()
    found = [
        f"{source.parent.parent.name}: {fault}"
        for source in catalogues()
        for fault in faults(_read(source), wanted)
    ]
    for fault in found[:SHOWN]:
        print(fault, file=sys.stderr)
    if len(found) > SHOWN:
        print(f"… and {len(found) - SHOWN} more", file=sys.stderr)
    print(f"{len(wanted)} texts, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
