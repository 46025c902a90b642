"""The own record as a PDF, made by typst from data: what people wrote goes in as JSON and is never template."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Person
from core.privacy.record import Part
from ui import pdf
from ui.formats import day, moment

TEMPLATE = "accounts/record.typ"


def record_pdf(person: Person, parts: list[Part], *, made_at: dt.datetime, digest: str) -> bytes:
    """The whole record as an accessible PDF (PDF/UA-1); `digest` is that of the same record as JSON."""
    lead = _("%(name)s, on %(day)s") % {"name": person.full_name, "day": day(made_at)}
    data = {
        "language": get_language() or settings.LANGUAGE_CODE,
        "brand": "Leerpact",
        "title": _("What Leerpact knows of you"),
        "author": "Leerpact",
        "lead": lead,
        "description": lead,
        "footer": _("The same as JSON has this hash:"),
        "digest": digest,
        "page": _("Page"),
        "sections": [_section(part) for part in parts],
    }
    return pdf.made(TEMPLATE, data)


def _section(part: Part) -> dict[str, Any]:
    labels = part.labels
    rows = [
        [
            {"label": labels[name], "value": pdf.blocks(text)}
            for name, value in row.items()
            if name in labels and (text := words(value))
        ]
        for row in part.rows
    ]
    return {"title": part.name[:1].upper() + part.name[1:], "rows": [row for row in rows if row]}


def words(value: Any) -> str:
    """A value as people read it; empty for what says nothing."""
    match value:
        case None | "" | [] | {}:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case dt.datetime():
            return moment(value)
        case dt.date():
            return day(value)
        case list():
            return "\n".join(filter(None, map(words, value)))
        case {"table": str(table), "id": number}:
            return f"{table} {number}"
        case dict():
            return "\n".join(f"{key}: {text}" for key, one in value.items() if (text := words(one)))
        case _:
            return str(value)
