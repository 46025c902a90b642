"""The story of an initiative: its versions for who leads it, its image for who may read it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.stories import StoryForm
from partnerships.models import Initiative, StoryVersion
from partnerships.presenters.initiative_partners import around
from partnerships.rules import stories as rules
from partnerships.rules.initiative_partners import can_lead
from partnerships.services import stories as service
from partnerships.views.guards import led_initiative, open_to
from ui.acts import attempt, attempt_form, posted, was_read
from ui.downloads import picture
from ui.history import trail


@require_http_methods(["GET", "HEAD", "POST"])
def story_write(request: ActorRequest, slug: str) -> HttpResponse:
    """Write a next version, over the last one."""
    initiative = led_initiative(request, slug)
    last = initiative.stories.for_list().first()
    initial = {"text": last.text} if last else {}
    form = StoryForm(posted(request), request.FILES or None, initial=initial)
    if form.is_valid():
        act = partial(service.write, initiative_id=initiative.pk, by=request.actor, **form.values())
        if attempt_form(request, form, act, _("The version has been saved. Visitors do not see it yet.")):
            return redirect("partnerships:initiative-inside", slug)
    context = around(request.actor, initiative) | {"form": form}
    return render(request, "partnerships/stories/form.html", context)


@require_safe
def story_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One version as visitors would read it, and the button that puts it online."""
    story = _story(led_initiative(request, slug), public_id)
    context = around(request.actor, story.initiative) | {
        "story": story,
        "may_publish": rules.can_move(request.actor, story, "publish"),
        "may_replace": rules.can_move(request.actor, story, "replace"),
        "history": trail(story),
    }
    return render(request, "partnerships/stories/detail.html", context)


@login_not_required
@require_safe
def story_image(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponseBase:
    """The image: of a published version for all who read the initiative, of others for who leads it."""
    initiative = get_object_or_404(
        open_to(request, Initiative.objects.select_related("partnership")), slug=slug
    )
    story = _story(initiative, public_id)
    actor = getattr(request, "actor", None)
    if not story.is_published and not (actor and can_lead(actor, initiative)):
        raise Http404
    return picture(story.image)


@require_POST
def story_publish(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Put a version on the public page."""
    story = _moved(request, slug, public_id, "publish")
    act = partial(service.publish, story_id=story.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("This version is on the public page now."))
    return redirect(story)


@require_POST
def story_replace(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Take a version off the public page."""
    story = _moved(request, slug, public_id, "replace")
    act = partial(service.replace, story_id=story.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("This version is no longer on the public page."))
    return redirect(story)


def _moved(request: ActorRequest, slug: str, public_id: UUID, action: str) -> StoryVersion:
    """403 for whoever does not write for the partnership."""
    story = _story(led_initiative(request, slug), public_id)
    verdict = rules.can_move(request.actor, story, action)
    if verdict.is_final:
        require(verdict)
    return story


def _story(initiative: Initiative, public_id: UUID) -> StoryVersion:
    story = get_object_or_404(initiative.stories.for_list(), public_id=public_id)
    story.initiative = initiative
    return story
