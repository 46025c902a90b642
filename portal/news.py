"""The news of a partnership in one sentence, written out of its figures; each shape looks at other figures first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import today
from core.small_cells import SMALLEST_SHOWN
from meetings.queries.actions import Promised
from partnerships.enums import PartnershipShape
from partnerships.models import Initiative
from partnerships.presenters.next_steps import STALE_AFTER
from placements.queries.figures import Figures
from ui.charts import Gauge
from ui.formats import number


@dataclass(frozen=True)
class Facts:
    """What the sentence is written of: the figures of a page, and only those that it may show."""

    figures: Figures
    calls: Sequence[Gauge]
    promised: Promised
    initiatives: Sequence[Initiative]


def sentence(shape: str, facts: Facts) -> str:
    """The first thing that there is to say of a partnership of this shape; empty where there is none."""
    for write in _FIRST[PartnershipShape(shape)]:
        if said := write(facts):
            return said
    return ""


def _places(facts: Facts) -> str:
    """Who looks, and what is free."""
    found = facts.figures
    if not found.has_places or found.free is None:
        return ""
    free = _counted(
        ngettext("{number} training place is free", "{number} training places are free", found.free),
        found.free,
    )
    if not found.has_students or found.looking is None:
        return free
    return f"{_looking(found.looking)}, {free}"


def _students(facts: Facts) -> str:
    """Who learns here, and who looks; for two parties that run one programme."""
    found = facts.figures
    if not found.students:
        return ""
    learning = _counted(
        ngettext("{number} student learns here", "{number} students learn here", found.students),
        found.students,
    )
    return learning if found.looking is None else f"{learning}, {_and_looking(found.looking)}"


def _looking(looking: int) -> str:
    if not looking:
        return _("Every student has a training place")
    said = ngettext("{number} student is still looking", "{number} students are still looking", looking)
    return _counted(said, looking)


def _and_looking(looking: int) -> str:
    if not looking:
        return _("and each has a training place")
    return _counted(
        ngettext(
            "{number} is still looking for a training place",
            "{number} are still looking for a training place",
            looking,
        ),
        looking,
    )


def _call(facts: Facts) -> str:
    """How far the call is that ends first."""
    if not facts.calls:
        return ""
    first = facts.calls[0]
    said = ngettext(
        "{firm} of {target} training place is certain",
        "{firm} of {target} training places are certain",
        first.target,
    )
    return said.format(firm=number(first.firm), target=number(first.target))


def _promises(facts: Facts) -> str:
    """What was done, and what is late."""
    kept = facts.promised
    if not kept.all:
        return ""
    done = _counted(ngettext("{number} action is done", "{number} actions are done", kept.done), kept.done)
    if not kept.late:
        return f"{done}, {_('nothing is late')}"
    late = _counted(ngettext("{number} is late", "{number} are late", kept.late), kept.late)
    return f"{done}, {late}"


def _initiatives(facts: Facts) -> str:
    """What is under way, and what nobody wrote about for long."""
    many = len(facts.initiatives)
    if not many:
        return ""
    said = _counted(
        ngettext("{number} initiative is under way", "{number} initiatives are under way", many), many
    )
    silent = sum(row.refreshed_on < today() - STALE_AFTER for row in facts.initiatives)
    if not silent:
        return said
    silence = ngettext(
        "{number} without news for three months", "{number} without news for three months", silent
    )
    return f"{said}, {_counted(silence, silent)}"


def _counted(said: str, many: int) -> str:
    return said.format(number=number(many))


_Write = Callable[[Facts], str]
_FIRST: dict[PartnershipShape, Sequence[_Write]] = {
    PartnershipShape.BILATERAL: (_students, _places, _promises, _initiatives),
    PartnershipShape.NETWORK: (_initiatives, _promises, _places),
    PartnershipShape.LEARNING_WORKPLACES: (_call, _places, _initiatives, _promises),
    PartnershipShape.PLATFORM: (_promises, _initiatives, _call, _places),
    PartnershipShape.OPEN_PACT: (_places, _call, _promises, _initiatives),
}


def change(number_now: int, number_then: int) -> str:
    """In words how a number of people changed since a month ago; fewer than five of them are "a few"."""
    more = number_now - number_then
    if not more:
        return _("as many as a month ago")
    if abs(more) < SMALLEST_SHOWN:
        return _("a few more than a month ago") if more > 0 else _("a few fewer than a month ago")
    said = _("{number} more than a month ago") if more > 0 else _("{number} fewer than a month ago")
    return _counted(said, abs(more))
