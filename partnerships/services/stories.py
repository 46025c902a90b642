"""Stories of initiatives: a version is written once, and put on the public page or taken off it."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from core import files, states, versions
from core.access import ensure
from core.attachments import Accepted
from core.dates import today
from partnerships.actors import Actor
from partnerships.models import Initiative, StoryVersion
from partnerships.rules import stories as rules
from partnerships.rules.initiative_partners import can_lead
from partnerships.rules.partnerships import goes_on
from partnerships.services.locks import initiative_under_lock


@transaction.atomic
def write(*, initiative_id: int, text: str, image: Accepted | None, alt: str, by: Actor) -> StoryVersion:
    """Keep a next version with its image; the same once more, by the same person, changes nothing."""
    initiative = initiative_under_lock(initiative_id)
    ensure(can_lead(by, initiative) and goes_on(initiative.partnership))
    last = initiative.stories.for_list().first()
    if last is not None and _is_same(last, text, image, alt, by):
        return _of(initiative, last)
    number = (initiative.stories.aggregate(last=Max("number"))["last"] or 0) + 1
    kept = None
    if image is not None:  # under a random name, in nobody's file
        kept = files.keep(
            file=image.file, path=f"stories/{uuid4()}", content_type=image.content_type, subject=None
        )
    story = StoryVersion.objects.create(
        initiative=initiative, number=number, text=text, image=kept, alt=alt, by_id=by.person_id
    )
    initiative.refreshed_on = today()
    initiative.save(update_fields=["refreshed_on"])
    return story


@transaction.atomic
def publish(*, story_id: int, by: Actor, read: str | None) -> StoryVersion:
    """Put a version on the public page, in place of the one that stands there."""
    story = _locked(story_id)
    if states.is_repeat(story, "publish", by=by.person_id):
        return story
    ensure(rules.can_move(by, story, "publish"))
    versions.ensure(read, story)
    for former in story.initiative.stories.published():
        states.advance(former, "replace", by=by.person_id)
    states.advance(story, "publish", by=by.person_id)
    return story


@transaction.atomic
def replace(*, story_id: int, by: Actor, read: str | None) -> StoryVersion:
    """Take a version off the public page."""
    story = _locked(story_id)
    if states.is_repeat(story, "replace", by=by.person_id):
        return story
    ensure(rules.can_move(by, story, "replace"))
    versions.ensure(read, story)
    states.advance(story, "replace", by=by.person_id)
    return story


def _is_same(last: StoryVersion, text: str, image: Accepted | None, alt: str, by: Actor) -> bool:
    if (last.text, last.alt, last.by_id) != (text, alt, by.person_id):
        return False
    if image is None or last.image is None:
        return image is None and last.image is None
    return files.is_same(last.image, image.file)


def _locked(story_id: int) -> StoryVersion:
    initiative = initiative_under_lock(
        StoryVersion.objects.values_list("initiative", flat=True).get(pk=story_id)
    )
    rows = StoryVersion.objects.select_for_update(of=("self",), no_key=True)
    return _of(initiative, rows.get(pk=story_id))


def _of(initiative: Initiative, story: StoryVersion) -> StoryVersion:
    story.initiative = initiative
    return story
