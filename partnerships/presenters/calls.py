"""How far a call is, drawn."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from partnerships.actors import Actor
from partnerships.enums import EMPLOYER_KINDS
from partnerships.models import Call
from partnerships.presenters import contacts
from partnerships.presenters.public import about_call
from partnerships.rules import calls as rules
from ui.charts import Gauge


def detail_context(call: Call, actor: Actor | None) -> dict[str, Any]:
    """The public page of a call: partners and places against their targets, and whether one can sign up."""
    figures = call.sign_ups.all().figures()
    return {
        "call": call,
        "about": about_call(call),
        "contacts": contacts.of_call(call, actor),
        "partners": gauge(call.partners_target, figures, "partners"),
        "places": gauge(call.places_target, figures, "places"),
        "talking": figures["talking_partners"],
        "may_sign_up": rules.can_sign_up(call),
    }


def own_answers(user: User | AnonymousUser, actor: Actor | None) -> dict[str, str]:
    """What the portal knows already of whoever signs up: name, address, and the employer if there is only one."""
    if actor is None or not user.is_authenticated:
        return {}
    employers = {held.name for held in actor.held if held.kind in EMPLOYER_KINDS}
    names = {"organisation_name": employers.pop()} if len(employers) == 1 else {}
    return {**names, "contact_name": user.person.full_name, "email": user.email}


def gauge(target: int, figures: dict[str, int], counted: str) -> Gauge:
    """What is firm, on a condition and open against a target; `counted` is "partners" or "places".

    Who dropped out is nobody's business but the coordinators': those places are open again, no more is said of them.
    """
    firm, conditional = (figures.get(f"{kind}_{counted}", 0) for kind in ("firm", "conditional"))
    return Gauge(target, firm, conditional=conditional)
