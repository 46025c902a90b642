"""Close groups, calls and the partnership itself, and let them go on; throw drafts away."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core import versions
from partnerships.actors import ActorRequest
from partnerships.presenters import closings as pages
from partnerships.queries import drafts as used
from partnerships.queries.leaving import follows_closing
from partnerships.rules import closings as rules
from partnerships.services import closings, drafts, returns
from partnerships.views.guards import (
    coordinated_group,
    coordinated_partnership,
    written_call,
    written_initiative,
)
from ui.acts import attempt, attempt_back, confirm, number_read, refused, was_read

THROWN_AWAY = gettext_lazy("Deleted.")


@require_http_methods(["GET", "HEAD", "POST"])
def group_close(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Close a group, from this moment on."""
    _partnership, group = coordinated_group(request, slug, public_id)
    if refused(request, rules.can_close_group(request.actor, group)):
        return redirect(group)
    if request.method == "POST":
        act = partial(closings.group, group_id=group.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The group is closed. Who sat in it has been told."))
        return redirect(group)
    return confirm(request, **pages.closing_group(group), read=versions.of(group))


@require_POST
def group_reopen(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let a group that was closed lately go on."""
    _partnership, group = coordinated_group(request, slug, public_id)
    act = partial(returns.group, group_id=group.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("The group continues as it was."))
    return redirect(group)


@require_http_methods(["GET", "HEAD", "POST"])
def group_discard(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Throw a group away in which nobody ever sat."""
    _partnership, group = coordinated_group(request, slug, public_id)
    if refused(request, rules.can_discard_group(request.actor, group, was_used=used.group_was_used(group))):
        return redirect(group)
    if request.method == "POST":
        act = partial(drafts.group, group_id=group.pk, by=request.actor, read=was_read(request))
        done = attempt(request, act, THROWN_AWAY)
        return redirect("partnerships:coordination-groups", slug) if done else redirect(group)
    return confirm(request, **pages.discarding(group, group.get_absolute_url()), read=versions.of(group))


@require_http_methods(["GET", "HEAD", "POST"])
def call_close(request: ActorRequest, slug: str, call: str) -> HttpResponse:
    """Close a call before its last day."""
    _partnership, found = written_call(request, slug, call)
    back = redirect("partnerships:coordination-call", slug, call)
    if refused(request, rules.can_close_call(request.actor, found)):
        return back
    if request.method == "POST":
        act = partial(closings.call, call_id=found.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The call is closed."))
        return back
    return confirm(request, **pages.closing_call(found, back.url), read=versions.of(found))


@require_POST
def call_reopen(request: ActorRequest, slug: str, call: str) -> HttpResponse:
    """Let employers answer a call again that was closed lately."""
    _partnership, found = written_call(request, slug, call)
    read = number_read(request.POST.get("act", ""))
    act = partial(returns.call, call_id=found.pk, act_id=read, by=request.actor)
    attempt(request, act, _("Taken back."))
    return redirect("partnerships:coordination-call", slug, call)


@require_http_methods(["GET", "HEAD", "POST"])
def call_discard(request: ActorRequest, slug: str, call: str) -> HttpResponse:
    """Throw a call away that was never published."""
    _partnership, found = written_call(request, slug, call)
    back = redirect("partnerships:coordination-call", slug, call)
    if refused(request, rules.can_discard_call(request.actor, found, was_used=used.call_was_used(found))):
        return back
    if request.method == "POST":
        act = partial(drafts.call, call_id=found.pk, by=request.actor, read=was_read(request))
        done = attempt(request, act, THROWN_AWAY)
        return redirect("partnerships:coordination-calls", slug) if done else back
    return confirm(request, **pages.discarding(found, back.url), read=versions.of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_discard(request: ActorRequest, slug: str, initiative: str) -> HttpResponse:
    """Throw an idea away that nobody else has seen."""
    _partnership, found = written_initiative(request, slug, initiative)
    back = redirect("partnerships:coordination-initiative", slug, initiative)
    was_used = used.initiative_was_used(found)
    if refused(request, rules.can_discard_initiative(request.actor, found, was_used=was_used)):
        return back
    if request.method == "POST":
        act = partial(drafts.initiative, initiative_id=found.pk, by=request.actor, read=was_read(request))
        done = attempt(request, act, THROWN_AWAY)
        return redirect("partnerships:coordination-initiatives", slug) if done else back
    return confirm(request, **pages.discarding(found, back.url), read=versions.of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_close(request: ActorRequest, slug: str) -> HttpResponse:
    """Close the partnership, with the places that are offered there."""
    partnership = coordinated_partnership(request, slug)
    back = reverse("partnerships:coordination-members", args=[slug])
    if refused(request, rules.can_close_partnership(request.actor, partnership)):
        return redirect(back)
    if request.method == "POST":
        close = partial(closings.partnership, partnership_id=partnership.pk, by=request.actor)
        act = partial(close, read=was_read(request))
        attempt(request, act, _("The partnership is closed. Its members have been told."))
        return redirect(back)
    page = pages.closing_partnership(partnership, back, follows_closing(partnership))
    return confirm(request, **page, read=versions.of(partnership))


@require_POST
def partnership_reopen(request: ActorRequest, slug: str) -> HttpResponse:
    """Let a partnership that was closed lately go on, with what can come back."""
    partnership = coordinated_partnership(request, slug)
    reopen = partial(returns.partnership, partnership_id=partnership.pk, by=request.actor)
    attempt_back(request, partial(reopen, read=was_read(request)), _("The partnership continues as it was."))
    return redirect("partnerships:coordination-members", slug)
