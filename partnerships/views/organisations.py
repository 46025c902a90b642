"""The published part of organisations."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.for_everyone import for_everyone
from partnerships.models import Initiative, Member, Organisation
from partnerships.presenters import contacts
from partnerships.presenters.initiatives import cards
from partnerships.rules.merging import can_look_for_doubles
from ui.pages import paginate


@login_not_required
@require_safe
@for_everyone
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
    actor = getattr(request, "actor", None)  # the middleware gives one to signed-in people alone
    context = {
        "organisation": organisation,
        "contacts": contacts.of_organisation(organisation, actor),
        "memberships": memberships,
        "page": page,
        "cards": cards(page.items),
        "former_names": list(organisation.merged.order_by("name").values_list("name", flat=True)),
        "may_merge": actor is not None and can_look_for_doubles(actor),
    }
    return render(request, "partnerships/organisations/detail.html", context)
