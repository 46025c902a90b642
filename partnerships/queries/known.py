"""A partnership as those who know it from within find it, and who took part in it."""

from __future__ import annotations

from django.db.models import QuerySet

from core.written import written
from partnerships.actors import Actor
from partnerships.models import Member, Organisation, Partnership


@written
def inside_at(*, actor: Actor, slug: str) -> QuerySet[Partnership]:
    """The partnership at an address, for who knows it from within."""
    return Partnership.objects.inside(actor).filter(slug=slug)


def ever_in(partnership_id: int) -> list[Member]:
    """All who take part or did, by name; the organisations are looked up, since a join would read all there are."""
    members = _members(partnership=partnership_id)
    organisations = _organisations(keys=[member.organisation_id for member in members])
    place = {organisation.pk: (turn, organisation) for turn, organisation in enumerate(organisations)}
    for member in members:
        member.organisation = place[member.organisation_id][1]
    return sorted(members, key=lambda member: (place[member.organisation_id][0], member.pk))


@written
def _members(*, partnership: int) -> QuerySet[Member]:
    return Member.objects.filter(partnership=partnership).order_by("pk")


@written
def _organisations(*, keys: list[int]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=keys).order_by("name", "pk")
