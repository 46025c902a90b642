"""What a partnership says of itself, by its coordinators and by chair and secretary of its steering group."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.actors import ActorRequest
from partnerships.forms.partnerships import PartnershipFactsForm, PartnershipForm
from partnerships.queries.following import successors
from partnerships.rules.partnerships import can_change_region, can_change_texts
from partnerships.services import partnerships as service
from partnerships.views.guards import coordinated_partnership, own_partnership
from ui.acts import attempt_form, posted, refused
from ui.history import edits


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_change(request: ActorRequest, slug: str) -> HttpResponse:
    """Change the texts of a partnership, its region and branches."""
    partnership = own_partnership(request, slug)
    if refused(request, can_change_texts(request.actor, partnership)):
        return redirect(partnership)
    region = bool(can_change_region(request.actor, partnership))
    form = PartnershipForm(posted(request), instance=partnership, may_change_region=region)
    if form.is_valid():
        form.save(commit=False)
        save = partial(service.save_texts, partnership=partnership, by=request.actor)
        act = partial(save, version=form.over)
        if attempt_form(request, form, act, _("The texts have been saved.")):
            return redirect(partnership)
    context = {"space": "coordinator", "partnership": partnership, "form": form}
    context["history"] = edits(partnership, "provinces")
    return render(request, "partnerships/coordination/partnerships/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_facts(request: ActorRequest, slug: str) -> HttpResponse:
    """Change the name of a partnership, since when it is there and what it goes on as."""
    partnership = coordinated_partnership(request, slug)
    choices = successors(request.actor, partnership)
    form = PartnershipFactsForm(posted(request), instance=partnership, choices=choices)
    if form.is_valid():
        form.save(commit=False)
        act = partial(service.save_facts, partnership=partnership, by=request.actor, version=form.over)
        if attempt_form(request, form, act, _("The change has been saved.")):
            return redirect(partnership)
    context = {"space": "coordinator", "partnership": partnership, "form": form}
    context["history"] = edits(partnership, "name", "starts_on", "successor", "proposal_days")
    return render(request, "partnerships/coordination/partnerships/facts.html", context)
