"""The published part of partnerships and organisations."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.enums import COORDINATING, MemberRole
from partnerships.models import Call, Initiative, Member, Organisation, Partnership
from partnerships.models.partnerships import PartnershipQuerySet
from partnerships.views.initiatives import cards
from ui.pages import paginate

MOST_CALLS = 20


@login_not_required
@require_safe
def partnership_list(request: HttpRequest) -> HttpResponse:
    page = paginate(request, _visible_partnerships(request).with_member_count().for_list())
    return render(request, "partnerships/partnerships/list.html", {"page": page})


@login_not_required
@require_safe
def partnership_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part and what they do together; meetings, groups and papers stay inside."""
    visible = _visible_partnerships(request).select_related("successor")
    partnership = get_object_or_404(visible, slug=slug)
    members = list(Member.objects.filter(partnership=partnership).for_list())
    initiatives = Initiative.objects.published().filter(partnership=partnership).for_list()
    page = paginate(request, initiatives, 12)
    context = {
        "partnership": partnership,
        "leading": [m for m in members if m.is_running and m.role in COORDINATING],
        "members": [m for m in members if m.is_running and m.role == MemberRole.MEMBER],
        "observers": [m for m in members if m.is_running and m.role == MemberRole.OBSERVER],
        "former": [m for m in members if m.is_over],
        "action_lines": partnership.action_lines.all(),
        "themes": partnership.themes.all(),
        "calls": Call.objects.published().filter(partnership=partnership).for_list()[:MOST_CALLS],
        "page": page,
        "cards": cards(page),
    }
    return render(request, "partnerships/partnerships/detail.html", context)


def _visible_partnerships(request: HttpRequest) -> PartnershipQuerySet:
    if request.user.is_authenticated:
        return Partnership.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return Partnership.objects.published()


@login_not_required
@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What an organisation shows of itself; people and locations are not part of it."""
    organisation = get_object_or_404(Organisation.objects.published().select_related("successor"), slug=slug)
    memberships = (
        Member.objects.filter(organisation=organisation, partnership__is_published=True)
        .select_related("partnership")
        .order_by("partnership__name", "pk")
    )
    initiatives = Initiative.objects.published().filter(partners__organisation=organisation).for_list()
    page = paginate(request, initiatives, 12)
    context = {
        "organisation": organisation,
        "memberships": memberships,
        "page": page,
        "cards": cards(page),
    }
    return render(request, "partnerships/organisations/detail.html", context)
