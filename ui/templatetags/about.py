"""What public pages that are no one thing's own tell of themselves (`ui.about`)."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from ui.about import About

register = template.Library()


@register.inclusion_tag("components/about.html")
def about_page(title: str | Promise, text: str | Promise, path: str, kind: str) -> dict[str, About]:
    """Title, description, address and type at schema.org of a page."""
    return {"about": About(str(title), str(text), path, kind)}
