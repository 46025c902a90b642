"""PDFs of any text that a form takes, made by typst from data: what people wrote goes in as JSON and is never template.

A sign that the fonts of the house lack comes from a fallback font (`ui/fonts/fallback`, each with the signs it has in
`coverage.txt`). What no font draws is shown by its number, [U+1E6C0], so that nobody signs a text with a hole in it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from core import pasted

FOLDER = Path(__file__).parent / "fonts"
COVERAGE = FOLDER / "fallback" / "coverage.txt"
_ALWAYS = "\n "
_IGNORED = re.compile("[\u034f\u061c\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0020-\U000e007f]")
_JOINED_PICTURES = re.compile("(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d")
_LINE_OF_LIST = re.compile(r"(?P<indent> *)(?:- |(?P<number>\d{1,2})[.)] )(?P<text>\S.*)")
CIRCLE = "\u25cc"  # carries a mark that has no letter
Bounds = list[int]


def made(template: str, data: dict[str, Any]) -> bytes:
    """The PDF (PDF/UA-1) of this data in a template, named from the folder of templates.

    `data` holds texts, lists and records of texts; "language" and "title" are the document's. Any text can be printed.
    """
    try:
        return _compiled(template, printable(data))
    except typst.TypstError:
        # A font that has each sign of a cluster and cannot draw them together: whatever is not plain is shown by its number.
        return _compiled(template, printable(data, only_plain=True))


def printable(value: Any, *, only_plain: bool = False) -> Any:
    """The same data as it can be drawn: what no font has is replaced by its number, old texts are cleaned like new ones."""
    if isinstance(value, str):
        return _printable(value, only_plain=only_plain)
    if isinstance(value, dict):
        return {key: printable(one, only_plain=only_plain) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one, only_plain=only_plain) for one in value]
    return value


def blocks(text: str) -> list[dict[str, Any]]:
    """The lines and lists of a text, for `prose` in templates/pdf/house.typ: what reads as a list is one to a screen reader.

    {"kind": "lines", "lines": […]}, {"kind": "list" | "numbers", "start": 1, "items": [{"text": …, "blocks": […]}]}
    """
    return _blocks(pasted.text(text).split("\n"))


def _blocks(lines: Sequence[str], level: int = 0) -> list[dict[str, Any]]:
    made_of: list[dict[str, Any]] = []
    under: list[str] = []

    def close() -> None:
        if under:
            made_of[-1]["items"][-1]["blocks"] = _blocks(under, level + 1)
            under.clear()

    depth = 0
    for line in lines:
        found = _LINE_OF_LIST.fullmatch(line)
        deeper = found and len(found["indent"]) > depth and level < pasted.DEEPEST
        if deeper and made_of and made_of[-1]["kind"] != "lines":
            under.append(line)
            continue
        close()
        if not found:
            _add_line(made_of, line)
            continue
        depth = len(found["indent"])
        kind = "numbers" if found["number"] else "list"
        if not made_of or made_of[-1]["kind"] != kind:
            made_of.append({"kind": kind, "start": int(found["number"] or 1), "items": []})
        made_of[-1]["items"].append({"text": found["text"], "blocks": []})
    close()
    return [block for block in made_of if block.get("lines") or block.get("items")]


def _add_line(made_of: list[dict[str, Any]], line: str) -> None:
    """To the paragraph that it goes on; an empty line begins another."""
    if not line.strip():
        made_of.append({"kind": "lines", "lines": []})
    elif made_of and made_of[-1]["kind"] == "lines":
        made_of[-1]["lines"].append(line.strip())
    else:
        made_of.append({"kind": "lines", "lines": [line.strip()]})


def named(sign: str) -> str:
    """What stands in the place of a sign that cannot be drawn: 😀 → [U+1F600]."""
    return f"[U+{ord(sign):04X}]"


def _compiled(template: str, data: dict[str, Any]) -> bytes:
    folder = Path(settings.ROOT) / "templates"
    fonts = {"house": _signs_of_the_house(), "fallback": [family for family, _bounds in _coverage()[1:]]}
    return bytes(
        typst.compile(
            str(folder / template),
            root=str(folder),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False), "fonts": json.dumps(fonts)},
            pdf_standards=["ua-1"],
        )
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


@cache
def _coverage() -> list[tuple[str, Bounds]]:
    """The house and each fallback font, with the first of each range of signs and the first after it, in turn."""
    found = []
    for line in COVERAGE.read_text(encoding="utf-8").splitlines():
        _file, family, ranges = line.split("\t")
        bounds = []
        for one in ranges.split():
            first, _dash, last = one.partition("-")
            bounds += [int(first, 16), int(last or first, 16) + 1]
        found.append((family, bounds))
    return found


@cache
def _signs_of_the_house() -> str:
    """As a class of a regular expression."""
    bounds = iter(_coverage()[0][1])
    ranges = (f"\\u{{{first:x}}}-\\u{{{after - 1:x}}}" for first, after in zip(bounds, bounds, strict=True))
    return f"[{''.join(ranges)}]"


def _printable(text: str, *, only_plain: bool) -> str:
    if all(_is_plain(sign) for sign in text):
        return text
    # Our emoji are drawn one by one, and copied as they are drawn.
    text = _JOINED_PICTURES.sub("", pasted.text(text))
    if only_plain:
        return "".join(one if _is_plain(one) else named(one) for one in text)
    return "".join(_drawn(cluster) for cluster in _clusters(text))


def _clusters(text: str) -> list[str]:
    """A letter with the marks on it, which one font has to draw together; everything else by itself."""
    clusters: list[str] = []
    for sign in text:
        is_mark = unicodedata.category(sign).startswith("M")
        if clusters and clusters[-1] != "\n" and (is_mark or _IGNORED.match(sign)):
            clusters[-1] += sign
        elif is_mark:
            clusters.append(CIRCLE + sign)
        else:
            clusters.append(sign)
    return clusters


def _drawn(cluster: str) -> str:
    signs = [sign for sign in cluster if not _IGNORED.match(sign)]
    if len(signs) == 1 and _is_plain(signs[0]):
        return cluster
    fonts = [bounds for _family, bounds in _coverage()[1:]]
    if any(all(_has(bounds, sign) for sign in signs) for bounds in fonts):
        return cluster
    first = signs[:1] if any(_has(bounds, sign) for sign in signs[:1] for bounds in fonts) else []
    return "".join([*first, *(named(sign) for sign in signs[len(first) :])])


def _is_plain(sign: str) -> bool:
    return sign in _ALWAYS or _has(_coverage()[0][1], sign)


def _has(bounds: Bounds, sign: str) -> bool:
    return bisect_right(bounds, ord(sign)) % 2 == 1
