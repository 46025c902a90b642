"""Whom the reader of a page asks when nothing on it helps. Load with `{% load asking %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from accounts.queries.asking import asked
from core.mail import MOST_ASKED, operator

register = template.Library()


@register.inclusion_tag("components/asks.html", takes_context=True)
def asks(context: Context) -> dict[str, Any]:
    """The nearest people who can help who is signed in: teachers of a student, managers of the own organisation.

    Who runs the portal follows where nobody nearer can be reached, and stands alone for visitors.
    """
    user = getattr(context.get("request"), "user", None)  # a request may fail before that is known
    near = asked(user.person) if user is not None and user.is_authenticated else []
    found = near[:MOST_ASKED]
    if not any(one.email or one.phone for one in found):
        found.append(operator())
    return {"asks": found}
