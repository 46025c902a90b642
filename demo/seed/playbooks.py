"""Playbooks of partnerships: each act by the portal's own service, on the day on which it was done."""

from __future__ import annotations

from typing import Any

from core.versions import NO_PAGE
from demo.seed.context import Seed, tree
from demo.seed.later import Days
from partnerships.models import Partnership
from playbooks.models import AdoptedPart, Playbook, PlaybookAdoption, PlaybookPart
from playbooks.services import adoptions, leads, offers, playbooks

TEXTS = ("title", "summary", "needed", "duration", "costs", "news")
DETAILS = ("after", "unit", "every")


def load(seed: Seed) -> None:
    """Once."""
    if Playbook.objects.exists():
        return
    days = Days(seed)
    for row in tree("playbooks.yaml"):
        partnership = seed.partnerships[row["partnership"]]
        for number, version in enumerate(row["versions"], start=1):
            _version(days, partnership, row["by"], version)
            for begun in row.get("begun", ()):
                if begun["version"] == number:
                    _begin(days, partnership, begun)
        for lead in row.get("leads", ()):
            _lead(days, partnership, row["by"], lead)
        _improve(days, row)


def _version(days: Days, partnership: Partnership, by: str, row: dict[str, Any]) -> None:
    version = days.act(row["begun_days"], by, playbooks.begin, partnership_id=partnership.pk)
    for name in TEXTS:
        setattr(version, name, row.get(name, getattr(version, name)))
    days.act(row["begun_days"], by, playbooks.save, version=version, read=NO_PAGE)
    for part in version.parts.filter(title__in=row.get("remove", ())):
        what: dict[str, Any] = {"version_id": version.pk, "part_id": part.pk, "read": NO_PAGE}
        days.act(row["begun_days"], by, playbooks.remove_part, **what)
    for says in row.get("change", ()):
        _part(days, version.parts.filter(title=says["title"]).latest("position"), by, row, says)
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


def _begin(days: Days, publisher: Partnership, row: dict[str, Any]) -> None:
    """Another partnership begins with the version that stands now, and makes some of it its own."""
    version = publisher.playbook.versions.current().get()
    partnership = days.seed.partnerships[row["partnership"]]
    adoption = days.act(
        row["days"], row["by"], adoptions.start, version_id=version.pk, partnership_id=partnership.pk
    )
    for says in row.get("change", ()):
        part = adoption.parts.filter(title=says["title"]).latest("position")
        part.body = says["body"]
        days.act(row["days"], row["by"], adoptions.save_part, part=part, read=NO_PAGE)
    for says in row.get("add", ()):
        part = AdoptedPart(adoption=adoption, kind="text", title=says["title"], body=says["body"])
        days.act(row["days"], row["by"], adoptions.save_part, part=part, read=NO_PAGE)


def _improve(days: Days, row: dict[str, Any]) -> None:
    """What those who began offered back, and what became of it."""
    for begun in row.get("begun", ()):
        partnership = days.seed.partnerships[begun["partnership"]]
        adoption = PlaybookAdoption.objects.get(partnership=partnership)
        for says in begun.get("offer", ()):
            part = adoption.parts.filter(title=says["title"]).latest("position")
            offered: dict[str, Any] = {"part_id": part.pk, "why": says["why"], "read": NO_PAGE}
            offer = days.act(says["days"], begun["by"], offers.offer, **offered)
            what: dict[str, Any] = {"offer_id": offer.pk, "read": NO_PAGE}
            if "accepted_days" in says:
                days.act(says["accepted_days"], row["by"], offers.accept, **what)
            if "declined_days" in says:
                days.act(says["declined_days"], row["by"], offers.decline, reason=says["reason"], **what)
            if "withdrawn_days" in says:
                days.act(says["withdrawn_days"], begun["by"], offers.withdraw, **what)
