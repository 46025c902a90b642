"""Text as people paste it from Word, a phone or a spreadsheet, made into what they meant: nothing that is read is lost.

`text` keeps lines, `line` makes one line of them. Forms, tables and importers all take what people type through these two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Line ends of other systems, of Word (a vertical tab within a paragraph) and of the web.
_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# What prints nothing and nobody types: controls, soft hyphens, marks of word processors, and those that turn text round.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff0-\ufffc"
    "\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e00ff\ud800-\udfff]"
)
# What carries meaning in one place and is a leftover in another: see `_says_something`.
_MAYBE = re.compile("[\u034f\u061c\u200c-\u200f\ufe00-\ufe0f\U000e0020-\U000e007f]")
_MARKS = "\u061c\u200e\u200f"
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Scripts in which a joiner changes how a letter is written, and signs that a joiner makes one picture of.
_JOINING = re.compile(
    "[\u0600-\u10ff\u1780-\u18af\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
_PICTURE = re.compile("[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff]")
_PICTURE_ENDS = re.compile("[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff\ufe0f\U000e007f]")
# After these Latin signs a variation says how they are drawn (a key, a copyright sign); after the others it says nothing.
_VARIED = re.compile("[0-9#*\xa9\xae\u0250-\u200b\u2010-\ufdff\ufe10-\U000dffff]")
_BLACK_FLAG, _LONGEST_FLAG = "\U0001f3f4", 7
_TAGS = "".join(map(chr, range(0xE0020, 0xE0080)))
# Symbols that Word draws with a font of its own; elsewhere they are empty squares.
_OF_WORD = str.maketrans(
    {
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\uf0d8": "➢",
        "\uf0fc": "✓",
        "\uf0fb": "✗",
        "\uf076": "❖",
        "\uf06f": "□",
        "\uf0a8": "□",
        "\uf0fe": "☑",
        "\uf0e0": "→",
        "\uf0df": "←",
        "\uf0e8": "→",
        "\uf04a": "☺",
        "\uf04c": "☹",
        "\uf02d": "-",
    }
)
BULLETS = "•‣⁃◦●○∙▪▫■□➢➤❖·⦁⦿◘◙"
# A bullet of Word's own comes as a letter with a tab behind it: o is a circle, the others are drawn by a font of symbols.
_BULLET = re.compile(
    rf"(?P<indent>[ \t]*)(?P<mark>[{BULLETS}](?:[ \t]*[{BULLETS}])*[ \t]*|[-–*][ \t]+|[—o§Øü]\t[ \t]*)(?P<rest>[^ \t].*)"
)
_IN_FRONT = re.compile(rf"[ \t]*[{BULLETS}](?:[ \t]*[{BULLETS}])*[ \t]*(?=[^ \t])")
_DEEPER = {"o": 1, "◦": 1, "○": 1, "§": 2, "▪": 2, "▫": 2, "■": 2}
INDENT, DEEPEST = "  ", 3
_LINE = "[!-)+,./0-~](?:[ -~]*[!-~])?"
_PLAIN = re.compile(f"(?:{_LINE})?(?:\\n(?:{_LINE})?)*")  # nothing in it that could be anything else


def text(value: str) -> str:
    """The text in lines: those of a list begin with "- ", two spaces deeper for each level.

    Line ends become "\\n", odd spaces plain ones, letters are composed; invisible characters and spaces at the end of a line
    go. Doing it again changes nothing.
    """
    return value if _PLAIN.fullmatch(value) else _until_same(_lines, value)


def line(value: str) -> str:
    """The same in one line, for a name, a title or a cell: a break or a tab becomes a space, a bullet in front goes."""
    if value.isascii() and value.isprintable() and "  " not in value and value == value.strip():
        return value
    return _until_same(_one_line, value)


def _until_same(step: Callable[[str], str], value: str) -> str:
    while (once := step(value)) != value:
        value = once
    return value


def _lines(value: str) -> str:
    return "\n".join(_list_line(one.rstrip(" \t")) for one in _characters(value).split("\n"))


def _list_line(one: str) -> str:
    found = _BULLET.fullmatch(one)
    if not found:
        return one.replace("\t", " ")
    indent, mark, rest = found["indent"], found["mark"], found["rest"]
    level = min(max(indent.count("\t") + indent.count(" ") // len(INDENT), _DEEPER.get(mark[0], 0)), DEEPEST)
    return f"{INDENT * level}- {rest}".replace("\t", " ")


def _one_line(value: str) -> str:
    lines = (_without_bullet(one) for one in _characters(value).split("\n"))
    return " ".join(" ".join(lines).split())


def _without_bullet(one: str) -> str:
    found = _IN_FRONT.match(one)
    return one[found.end() :] if found else one


def _characters(value: str) -> str:
    value = _SPACES.sub(" ", _ENDS.sub("\n", value)).translate(_OF_WORD)
    value = _DROPPED.sub("", unicodedata.normalize("NFC", value))
    if _MAYBE.search(value):
        turned = bool(_RIGHT_TO_LEFT.search(value))
        value = "".join(
            letter
            for at, letter in enumerate(value)
            if not _MAYBE.match(letter) or _says_something(value, at, turned)
        )
    return unicodedata.normalize("NFC", value)


def _says_something(value: str, at: int, turned: bool) -> bool:
    """Whether an invisible character changes what is read here; `turned`: there are letters that run from right to left."""
    letter, before, after = value[at], value[at - 1 : at], value[at + 1 : at + 2]
    if letter in _MARKS:
        return turned
    if letter == "\u034f":  # keeps two marks on a letter apart
        return bool(before and after and unicodedata.combining(before) and unicodedata.combining(after))
    if letter in "\u200c\u200d" and _JOINING.match(before):
        return True
    if letter == "\u200d":
        return bool(_PICTURE_ENDS.match(before) and _PICTURE.match(after))
    if letter <= "\ufe0f":
        return bool(_VARIED.match(before))
    # The name of a country, in a flag.
    return _BLACK_FLAG in value[max(at - _LONGEST_FLAG, 0) : at].rstrip(_TAGS)[-1:]
