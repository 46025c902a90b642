"""Duties of social return (SROI) of an organisation, and what counts for them."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.actors import ActorRequest
from partnerships.forms.social_returns import ActivityForm, ObligationForm
from partnerships.models import SocialReturnActivity, SocialReturnObligation
from partnerships.presenters import social_return_sheets as sheets
from partnerships.presenters import social_returns as pages
from partnerships.presenters.spaces import space_of_organisation
from partnerships.presenters.spots import ON_SOCIAL_RETURN
from partnerships.services import social_returns as service
from partnerships.views.guards import social_return_in, social_returns_of
from ui.acts import attempt_form, posted
from ui.downloads import download
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def social_return_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The duties of an organisation, with what is still open (story E-06)."""
    organisation = social_returns_of(request, slug)
    rows = SocialReturnObligation.objects.filter(organisation=organisation).for_list()
    if file := asked(request, rows, sheets.OBLIGATIONS):
        return file
    page = paginate(request, rows)
    context = space_of_organisation(organisation) | {"organisation": organisation, "page": page}
    context["rows"] = [pages.row_of(row) for row in page]
    return render(request, "partnerships/social_returns/list.html", context)


@require_safe
def social_return(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponseBase:
    """One duty with what counts for it; the file is for the client."""
    obligation = social_return_in(request, slug, public_id)
    rows = obligation.activities.for_list()
    if file := asked(request, rows, sheets.ACTIVITIES):
        return file
    context = pages.detail_context(obligation, paginate(request, rows))
    context["sections"] = ON_SOCIAL_RETURN.of(obligation, request.actor)
    return render(request, "partnerships/social_returns/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def social_return_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Write down a duty."""
    organisation = social_returns_of(request, slug)
    return _edit(request, SocialReturnObligation(organisation=organisation))


@require_http_methods(["GET", "HEAD", "POST"])
def social_return_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Change a duty."""
    return _edit(request, social_return_in(request, slug, public_id))


def _edit(request: ActorRequest, obligation: SocialReturnObligation) -> HttpResponse:
    form = ObligationForm(posted(request), instance=obligation)
    if form.is_valid():
        form.save(commit=False)
        act = partial(service.save, obligation=obligation, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The SROI duty has been saved.")):
            return redirect(obligation)
    context = space_of_organisation(obligation.organisation) | {"form": form}
    context |= {"organisation": obligation.organisation}
    context["obligation"] = obligation if obligation.pk else None
    return render(request, "partnerships/social_returns/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def social_return_add(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Add what was done."""
    obligation = social_return_in(request, slug, public_id)
    return _edit_activity(request, obligation, SocialReturnActivity(obligation=obligation))


@require_http_methods(["GET", "HEAD", "POST"])
def social_return_activity(request: ActorRequest, slug: str, public_id: UUID, activity: UUID) -> HttpResponse:
    """Change what was done, or let it count no more."""
    obligation = social_return_in(request, slug, public_id)
    row = get_object_or_404(obligation.activities.for_list(), public_id=activity)
    return _edit_activity(request, obligation, row)


def _edit_activity(
    request: ActorRequest, obligation: SocialReturnObligation, activity: SocialReturnActivity
) -> HttpResponse:
    form = ActivityForm(posted(request), request.FILES or None, instance=activity)
    if form.is_valid():
        form.save(commit=False)
        act = partial(service.save_activity, activity=activity, by=request.actor, version=form.read)
        if attempt_form(request, form, partial(act, file=form.accepted), _("The activity has been saved.")):
            return redirect(obligation)
    context = space_of_organisation(obligation.organisation) | {"form": form, "obligation": obligation}
    context["activity"] = activity if activity.pk else None
    return render(request, "partnerships/social_returns/activity.html", context)


@require_safe
def social_return_proof(
    request: ActorRequest, slug: str, public_id: UUID, activity: UUID
) -> HttpResponseBase:
    """The proof as a download."""
    obligation = social_return_in(request, slug, public_id)
    row = get_object_or_404(obligation.activities.for_list(), public_id=activity)
    return download(row.proof, name=row.file_name)
