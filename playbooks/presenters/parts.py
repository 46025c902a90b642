"""Parts of a playbook as they are read: in groups by kind, with what each says besides its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.enums import GroupKind, Perspective
from playbooks.enums import PartKind
from programmes.enums import Route

HEADINGS: dict[PartKind, str | Promise] = {
    PartKind.TEXT: gettext_lazy("Texts"),
    PartKind.GROUP: gettext_lazy("Groups and voices"),
    PartKind.RHYTHM: gettext_lazy("Rhythm of meetings"),
    PartKind.STEP: gettext_lazy("Steps"),
    PartKind.ACTION_LINE: gettext_lazy("Action lines"),
    PartKind.THEME: gettext_lazy("Themes"),
    PartKind.PROGRAMME: gettext_lazy("Outlines of programmes"),
}


@dataclass(frozen=True)
class Piece:
    """A part with its facts in words; `part` has title, body and key."""

    part: Any
    facts: Sequence[str]
    themes: Sequence[str] = ()
    is_own: bool = False  # of what was taken from a playbook: says something else than that by now


@dataclass(frozen=True)
class Chapter:
    """The parts of one kind."""

    kind: str
    heading: str | Promise
    pieces: Sequence[Piece]


def chapters(parts: Iterable[Any]) -> list[Chapter]:
    """The parts by kind; steps by when they come."""
    rows = list(parts)
    found = []
    for kind, heading in HEADINGS.items():
        of_kind = [part for part in rows if part.kind == kind]
        if kind == PartKind.STEP:
            of_kind.sort(key=_when)
        if of_kind:
            found.append(Chapter(kind.value, heading, [piece(part) for part in of_kind]))
    return found


def _when(part: Any) -> float:
    weeks: float = part.details.get("after", 0) * (4.35 if part.details.get("unit") == "month" else 1)
    return weeks


def piece(part: Any) -> Piece:
    """One part as it is read."""
    base = getattr(part, "base", part)
    own = base is None or base.says != part.says
    return Piece(part, facts(part.kind, part.details), part.details.get("themes", ()), own)


def facts(kind: str, details: dict[str, Any]) -> list[str]:
    """What a part says besides its text, each in a few words."""
    if kind == PartKind.GROUP:
        return _of_group(details)
    if kind == PartKind.RHYTHM:
        return [_every(details)] if details.get("every") else []
    if kind == PartKind.STEP:
        return [_after(details)]
    return _of_programme(details) if kind == PartKind.PROGRAMME else []


def _of_group(details: dict[str, Any]) -> list[str]:
    said = []
    if details.get("kind") in GroupKind.values:
        said.append(str(GroupKind(details["kind"]).label))
    if number := details.get("max_size"):
        said.append(
            ngettext("at most %(number)d person", "at most %(number)d people", number) % {"number": number}
        )
    for voice, number in details.get("voices", {}).items():
        if voice in Perspective.values:
            said.append(f"{number} × {Perspective(voice).label}")
    return said


def _every(details: dict[str, Any]) -> str:
    number = details["every"]
    if details.get("unit") == "month":
        return ngettext("every month", "every %(number)d months", number) % {"number": number}
    return ngettext("every week", "every %(number)d weeks", number) % {"number": number}


def _after(details: dict[str, Any]) -> str:
    number = details.get("after", 0)
    if not number:
        return _("at the start")
    if details.get("unit") == "month":
        return ngettext("after %(number)d month", "after %(number)d months", number) % {"number": number}
    return ngettext("after %(number)d week", "after %(number)d weeks", number) % {"number": number}


def _of_programme(details: dict[str, Any]) -> list[str]:
    said = []
    if details.get("route") in Route.values:
        said.append(str(Route(details["route"]).label))
    if details.get("crebos"):
        said.append(_("crebo %(numbers)s") % {"numbers": ", ".join(details["crebos"])})
    if number := details.get("contract_hours"):
        text = ngettext(
            "contract of %(number)d hour a week at least",
            "contract of %(number)d hours a week at least",
            number,
        )
        said.append(text % {"number": number})
    if number := details.get("school_days"):
        said.append(
            ngettext("%(number)d school day a week", "%(number)d school days a week", number)
            % {"number": number}
        )
    if details.get("is_switcher"):
        said.append(_("for career switchers"))
    return said
