"""Print of which class each field is, as docs/privacy.md has it: generated from the declarations, held to them by a test."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from core.privacy.declared import AtErasure, Kind, Personal, declarations

AT_ERASURE = {
    AtErasure.GOES: "rows go",
    AtErasure.BLANKED: "fields blanked",
    AtErasure.STAYS: "stays",
}


class Command(BaseCommand):
    help = "Print the classes of all personal data as a table in Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(table())


def table() -> str:
    """One row a table that holds anything of a person: its fields by class, the terms, and what erasure does."""
    lines = ["| table | fields by class | terms | at erasure |", "|---|---|---|---|"]
    lines += [_row(one) for label, one in sorted(declarations().items()) if one.kinds]
    return "\n".join(lines)


def _row(one: Personal) -> str:
    kinds = [
        f"*{kind.value}* {', '.join(names)}" for kind in Kind if (names := getattr(one, kind.value).split())
    ]
    terms = dict.fromkeys(keep.term.value for keep in one.keeps) or ["with the person"]
    erased = AT_ERASURE[one.at_erasure] + (f": {one.why_stays}" if one.why_stays else "")
    return f"| {one.model} | {'; '.join(kinds)} | {', '.join(terms)} | {erased} |"
