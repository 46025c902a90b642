"""A long list of which a page shows the first rows, and holds the rest under one press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ui.components import Text, folded

register = template.Library()


@register.simple_block_tag
def more(
    content: SafeString, title: Text, in_group: bool = False, phone_only: bool = False, is_open: bool = False
) -> SafeString:
    """The rest of a long list, folded; the title says how many more there are. phone_only: on a wide screen it is open."""
    context = {
        "content": content,
        "title": title,
        "in_group": in_group,
        "phone_only": phone_only,
        "is_open": is_open,
    }
    return render_to_string("components/more.html", context)


@register.filter
def first_rows(rows: Sequence[Any], most: int) -> Sequence[Any]:
    """What of a long list stands above its fold."""
    return folded(rows, most)[0]


@register.filter
def further_rows(rows: Sequence[Any], most: int) -> Sequence[Any]:
    """What of a long list its fold holds; nothing where the list is short."""
    return folded(rows, most)[1]
