"""A partnership's playbook: begun from what is there, written as a draft, published for good, and written anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import drafts, states, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.slugs import save_with_slug
from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.services.locks import partnership_under_lock
from playbooks.enums import VersionState
from playbooks.models import Playbook, PlaybookPart, PlaybookVersion
from playbooks.models.playbooks import MOST_PARTS
from playbooks.queries import made, names
from playbooks.queries.playbooks import (
    FACTS,
    draft_of,
    newest,
    playbook_of,
    says_the_same,
    texts_in,
    texts_of,
)
from playbooks.rules import playbooks as rules
from playbooks.services.locks import draft_under_lock

TEXTS = (*FACTS, "news")
BEGIN = "begin"


@transaction.atomic
def begin(*, partnership_id: int, by: Actor) -> PlaybookVersion:
    """Begin the playbook of a partnership, or its next version; one that is being written already is given back.

    The first one is made from the partnership. A next one begins as the one before it.
    """
    partnership = partnership_under_lock(partnership_id)
    playbook = playbook_of(partnership)
    ensure(rules.can_begin(by, partnership, has_draft=False))
    if playbook is None:
        playbook = Playbook(partnership=partnership)
        save_with_slug(playbook, partnership.name)
    there = draft_of(playbook)
    if there is not None:
        return there
    before = playbook.versions.newest_first().first()
    version = _first(playbook, partnership) if before is None else _next(before)
    states.record(version, BEGIN, after=VersionState.DRAFT, by_id=by.person_id)
    return version


def _first(playbook: Playbook, partnership: Partnership) -> PlaybookVersion:
    summary = partnership.summary or partnership.name
    version = PlaybookVersion(playbook=playbook, number=1, title=partnership.name, summary=summary)
    if names.named_in(partnership, [summary]):
        version.summary = partnership.name
    version.save()
    _keep(version, partnership, made.of_partnership(partnership))
    return version


def _next(before: PlaybookVersion) -> PlaybookVersion:
    facts = {name: getattr(before, name) for name in FACTS}
    version = PlaybookVersion.objects.create(playbook=before.playbook, number=before.number + 1, **facts)
    copied = ("key", "kind", "title", "body", "details", "position", "origin")
    PlaybookPart.objects.bulk_create(
        PlaybookPart(version=version, **{name: getattr(part, name) for name in copied})
        for part in before.parts.for_list()
    )
    return version


def _keep(version: PlaybookVersion, partnership: Partnership, parts: Iterable[PlaybookPart]) -> int:
    """Keep these parts at the end, without the texts that name someone; how many there are."""
    there = list(version.parts.for_list())
    known = {part.origin for part in there}
    fresh = [part for part in parts if part.origin not in known][: MOST_PARTS - len(there)]
    for number, part in enumerate(fresh, start=len(there) + 1):
        part.version, part.position = version, number
        _take_names_out(partnership, part)
    fresh = [part for part in fresh if part.title]
    PlaybookPart.objects.bulk_create(fresh)
    return len(fresh)


def _take_names_out(partnership: Partnership, part: PlaybookPart) -> None:
    """What names someone is left out: the text, the themes, or the whole part when its title does."""
    if not names.named_in(partnership, texts_in(part)):
        return
    if names.named_in(partnership, [part.title]):
        part.title = ""
    if names.named_in(partnership, [part.body]):
        part.body = ""
    themes = [text for text in part.details.get("themes", ()) if not names.named_in(partnership, [text])]
    if "themes" in part.details:
        part.details["themes"] = themes


@transaction.atomic
def bring_over(*, version_id: int, by: Actor, read: str | None) -> int:
    """Add to a draft what the partnership has by now and the draft has not; how many parts that are."""
    version = draft_under_lock(version_id)
    ensure(rules.can_change(by, version))
    versions.claim(read, version)
    partnership = version.playbook.partnership
    return _keep(version, partnership, made.of_partnership(partnership))


@transaction.atomic
def save(*, version: PlaybookVersion, by: Actor, read: str | None) -> PlaybookVersion:
    """Keep what a draft says of itself."""
    known = draft_under_lock(version.pk)
    ensure(rules.can_change(by, known))
    _ensure_nameless(known, [getattr(version, name) for name in TEXTS])
    versions.claim(read, known)
    for name in TEXTS:
        setattr(known, name, getattr(version, name))
    known.save(update_fields=TEXTS)
    return known


@transaction.atomic
def save_part(*, part: PlaybookPart, by: Actor, read: str | None) -> PlaybookPart:
    """Keep a part of a draft, new at the end or changed."""
    version = draft_under_lock(part.version_id)
    ensure(rules.can_change(by, version))
    _ensure_nameless(version, texts_in(part))
    if part._state.adding:
        same = version.parts.filter(kind=part.kind, title=part.title, body=part.body).first()
        if same is not None:  # the button a second time
            return same
        ensure(rules.can_add_part(by, version, parts=len(version.parts.all())))
        part.position = max((row.position for row in version.parts.all()), default=0) + 1
        part.save()
        return part
    versions.claim(read, part)
    with explained(part):
        part.save(update_fields=["title", "body", "details"])
    return part


@transaction.atomic
def remove_part(*, version_id: int, part_id: int, by: Actor, read: str | None) -> None:
    """Leave a part out of a draft. Of what was published nothing goes."""
    version = draft_under_lock(version_id)
    ensure(rules.can_change(by, version))
    part = version.parts.get(pk=part_id)
    versions.ensure(read, part)
    drafts.discard(part, by=by.person_id)


@transaction.atomic
def publish(*, version_id: int, by: Actor, read: str | None) -> PlaybookVersion:
    """Publish a draft: from now on it stays as it is, and the one before it stays to be read."""
    version = draft_under_lock(version_id)
    if states.is_repeat(version, "publish", by=by.person_id):
        return version
    ensure(rules.can_publish(by, version, parts=len(version.parts.all())))
    versions.ensure(read, version)
    _ensure_nameless(version, texts_of(version))
    before = newest(version.playbook)
    if before is not None:
        if says_the_same(before, version):
            raise ValidationError(_("Nothing differs from the version before. Change something first."))
        states.advance(before, "replace", by=by.person_id)
    states.advance(version, "publish", by=by.person_id, published_on=today())
    return version


@transaction.atomic
def discard(*, version_id: int, by: Actor, read: str | None) -> None:
    """Throw a draft away; the playbook stays when something of it was published."""
    version = draft_under_lock(version_id)
    ensure(rules.can_change(by, version))
    versions.ensure(read, version)
    playbook = version.playbook
    drafts.discard(version, version.parts.all(), by=by.person_id)
    if not playbook.versions.exists():
        playbook.delete()


def _ensure_nameless(version: PlaybookVersion, texts: Collection[str]) -> None:
    """Raises ValidationError when these texts name someone of the partnership, or say how to reach someone."""
    ensure(rules.is_nameless(names.named_in(version.playbook.partnership, texts)))
