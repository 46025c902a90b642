"""What a partnership began with, what differs between its own pieces and the newest, and who began from whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from core import versions
from core.endings import DAYS
from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.models.partnerships import PartnershipQuerySet
from playbooks.enums import Choice
from playbooks.models import (
    AdoptedPart,
    PartChoice,
    Playbook,
    PlaybookAdoption,
    PlaybookPart,
    PlaybookVersion,
)


class Difference(StrEnum):
    """How a piece of one's own stands to the newest."""

    NEW = "new"  # is not in one's own yet
    CHANGED = "changed"  # the newest says something else; one's own is as it was taken
    CLASH = "clash"  # both were changed
    GONE = "gone"  # is not in the newest any more


@dataclass(frozen=True)
class Differing:
    """A piece about which there is something to choose: one's own, as it was taken, and the newest."""

    kind: Difference
    own: AdoptedPart | None
    newest: PlaybookPart | None

    @property
    def key(self) -> UUID:
        """The same in each of them."""
        found = self.newest or self.own
        assert found is not None  # noqa: S101  one of the two is there
        return found.key


def adoption_of(partnership: Partnership) -> PlaybookAdoption | None:
    """With what a partnership began, if it did."""
    rows = PlaybookAdoption.objects.select_related("version__playbook__partnership", "partnership")
    return rows.filter(partnership=partnership).first()


def began_with(playbook: Playbook) -> QuerySet[PlaybookAdoption]:
    """The partnerships that began with a playbook, the oldest first."""
    rows = PlaybookAdoption.objects.filter(version__playbook=playbook).select_related(
        "partnership", "version"
    )
    return rows.order_by("at", "pk")


def newest_for(adoption: PlaybookAdoption) -> PlaybookVersion | None:
    """The version that stands now, with its parts."""
    rows = PlaybookVersion.objects.current().filter(playbook=adoption.version.playbook_id)
    return rows.with_parts().first()


def differing(own: Sequence[AdoptedPart], newest: Sequence[PlaybookPart]) -> list[Differing]:
    """The pieces about which there is something to choose, in the order of the newest; those that are gone stand last."""
    by_key = {part.key: part for part in own}
    found = []
    for part in newest:
        mine = by_key.get(part.key)
        if mine is None or (mine.is_left and mine.base is None):
            found.append(Differing(Difference.NEW, mine, part))
        elif mine.base is None or mine.base.says == part.says or mine.says == part.says:
            continue
        else:
            same = mine.says == mine.base.says
            found.append(Differing(Difference.CHANGED if same else Difference.CLASH, mine, part))
    there = {part.key for part in newest}
    gone = [part for part in own if part.base is not None and part.key not in there and not part.is_left]
    return found + [Differing(Difference.GONE, part, None) for part in gone]


def edition(newest: PlaybookVersion, own: Sequence[AdoptedPart]) -> str:
    """What the page of differences showed: another newest version, or a piece changed since, is another edition."""
    return f"{newest.pk}.{versions.of(*own)}" if own else str(newest.pk)


def choices_of(adoption: PlaybookAdoption) -> QuerySet[PartChoice]:
    """Every choice that a partnership made."""
    return PartChoice.objects.filter(part__adoption=adoption)


def choices_to_undo(adoption: PlaybookAdoption) -> list[PartChoice]:
    """The last choice about each piece that can still be taken back, the newest first."""
    since = timezone.now() - dt.timedelta(days=DAYS)
    rows = choices_of(adoption).filter(at__gte=since).exclude(choice=Choice.UNDO)
    live = rows.filter(undone_by__isnull=True).select_related("part", "by__user").order_by("-at", "-pk")
    return [row for row in live if row.row_version_after == row.part.row_version]


def may_begin_with(actor: Actor, version: PlaybookVersion) -> PartnershipQuerySet:
    """The partnerships that the actor coordinates, without a playbook that they began with, and not whose it is."""
    rows = Partnership.objects.running().filter(pk__in=actor.coordinates, begun_with__isnull=True)
    return rows.exclude(pk=version.playbook.partnership_id).for_list()


def children() -> Mapping[int, list[PlaybookAdoption]]:
    """Who began from whom: the adoptions by the partnership whose playbook it was, the oldest first. One query."""
    rows = PlaybookAdoption.objects.select_related("partnership", "version__playbook__partnership").order_by(
        "at", "pk"
    )
    found: dict[int, list[PlaybookAdoption]] = {}
    for row in rows:
        found.setdefault(row.version.playbook.partnership_id, []).append(row)
    return found
