"""What a partnership took from a playbook, as those inside read it and its coordinators work on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.presenters.spaces import space_of
from playbooks.forms.adoptions import ChoicesForm
from playbooks.models import PlaybookAdoption, PlaybookVersion
from playbooks.presenters.parts import chapters, facts
from playbooks.queries import adoptions as queries
from playbooks.queries.adoptions import Difference, Differing
from playbooks.rules import adoptions as rules

LOOKS: dict[Difference, tuple[str, str | Promise]] = {
    Difference.NEW: ("done", _("New in the newest version")),
    Difference.CHANGED: ("wait", _("The newest version says something else")),
    Difference.CLASH: ("back", _("Clash: you and the newest version both changed this")),
    Difference.GONE: ("todo", _("Not in the newest version any more")),
}


@dataclass(frozen=True)
class Compared:
    """A piece that differs, as three texts, with its field."""

    row: Differing
    title: str
    look: str
    word: str | Promise
    base: str
    own: str
    newest: str
    field: BoundField

    @property
    def is_clash(self) -> bool:
        """Whether both sides changed it, so that three texts stand beside each other."""
        return self.row.kind == Difference.CLASH


def spelled(part: Any) -> str:
    """A piece as one text, to be laid beside another."""
    if part is None:
        return ""
    said = [
        part.title,
        " · ".join(facts(part.kind, part.details)),
        part.body,
        *part.details.get("themes", ()),
    ]
    return "\n".join(text for text in said if text)


def compared(rows: Sequence[Differing], form: ChoicesForm) -> list[Compared]:
    """Each piece that differs, beside its field."""
    found = []
    for row in rows:
        look, word = LOOKS[row.kind]
        own = None if row.kind == Difference.NEW else row.own
        base = own.base if own else None
        texts = {"base": spelled(base), "own": spelled(own), "newest": spelled(row.newest)}
        found.append(Compared(row, str(row.newest or row.own), look, word, field=form[str(row.key)], **texts))
    return found


def adopted_context(
    actor: Actor, adoption: PlaybookAdoption, newest: PlaybookVersion | None
) -> dict[str, Any]:
    """The partnership's own copy, with how many pieces differ and what can be taken back."""
    own = list(adoption.parts.for_list())
    differing = queries.differing(own, list(newest.parts.all())) if newest else []
    works = rules.can_work_on(actor, adoption.partnership)
    return {
        "space": space_of(actor),
        "partnership": adoption.partnership,
        "adoption": adoption,
        "newest": newest,
        "chapters": chapters(part for part in own if not part.is_left),
        "differ": len(differing),
        "may_work": works,
        "undoable": queries.choices_to_undo(adoption) if works else (),
    }


# Who began from whom


@dataclass(frozen=True)
class Kin:
    """A partnership in the family of playbooks, with those that began from it."""

    partnership: Partnership
    began: PlaybookAdoption | None
    children: Sequence[Kin]


def family() -> list[Kin]:
    """Each partnership whose playbook others began with, with those below it; the roots in the order of their names."""
    below = queries.children()
    rows = [row for rows in below.values() for row in rows]
    began = {row.partnership_id for row in rows}
    roots = {row.version.playbook.partnership_id: row.version.playbook.partnership for row in rows}
    tops = [one for key, one in roots.items() if key not in began]
    return [_kin(one, None, below, frozenset()) for one in sorted(tops, key=lambda one: (one.name, one.pk))]


def _kin(
    partnership: Partnership,
    began: PlaybookAdoption | None,
    below: Mapping[int, list[PlaybookAdoption]],
    above: frozenset[int],
) -> Kin:
    seen = above | {partnership.pk}
    rows = [row for row in below.get(partnership.pk, ()) if row.partnership_id not in seen]
    return Kin(partnership, began, [_kin(row.partnership, row, below, seen) for row in rows])
