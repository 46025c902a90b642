"""What changed between two texts, word by word, for versions side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `changed` when the other version does not have it."""

    text: str
    changed: bool

    def __str__(self) -> str:
        return self.text


def compare(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """The old and the new text in pieces; joined again they are the texts themselves."""
    before, after = _words(old), _words(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        same = kind == "equal"
        if i2 > i1:
            left.append(Piece("".join(before[i1:i2]), not same))
        if j2 > j1:
            right.append(Piece("".join(after[j1:j2]), not same))
    return left, right


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
