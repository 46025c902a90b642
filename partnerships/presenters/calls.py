"""How far a call is, drawn."""

from __future__ import annotations

from typing import Any

from partnerships.models import Call
from partnerships.rules import calls as rules
from ui.charts import Gauge


def detail_context(call: Call) -> dict[str, Any]:
    """The public page of a call: partners and places against their targets, and whether one can sign up."""
    figures = call.sign_ups.all().figures()
    return {
        "call": call,
        "partners": gauge(call.partners_target, figures, "partners"),
        "places": gauge(call.places_target, figures, "places"),
        "talking": figures["talking_partners"],
        "may_sign_up": rules.can_sign_up(call),
    }


def gauge(target: int, figures: dict[str, int], counted: str) -> Gauge:
    """What is firm, conditional and withdrawn against a target; `counted` is "partners" or "places"."""
    firm, conditional, withdrawn = (
        figures.get(f"{kind}_{counted}", 0) for kind in ("firm", "conditional", "withdrawn")
    )
    return Gauge(target, firm, conditional=conditional, withdrawn=withdrawn)
