"""Partnerships as those who know them from within find them."""

from __future__ import annotations

from django.db.models import QuerySet

from core.written import written
from partnerships.actors import Actor
from partnerships.models import Partnership


@written
def inside_at(*, actor: Actor, slug: str) -> QuerySet[Partnership]:
    """The partnership at an address, for who knows it from within."""
    return Partnership.objects.inside(actor).filter(slug=slug)
