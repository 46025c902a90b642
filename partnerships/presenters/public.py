"""What the public pages of partnerships, initiatives and calls tell search engines and whoever shares them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.provinces import PROVINCES
from partnerships.models import Call, Initiative, Partnership
from ui.about import About, absolute


def about_initiative(initiative: Initiative) -> About:
    """An initiative: a project of its partnership in a region."""
    more = {
        "areaServed": _areas(initiative.provinces),
        "parentOrganization": _organisation("Consortium", initiative.partnership),
    }
    return About(initiative.title, initiative.summary, initiative.get_absolute_url(), "Project", more)


def about_partnership(partnership: Partnership) -> About:
    """A partnership: a consortium in a region."""
    more: dict[str, Any] = {"areaServed": _areas(partnership.provinces)}
    if partnership.starts_on:
        more["foundingDate"] = partnership.starts_on.isoformat()
    text = partnership.summary or partnership.description[:300]
    return About(partnership.name, text, partnership.get_absolute_url(), "Consortium", more)


def about_call(call: Call) -> About:
    """A call: what a partnership seeks, until a day."""
    more = {
        "availabilityEnds": call.deadline.isoformat(),
        "seller": _organisation("Consortium", call.partnership),
    }
    return About(call.title, call.summary, call.get_absolute_url(), "Demand", more)


def _areas(provinces: Iterable[str]) -> list[str]:
    return [PROVINCES[code].name for code in provinces if code in PROVINCES]


def _organisation(kind: str, partnership: Partnership) -> dict[str, str]:
    return {
        "@type": kind,
        "name": partnership.name,
        "url": absolute(partnership.get_absolute_url()),
    }
