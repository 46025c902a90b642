"""Who is meant by a name or an address that an administrator was told."""

from __future__ import annotations

import re

from accounts.models import Person
from accounts.models.people import PersonQuerySet
from core import emails
from core.text import unaccented


def meant_by(told: str) -> PersonQuerySet:
    """The people with this address, or whose name has each of these words; none for nothing."""
    known = Person.objects.filter(merged_into=None).select_related("user").order_by("sort_name", "pk")
    if "@" in told:
        return known.with_address(emails.one_form(told.strip()))
    words = re.findall(r"[\w'-]+", unaccented(told))
    for word in words:
        known = known.filter(sort_name__regex=rf"\m{re.escape(word)}\M")
    return known if words else known.none()
