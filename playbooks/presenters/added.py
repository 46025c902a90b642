"""What playbooks add to the pages of partnerships: the way to the playbook, for who may see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.presenters.spots import IN_PUBLIC, INSIDE
from playbooks.models import PlaybookAdoption, PlaybookVersion
from ui.sections import Section


@dataclass(frozen=True)
class Ways:
    """The version that stands, if any, and for who is inside what the partnership itself works by."""

    version: PlaybookVersion | None
    begun_with: PlaybookAdoption | None


@IN_PUBLIC.register
def in_public(partnerships: Collection[Partnership], actor: Actor | None) -> dict[int, Section]:
    """On the public page. One query, for who is inside two."""
    rows = PlaybookVersion.objects.current().filter(playbook__partnership__in=partnerships)
    versions = {row.playbook.partnership_id: row for row in rows.select_related("playbook")}
    begun: dict[int, PlaybookAdoption] = {}
    if actor is not None and any(row.pk in actor.inside for row in partnerships):
        adoptions = PlaybookAdoption.objects.filter(partnership__in=partnerships)
        begun = {row.partnership_id: row for row in adoptions.select_related("version", "partnership")}
    return {
        row.pk: Section("playbooks/added/public.html", Ways(versions.get(row.pk), begun.get(row.pk)))
        for row in partnerships
        if row.pk in versions or row.pk in begun
    }


@INSIDE.register
def inside(partnerships: Collection[Partnership], actor: Actor) -> dict[int, Section]:
    """On the page for members: for coordinators where it is written. No query."""
    return {
        row.pk: Section("playbooks/added/inside.html", row)
        for row in partnerships
        if row.pk in actor.coordinates
    }
