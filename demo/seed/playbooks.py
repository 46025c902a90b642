"""Playbooks of partnerships: each act by the portal's own service, on the day on which it was done."""

from __future__ import annotations

from typing import Any

from core.versions import NO_PAGE
from demo.seed.context import Seed, tree
from demo.seed.later import Days
from partnerships.models import Partnership
from playbooks.models import Playbook, PlaybookPart
from playbooks.services import leads, playbooks

TEXTS = ("title", "summary", "needed", "duration", "costs", "news")
DETAILS = ("after", "unit", "every")


def load(seed: Seed) -> None:
    """Once."""
    if Playbook.objects.exists():
        return
    days = Days(seed)
    for row in tree("playbooks.yaml"):
        partnership = seed.partnerships[row["partnership"]]
        for version in row["versions"]:
            _version(days, partnership, row["by"], version)
        for lead in row.get("leads", ()):
            _lead(days, partnership, row["by"], lead)


def _version(days: Days, partnership: Partnership, by: str, row: dict[str, Any]) -> None:
    version = days.act(row["begun_days"], by, playbooks.begin, partnership_id=partnership.pk)
    for name in TEXTS:
        setattr(version, name, row.get(name, getattr(version, name)))
    days.act(row["begun_days"], by, playbooks.save, version=version, read=NO_PAGE)
    for says in row.get("change", ()):
        _part(days, version.parts.get(title=says["title"]), by, row, says)
    for says in row.get("add", ()):
        _part(days, PlaybookPart(version=version, kind=says["kind"]), by, row, says)
    if "days" in row:
        days.act(row["days"], by, playbooks.publish, version_id=version.pk, read=NO_PAGE)


def _part(days: Days, part: PlaybookPart, by: str, row: dict[str, Any], says: dict[str, Any]) -> None:
    part.title, part.body = says["title"], says.get("body", part.body)
    part.details |= {name: says[name] for name in DETAILS if name in says}
    if part.kind == "step":
        part.details.setdefault("unit", "month")
    days.act(row["begun_days"], by, playbooks.save_part, part=part, read=NO_PAGE)


def _lead(days: Days, partnership: Partnership, by: str, row: dict[str, Any]) -> None:
    version = partnership.playbook.versions.current().get()
    told: dict[str, Any] = {
        "version_id": version.pk,
        "organisation_name": row["organisation"],
        "town": row["town"],
        "contact_name": row["name"],
        "email": row["email"],
        "question": row.get("question", ""),
        "language": "nl",
    }
    lead = days.act(row["days"], None, leads.begin, **told)
    if "answer" in row:
        days.act(row["answer_days"], by, leads.answer, lead_id=lead.pk, answer=row["answer"], read=NO_PAGE)
    if "closed_days" in row:
        days.act(row["closed_days"], by, leads.close, lead_id=lead.pk, read=NO_PAGE)
