"""A playbook as anyone reads it, and as its coordinators work on it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from partnerships.actors import Actor
from partnerships.models import Partnership
from playbooks.enums import VersionState
from playbooks.models import Playbook, PlaybookLead, PlaybookOffer, PlaybookVersion
from playbooks.presenters.parts import chapters
from playbooks.queries.adoptions import adoption_of, began_with
from playbooks.queries.playbooks import draft_of
from playbooks.rules import playbooks as rules
from ui.about import About, absolute
from ui.languages import dutch, told

LOOKS = {VersionState.DRAFT: "todo", VersionState.PUBLISHED: "done", VersionState.REPLACED: "back"}


def about_version(version: PlaybookVersion, path: str) -> About:
    """A playbook: instructions in versions, by a partnership."""
    partnership = version.playbook.partnership
    more = {
        "version": str(version.number),
        "datePublished": version.published_on.isoformat() if version.published_on else "",
        "publisher": {"@type": "Consortium", "name": partnership.name},
        "url": absolute(path),
    }
    return About(version.title, version.summary, path, "DigitalDocument", more)


def reading(version: PlaybookVersion, actor: Actor | None, path: str) -> dict[str, Any]:
    """A published version, with those before and after it."""
    playbook = version.playbook
    others = list(playbook.versions.public().newest_first())
    return {
        "version": version,
        "playbook": playbook,
        "partnership": playbook.partnership,
        "about": about_version(version, path),
        "chapters": chapters(version.parts.all()),
        "others": others,
        "newest": next((row for row in others if row.state == VersionState.PUBLISHED), None),
        "began": list(began_with(playbook)),
        "may_start": actor is not None and bool(actor.coordinates - {playbook.partnership_id}),
        "coordinates": actor is not None and playbook.partnership_id in actor.coordinates,
    }


def workbench(actor: Actor, partnership: Partnership, playbook: Playbook | None) -> dict[str, Any]:
    """The page on which coordinators work on their playbook."""
    draft = draft_of(playbook) if playbook else None
    parts = list(draft.parts.all()) if draft else []
    return {
        "space": "coordinator",
        "partnership": partnership,
        "playbook": playbook,
        "draft": draft,
        "chapters": chapters(parts),
        "published": list(playbook.versions.public().newest_first()) if playbook else [],
        "begun_with": adoption_of(partnership),
        "asks": PlaybookLead.objects.waiting().filter(version__playbook=playbook).count(),
        "offers": PlaybookOffer.objects.open().filter(part__adoption__version__playbook=playbook).count(),
        "may_publish": draft and rules.can_publish(actor, draft, parts=len(parts)),
        "may_begin": rules.can_begin(actor, partnership, has_draft=draft is not None),
    }


def publishing(version: PlaybookVersion, back_url: str) -> dict[str, Any]:
    """Before a version is published."""
    says = [
        _("Anyone can read it, without signing in."),
        _("This version can no longer be changed. What you learn later goes into a next version."),
        _("Earlier versions stay at their own address."),
        _("We look whether someone of the partnership is named, and then refuse it. Read it yourself too."),
    ]
    return {
        "of": dutch(version.title),
        "heading": _("Publish version %(number)d?") % {"number": version.number},
        "says": says,
        "word": _("Publish"),
        "back_url": back_url,
        "space": "coordinator",
    }


def removing(part: Any, back_url: str) -> dict[str, Any]:
    """Before a part is left out of a draft."""
    return _gone(part.title, [_("Versions that were published keep it.")], _("Remove"), back_url)


def discarding(version: PlaybookVersion, back_url: str) -> dict[str, Any]:
    """Before a draft is thrown away."""
    says = [_("You cannot get this draft back. What was published stays.")]
    return _gone(version.title, says, _("Delete"), back_url)


def _gone(name: str, says: list[str], word: str, back_url: str) -> dict[str, Any]:
    return {
        "of": dutch(name),
        "heading": told(_("Delete “%(name)s”?"), name=dutch(name)),
        "says": says,
        "word": word,
        "back_url": back_url,
        "space": "coordinator",
    }
