"""What playbooks add to the pages of partnerships: the way to the playbook, for who may see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.presenters.spots import IN_PUBLIC, INSIDE
from playbooks.models import PlaybookVersion
from ui.sections import Section


@dataclass(frozen=True)
class Ways:
    """The version that stands, if any, and the partnership whose coordinator reads."""

    version: PlaybookVersion | None
    partnership: Partnership
    coordinates: bool = False


@IN_PUBLIC.register
def in_public(partnerships: Collection[Partnership], _actor: Actor | None) -> dict[int, Section]:
    """On the public page: the playbook that was published. One query."""
    return {
        key: Section("playbooks/added/public.html", ways)
        for key, ways in _ways(partnerships).items()
        if ways.version
    }


@INSIDE.register
def inside(partnerships: Collection[Partnership], actor: Actor) -> dict[int, Section]:
    """On the page for members: the same, and for coordinators the way to where it is written. One query."""
    found = {}
    for key, ways in _ways(partnerships).items():
        coordinates = key in actor.coordinates
        if ways.version or coordinates:
            found[key] = Section(
                "playbooks/added/inside.html", Ways(ways.version, ways.partnership, coordinates)
            )
    return found


def _ways(partnerships: Collection[Partnership]) -> dict[int, Ways]:
    rows = PlaybookVersion.objects.current().filter(playbook__partnership__in=partnerships)
    versions = {row.playbook.partnership_id: row for row in rows.select_related("playbook")}
    return {row.pk: Ways(versions.get(row.pk), row) for row in partnerships}
