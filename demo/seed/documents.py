"""Documents of partnerships and groups: each act by the portal's own service, on the day on which it was done."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core.attachments import Accepted
from core.versions import NO_PAGE
from demo.seed import files
from demo.seed.context import Seed, tree
from demo.seed.later import Days
from partnerships.models import Document, Partnership
from partnerships.services import documents


def load(seed: Seed) -> None:
    """Once."""
    if Document.objects.exists():
        return
    days = Days(seed)
    for row in tree("documents.yaml"):
        for one in row["documents"]:
            _document(days, seed.partnerships[row["partnership"]], one)


def _document(days: Days, partnership: Partnership, row: dict[str, Any]) -> None:
    document = Document(
        partnership=partnership,
        group=days.seed.groups.get(row.get("group", "")),
        title=row["title"],
        for_members=bool(row.get("for_members")),
    )
    for number, version in enumerate(row["versions"]):
        file = _file(version["says"], row["file"], number)
        if number:
            newer: dict[str, Any] = {"document_id": document.pk, "file": file, "version": NO_PAGE}
            days.act(version["days"], row["by"], documents.renew, **newer)
        else:
            days.act(version["days"], row["by"], documents.add, document=document, file=file)
    if "away_days" in row:
        away: dict[str, Any] = {"document_id": document.pk, "read": NO_PAGE}
        days.act(row["away_days"], row["by"], documents.take_away, **away)


def _file(says: str, name: str, number: int) -> Accepted:
    content = files.page(f"{says} ({number + 1})")
    return Accepted(SimpleUploadedFile(name, content, files.PDF), name, files.PDF, len(content))
