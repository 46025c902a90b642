"""Cooperation agreements of the demo's partnerships: signed ones of before the portal, and what is on its way."""

from __future__ import annotations

from typing import Any

from demo.seed.context import Seed
from demo.seed.history import at
from partnerships.enums import CooperationState
from partnerships.models import CooperationSignature, CooperationVersion, Partnership


def load(seed: Seed, partnership: Partnership, rows: list[dict[str, Any]]) -> None:
    """The versions of one partnership, the oldest first."""
    for number, row in enumerate(rows, start=1):
        _version(seed, partnership, number, row)


def _version(seed: Seed, partnership: Partnership, number: int, row: dict[str, Any]) -> None:
    version = partnership.cooperation_versions.create(
        number=number, vision=row["vision"], starts_on=row.get("starts_on"), ends_on=seed.day_of(row, "ends")
    )
    for slug in row["parties"]:
        version.parties.create(organisation=seed.organisations[slug])
    for promise in row.get("promises", []):
        version.promises.create(
            text=promise["text"],
            organisation=seed.organisations.get(promise.get("by", "")),
            due_on=seed.day_of(promise, "due"),
        )
    if seed.day_of(row, "signed") or "asked_days" in row:
        _asked(seed, version, row)


def _asked(seed: Seed, version: CooperationVersion, row: dict[str, Any]) -> None:
    """Put up for signature; signed by those who did, which is everyone where the day of it is known."""
    signed_on = seed.day_of(row, "signed")
    asked = at(signed_on) if signed_on else seed.at(row["asked_days"])
    version.state, version.asked_at = CooperationState.SIGNING, asked
    version.digest = version.fingerprint()
    version.save()
    seed.history.note(version, "ask", asked, seed.people.get(row.get("asked_by", "")))
    for signature in row.get("signatures", []):
        person = seed.people.get(signature.get("person", ""))
        at_moment = asked if "days" not in signature else seed.at(signature["days"])
        CooperationSignature.objects.create(
            party=version.parties.get(organisation__slug=signature["for"]),
            person=person,
            by=person,
            function=signature["as"],
            is_paper=person is None,
            signed_on=signed_on if person is None else seed.day(signature["days"]),
            at=at_moment,
        )
    if signed_on:
        for former in version.partnership.cooperation_versions.in_force():
            former.state = CooperationState.REPLACED
            former.save()
            seed.history.note(former, "replace", at(signed_on), None)
        version.state, version.signed_on = CooperationState.SIGNED, signed_on
        version.save()
        seed.history.note(version, "sign", at(signed_on), None)
    if "withdrawn_days" in row:
        version.state = CooperationState.WITHDRAWN
        version.save()
        moment, by = seed.at(row["withdrawn_days"]), seed.people[row["withdrawn_by"]]
        seed.history.note(version, "withdraw", moment, by, row["reason"])
