"""Documents as the people of a partnership find them, and as who keeps them works on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import StoredFile
from partnerships.actors import Actor
from partnerships.models import Document, DocumentVersion, Group, Partnership
from partnerships.presenters.spaces import space_of
from partnerships.rules import documents as rules
from ui import formats
from ui.history import by_act, field_lines, last_act, state_lines, undo_of
from ui.languages import dutch, told
from ui.pages import Page

_KILOBYTE = 1024


@dataclass(frozen=True)
class VersionRow:
    """One version to be taken, or why it is not handed out."""

    version: DocumentVersion
    url: str

    @property
    def size(self) -> str:
        """How large it is, rounded up, as people compare it."""
        return size_of(self.version.file)


def size_of(file: StoredFile) -> str:
    """A size in kilobytes or megabytes."""
    kilobytes = -(-file.size // _KILOBYTE)
    if kilobytes < _KILOBYTE:
        return _("%(number)s kB") % {"number": formats.number(kilobytes)}
    return _("%(number)s MB") % {"number": formats.number(round(kilobytes / _KILOBYTE, 1))}


@dataclass(frozen=True)
class DocumentRow:
    """A document in a list, with its newest version."""

    document: Document
    newest: VersionRow


def rows_of(documents: Iterable[Document]) -> list[DocumentRow]:
    """Documents loaded `for_list`."""
    return [DocumentRow(document, _version(document, document.newest)) for document in documents]


def _version(document: Document, version: DocumentVersion) -> VersionRow:
    place = [document.partnership.slug, document.public_id, version.number]
    return VersionRow(version, reverse("partnerships:document-version", args=place))


def list_context(actor: Actor, partnership: Partnership, page: Page) -> dict[str, Any]:
    """The documents of a partnership that the reader may read."""
    return {
        "space": space_of(actor),
        "partnership": partnership,
        "page": page,
        "rows": rows_of(page),
        "may_add": rules.can_keep_some(actor, partnership),
    }


def group_context(actor: Actor, group: Group, page: Page) -> dict[str, Any]:
    """Those of one group."""
    return {
        "space": space_of(actor),
        "group": group,
        "page": page,
        "rows": rows_of(page),
        "may_add": rules.can_add(actor, group.partnership, group),
    }


def detail_context(actor: Actor, document: Document, versions: Page) -> dict[str, Any]:
    """One document, with every version it had and what happened to it."""
    states = state_lines(document)
    undo = undo_of(document, states)
    return {
        "space": space_of(actor),
        "partnership": document.partnership,
        "document": document,
        "newest": _version(document, document.newest),
        "page": versions,
        "versions": [_version(document, version) for version in versions],
        "opens_group": document.group_id in actor.groups or document.partnership_id in actor.coordinates,
        "may_change": rules.can_change(actor, document),
        "may_take_away": rules.can_take_away(actor, document),
        "undo": undo if undo and rules.can_take_back(actor, document, last_act(states)) else None,
        "history": by_act(states, field_lines(document)),
    }


def taking_away(document: Document) -> dict[str, Any]:
    """Before a document is taken away."""
    return {
        "of": dutch(document.title),
        "heading": told(_("Take away “%(name)s”?"), name=dutch(document.title)),
        "says": [
            _("Nobody can read it or its older versions any more, except who keeps it here."),
            _("It can be brought back for 14 days."),
        ],
        "word": _("Take away"),
        "back_url": document.get_absolute_url(),
    }
