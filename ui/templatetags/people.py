"""Who can be asked: the card of a person, and who answers for the portal. Load with `{% load people %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from ui.components import PersonCard

register = template.Library()


@register.inclusion_tag("components/responsible.html")
def responsible(officer: bool = False) -> dict[str, Any]:
    """Who answers for the portal, as far as the settings say: name, address, email, phone; officer: with the data
    protection officer."""
    return {"operator": settings.OPERATOR, "officer": officer}


@register.inclusion_tag("components/person.html")
def person(card: PersonCard) -> dict[str, Any]:
    """One person with what that person shows: see components/person.html."""
    return {"card": card}
