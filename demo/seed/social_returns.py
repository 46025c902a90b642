"""Duties of social return of the demo's employers: each act by the portal's own service, on the day on which it was done."""

from __future__ import annotations

from typing import Any

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from core.attachments import Accepted
from core.versions import NO_PAGE
from demo.people import FOLDER
from demo.seed import files
from demo.seed.context import Seed
from demo.seed.later import Days
from partnerships.models import SocialReturnActivity, SocialReturnObligation, ValuationRule
from partnerships.services import social_returns

FIELDS = ("client", "title", "amount", "percentage", "contract_sum")


def load(seed: Seed) -> None:
    """Once."""
    if SocialReturnObligation.objects.exists():
        return
    rows = yaml.safe_load((FOLDER / "social_returns.yaml").read_text(encoding="utf-8"))
    for rule in rows["rules"]:
        ValuationRule.objects.create(**rule)
    days = Days(seed)
    for row in rows["duties"]:
        _duty(days, row)


def _duty(days: Days, row: dict[str, Any]) -> None:
    duty = SocialReturnObligation(
        organisation=days.seed.organisations[row["organisation"]],
        starts_on=days.seed.day_of(row, "starts"),
        ends_on=days.seed.day_of(row, "ends"),
        **{name: row[name] for name in FIELDS if name in row},
    )
    kept: dict[str, Any] = {"obligation": duty, "version": NO_PAGE}
    days.act(row["days"], row["by"], social_returns.save, **kept)
    for one in row["activities"]:
        _activity(days, duty, row["by"], one)


def _activity(days: Days, duty: SocialReturnObligation, by: str, row: dict[str, Any]) -> None:
    activity = SocialReturnActivity(
        obligation=duty,
        starts_on=days.seed.day_of(row, "starts"),
        ends_on=days.seed.day_of(row, "ends"),
        people=row.get("people"),
        **{name: row[name] for name in ("kind", "what", "quantity", "value")},
    )
    kept: dict[str, Any] = {"activity": activity, "file": _file(row.get("proof", "")), "version": NO_PAGE}
    days.act(row["days"], by, social_returns.save_activity, **kept)
    if "dropped_days" in row:
        activity.counts = False
        days.act(row["dropped_days"], by, social_returns.save_activity, **(kept | {"file": None}))


def _file(name: str) -> Accepted | None:
    if not name:
        return None
    content = files.page("Weken en uren, zonder naam")
    return Accepted(SimpleUploadedFile(name, content, files.PDF), name, files.PDF, len(content))
