"""Components of lists that are worked through; a page that shows them loads css/lists.css."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template

from core.addresses import of_row
from ui.components import Location
from ui.next_steps import TaskGroup, number_of

register = template.Library()
register.simple_tag(of_row, name="row_url")


@register.inclusion_tag("components/task_groups.html")
def task_groups(groups: Sequence[TaskGroup], more_url: str = "") -> dict[str, Any]:
    """What the reader has to do now, by kind with how many; `more_url` is the page with each of them."""
    number, is_cut = number_of(groups)
    return {"groups": groups, "more_url": more_url, "number": number, "is_cut": is_cut}


@register.inclusion_tag("components/occupancy.html")
def occupancy(locations: Iterable[Location]) -> dict[str, Any]:
    """Who sits where until when, by location, and what is free."""
    return {"locations": locations}
