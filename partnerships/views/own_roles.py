"""One's own roles: what one may do where, since when, and who changed it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from partnerships.actors import ActorRequest
from partnerships.models import Membership
from partnerships.presenters.memberships import goes_on_words
from partnerships.presenters.own_roles import context
from partnerships.services import returns
from ui.acts import attempt, was_read


@require_safe
def own_roles(request: ActorRequest) -> HttpResponse:
    """Every role and seat of one's own, also those that are over."""
    return render(request, "partnerships/own_roles/list.html", context(request.actor))


@require_POST
def own_role_take_back(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Let a role that one ended oneself go on."""
    membership = get_object_or_404(Membership.objects.of(request.actor), public_id=public_id)
    act = partial(returns.role, membership_id=membership.pk, by=request.actor, read=was_read(request))
    attempt(request, act, goes_on_words)
    return redirect("partnerships:own-roles")
