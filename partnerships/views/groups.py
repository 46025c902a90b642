"""Groups for those who sit in them: the mandate, who is there, who is missing. For all members: what each is for."""

from __future__ import annotations

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.models import Group
from partnerships.presenters import groups as pages
from partnerships.presenters import sheets
from partnerships.queries.groups import seats_of
from partnerships.views.guards import own_partnership
from ui.pages import paginate, whole
from ui.sheets import asked


@require_safe
def group_list(request: ActorRequest) -> HttpResponseBase:
    """Own groups."""
    own = Group.objects.of_seats(request.actor).for_list()
    if file := asked(request, own, sheets.MANDATES):
        return file
    context = {"space": "coordinator", "page": paginate(request, own)}
    return render(request, "partnerships/groups/list.html", context)


@require_safe
def partnership_groups(request: ActorRequest, slug: str) -> HttpResponseBase:
    """What the running groups of a partnership are for, for all who know it from within."""
    partnership = own_partnership(request, slug)
    rows = Group.objects.with_mandate_for(request.actor).filter(partnership=partnership).for_list()
    if file := asked(request, rows, sheets.MANDATES):
        return file
    context = pages.mandates_context(request.actor, partnership, paginate(request, rows))
    return render(request, "partnerships/partnerships/groups.html", context)


@require_safe
def group_detail(request: ActorRequest, public_id: UUID) -> HttpResponseBase:
    """One group, for whoever sits in it and for the coordinators."""
    visible = Group.objects.visible_to(request.actor).with_expected().for_list()
    group = get_object_or_404(visible, public_id=public_id)
    seats = seats_of(group)
    if file := asked(request, seats, sheets.SEATS):
        return file
    context = pages.detail_context(request.actor, group, seats)
    context["page"] = whole(seats, request.path)
    return render(request, "partnerships/groups/detail.html", context)
