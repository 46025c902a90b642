"""Cells that a spreadsheet would run: made harmless on the way out, and read back as they were."""

from __future__ import annotations

# What a spreadsheet takes for the start of a formula, also behind a tab or a line end and in the wide letters of
# Chinese and Japanese keyboards, which some turn into the plain ones.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\N{MINUS SIGN}")
_QUOTE = "'"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula; a single sign is none."""
    return text.startswith(_STARTS) and len(text) > 1


def harmless(text: str) -> str:
    """The text for a cell of a file that goes out: what would be run gets a quote in front.

    A text that has such quotes of its own gets one more, so that `as_written` gives every text back as it was.
    """
    return f"{_QUOTE}{text}" if is_formula(text.lstrip(_QUOTE)) else text


def as_written(cell: str) -> str:
    """The text behind a cell that `harmless` made, or that someone quoted by hand; any other text as it is."""
    bare = cell.removeprefix(_QUOTE)
    return bare if is_formula(bare.lstrip(_QUOTE)) else cell
