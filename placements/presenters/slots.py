"""What the templates print of slots: the state in a word with its colour, numbers, facts, and whole pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, TextField
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.enums import Role
from core.access import Verdict, deny
from core.dates import today
from partnerships.presenters.spaces import space_of
from partnerships.roles import LOOKS_FOR_SLOTS
from partnerships.rules.organisations import can_act_for
from placements.enums import CONFIRM_AFTER_DAYS, FRESH_DAYS, Setting, SlotState, Visibility
from placements.models import Match, Placement, Slot
from placements.presenters import contacts
from placements.queries.seats import in_use
from placements.queries.slot_ends import closing_edition
from placements.rules import slots as rules
from placements.rules.placements import can_break_off
from programmes.enums import Route
from students.rules import can_see_students_of
from ui.formats import day, pattern
from ui.history import trail
from ui.languages import dutch, told

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from placements.queries.sight import Sight

# Colours of the states: docs/conventions/look.md
SLOT_KINDS = {SlotState.DRAFT: "todo", SlotState.ONLINE: "done", SlotState.CLOSED: "todo"}
SLOT_WORDS: dict[str, Promise] = {
    SlotState.DRAFT: gettext_lazy("Draft"),
    SlotState.ONLINE: gettext_lazy("Online"),
    SlotState.CLOSED: gettext_lazy("Closed"),
}
# What the pages say of a slot, in this order. A field without a value is left out, unless it is named in MISSING.
FACTS = (
    "qualifications",
    "route",
    "period",
    "setting",
    "week",
    "supervision_hours",
    "tasks",
    "learns",
)
OWN_FACTS = (*(name for name in FACTS if name != "period"), "max_open", "supervisor")
MISSING = {"qualifications": gettext_lazy("Not chosen yet"), "supervisor": gettext_lazy("Not known yet")}
TABS = {
    "": (gettext_lazy("All"), None),
    "online": (gettext_lazy("Online"), SlotState.ONLINE),
    "concept": (gettext_lazy("Drafts"), SlotState.DRAFT),
    "gesloten": (gettext_lazy("Closed"), SlotState.CLOSED),
}
_NO = deny("")


@dataclass(frozen=True)
class SlotRow:
    """A slot loaded `for_list`, in a list or on its page."""

    slot: Slot
    can_confirm: Verdict = _NO

    @property
    def free(self) -> int:
        """Seats that nobody has from today on."""
        return max(0, self.slot.seats - self.slot.taken)

    @property
    def is_full(self) -> bool:
        """Online without a free seat."""
        return self.slot.state == SlotState.ONLINE and not self.free

    @property
    def kind(self) -> str:
        """The colour of the state."""
        return "busy" if self.is_full else SLOT_KINDS[SlotState(self.slot.state)]

    @property
    def word(self) -> str:
        """The state in words."""
        return _("Full") if self.is_full else str(SLOT_WORDS[self.slot.state])

    @property
    def confirmed(self) -> str:
        """How long ago the employer said that it still stands, in words."""
        days = self.slot.days_since_confirmed
        if days is None:
            return _("Not yet")
        if days == 0:
            return _("Today")
        return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}

    @property
    def is_unconfirmed(self) -> bool:
        """Nobody has said yet that it stands."""
        return self.slot.days_since_confirmed is None

    @property
    def is_stale(self) -> bool:
        """Time to ask whether it still stands."""
        days = self.slot.days_since_confirmed
        return self.slot.state == SlotState.ONLINE and days is not None and days >= CONFIRM_AFTER_DAYS

    @property
    def is_hidden(self) -> bool:
        """Online, but not confirmed for so long that others do not see it."""
        days = self.slot.days_since_confirmed
        return self.slot.state == SlotState.ONLINE and days is not None and days > FRESH_DAYS

    @property
    def route(self) -> str:
        """As `get_route_display`, which makes its choices anew at each call."""
        return str(Route(self.slot.route).label)

    @property
    def setting(self) -> str:
        """The kind of workplace in words."""
        return str(Setting(self.slot.setting).label)

    @property
    def pattern(self) -> str:
        """On which days and how many hours, in words; empty where nothing is known."""
        return pattern(self.slot.week, self.slot.minutes_per_week)

    @property
    def programmes(self) -> str:
        """For which qualifications, in words."""
        return ", ".join(str(row) for row in self.slot.qualifications.all())

    @property
    def further_programmes(self) -> str:
        """The same by name, beside its title."""
        return beside(self.slot.title, [row.name for row in self.slot.qualifications.all()])

    @property
    def has_begun(self) -> bool:
        """Whether its first day is past: what matters then is what is free."""
        return self.slot.starts_on <= today()

    @property
    def is_route_named(self) -> bool:
        """Whether its title names the learning route already."""
        return self.slot.route in words(self.slot.title)

    @property
    def distance(self) -> int | None:
        """Kilometres from where was asked, when that was asked."""
        kilometres = getattr(self.slot, "distance", None)
        return None if kilometres is None else round(kilometres)


@dataclass(frozen=True, slots=True)
class FoundSlot:
    """What the finder shows of a place, as plain values."""

    url: str
    title: str
    organisation: str
    place: str
    setting: str
    programmes: str  # those that the title does not name
    route: str
    is_route_named: bool
    pattern: str
    starts_on: date
    has_begun: bool
    distance: int | None
    free: int
    full: tuple[str, str] | None  # the colour and the word, where nothing is free


def found(slots: Collection[Slot], named: Mapping[int, str]) -> list[FoundSlot]:
    """The lines of places in the finder, loaded `with_whereabouts`; `named` are their qualifications by key."""
    return [
        _found(SlotRow(slot), [name for pk, name in named.items() if pk in slot.qualification_ids])
        for slot in slots
    ]


def _found(row: SlotRow, programmes: Sequence[str]) -> FoundSlot:
    slot = row.slot
    return FoundSlot(
        url=slot.get_absolute_url(),
        title=slot.title,
        organisation=slot.organisation.name,
        place=slot.place,
        setting=row.setting,
        programmes=beside(slot.title, programmes),
        route=row.route,
        is_route_named=row.is_route_named,
        pattern=row.pattern,
        starts_on=slot.starts_on,
        has_begun=row.has_begun,
        distance=row.distance,
        free=row.free,
        full=(row.kind, row.word) if row.is_full else None,
    )


def beside(title: str, programmes: Sequence[str]) -> str:
    """What a place is for, beside its title, which often names the only one already."""
    title = title.casefold()
    return "" if all(name.casefold() in title for name in programmes) else ", ".join(programmes)


def words(text: str) -> set[str]:
    """The words of a title, to see what a row need not say again."""
    return set(re.findall(r"\w+", text.casefold()))


@dataclass(frozen=True)
class Fact:
    """One thing a page says of a slot; `missing` stands there when it has no value."""

    label: str | Promise
    value: str
    missing: str | Promise = ""
    is_long: bool = False


def facts(slot: Slot, names: Sequence[str] = FACTS, days: tuple[date, date] | None = None) -> list[Fact]:
    """What the pages say of a slot loaded `for_list`: the names of its fields, and "period" for its first and last day.

    `days` are those that one student has or would have there, which may be fewer.
    """
    period = partial(_period, days=days)
    own: dict[str, Callable[[Slot], Fact]] = {"period": period, "week": _week}
    found = [own[name](slot) if name in own else _fact(slot, name) for name in names]
    return [fact for fact in found if fact.value or fact.missing]


def _period(slot: Slot, days: tuple[date, date] | None) -> Fact:
    first, last = days or (slot.starts_on, slot.ends_on)
    return Fact(gettext_lazy("Period"), _("%(start)s to %(end)s") % {"start": day(first), "end": day(last)})


def _week(slot: Slot) -> Fact:
    label = capfirst(Slot._meta.get_field("week").verbose_name)
    return Fact(label, pattern(slot.week, slot.minutes_per_week))


def _fact(slot: Slot, name: str) -> Fact:
    column: Any = Slot._meta.get_field(name)
    value: Any = slot.names if name == "supervisor" else getattr(slot, name)
    if column.many_to_many:
        word = dutch(", ".join(str(row) for row in value.all()))
    elif column.choices:
        word = str(dict(column.flatchoices).get(value, ""))
    else:
        word = str(value or "")
    is_long = isinstance(column, TextField)
    if isinstance(column, CharField) and not column.choices:
        word = dutch(word)
    return Fact(capfirst(column.verbose_name), word, MISSING.get(name, ""), is_long)


@dataclass(frozen=True)
class Tab:
    """A way to narrow the list of own slots by their state; `value` stands in the address."""

    label: str | Promise
    value: str
    is_current: bool


def tabs(chosen: str) -> list[Tab]:
    """The tabs above the list; an unknown choice is the first, of all."""
    current = chosen if chosen in TABS else ""
    return [Tab(label, value, value == current) for value, (label, _state) in TABS.items()]


def state_of_tab(chosen: str) -> SlotState | None:
    """The state that a tab shows; None for all."""
    return TABS.get(chosen, TABS[""])[1]


def manage_context(actor: Actor, slot: Slot) -> dict[str, Any]:
    """One own slot: what it says, who is proposed, who is placed, and what can be done with it."""
    can_confirm = rules.can_confirm_slot(actor, slot)
    return {
        "organisation": slot.organisation,
        "slot": slot,
        "shown": SlotRow(slot, can_confirm=can_confirm),
        "facts": facts(slot, OWN_FACTS),
        "partners": slot.partners.order_by("name", "pk") if slot.visibility == Visibility.NAMED else [],
        "matches": Match.objects.visible_to(actor).filter(slot=slot).with_taught(actor).for_list(),
        "placements": Placement.objects.visible_to(actor).filter(slot=slot).for_list(),
        "sees_students": can_see_students_of(actor, slot.organisation_id),
        "history": trail(slot),
        "can_change": rules.can_change_slot(actor, slot),
        "can_publish": rules.can_publish_slot(actor, slot),
        "can_close": rules.can_close_slot(actor, slot) if slot.state != SlotState.DRAFT else False,
        "can_discard": rules.can_discard_slot(actor, slot),
        "can_reopen": rules.can_reopen_slot(actor, slot),
        "space": "employer",
    }


def discard_context(slot: Slot) -> dict[str, Any]:
    """Before a draft of a place is thrown away."""
    says = [_("It was never online. You cannot get it back; the history shows that it existed.")]
    heading = told(_("Delete “%(name)s”?"), name=dutch(slot.title))
    return {
        "of": dutch(slot.title),
        "heading": heading,
        "says": says,
        "word": _("Delete"),
        "back_url": reverse("placements:slot-manage", args=[slot.organisation.slug, slot.public_id]),
        "space": "employer",
    }


def close_context(actor: Actor, slot: Slot) -> dict[str, Any]:
    """Everything that follows when an own slot closes: the proposals that end, and who is on it until when.

    `may_leave` are the students, of those `placed`, for whom this reader can choose a last day.
    """
    using, sees_students = in_use(slot.pk), can_see_students_of(actor, slot.organisation_id)
    placed = list(using.with_taught(actor).for_list()) if sees_students else []
    known = [(row.pk, row.row_version) for row in placed]
    shown = known if sees_students else list(using.values_list("pk", "row_version"))
    return {
        "organisation": slot.organisation,
        "slot": slot,
        "open_matches": Match.objects.open().filter(slot=slot).count(),
        "number_placed": len(shown),
        "placed": placed,
        "may_leave": [row for row in placed if can_break_off(actor, row)],
        "read": closing_edition(slot, shown),
        "space": "employer",
    }


def detail_context(actor: Actor, slot: Slot) -> dict[str, Any]:
    """What others read of a slot, with the reader's own way on from it."""
    return {
        "slot": slot,
        "shown": SlotRow(slot),
        "facts": facts(slot),
        "contacts": contacts.of_slot(slot, actor),
        "is_own": can_act_for(actor, slot.organisation_id),
        "is_coordinator": slot.partnership_id in actor.coordinates,
        "is_teacher": slot.partnership_id in actor.takes_part_as(Role.TEACHER),
        "space": space_of(actor),
    }


def looks_for_slots(actor: Actor, sight: Sight) -> bool:
    """Whether the finder has anything for this person: work supervisors guide students and look for no place."""
    return bool(sight.studies or actor.organisations(*LOOKS_FOR_SLOTS))
