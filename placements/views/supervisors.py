"""Work supervisors of an employer, with or without an account."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.actors import ActorRequest
from partnerships.views.guards import employer_of
from placements.forms.supervisors import SupervisorForm
from placements.models import Supervisor
from placements.services import supervisors as service
from placements.views.guards import supervisor_or_404
from ui.acts import posted
from ui.pages import paginate


@require_safe
def supervisor_list(request: ActorRequest, slug: str) -> HttpResponse:
    """The employer's supervisors by name."""
    organisation = employer_of(request, slug)
    rows = Supervisor.objects.visible_to(request.actor).filter(organisation=organisation).for_list()
    context = {"organisation": organisation, "page": paginate(request, rows), "space": "employer"}
    return render(request, "placements/supervisors/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supervisor_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Write down a new supervisor."""
    organisation = employer_of(request, slug)
    form = SupervisorForm(posted(request), organisation=organisation)
    if form.is_valid():
        row = service.save(organisation=organisation, supervisor=None, **form.cleaned_data)
        messages.success(request, _("%(name)s is added.") % {"name": row.name})
        return redirect("placements:supervisor-list", slug)
    context = {"organisation": organisation, "form": form, "supervisor": None, "space": "employer"}
    return render(request, "placements/supervisors/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supervisor_edit(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Correct a name or an address."""
    organisation = employer_of(request, slug)
    row = supervisor_or_404(request, organisation, public_id)
    known = {"name": row.name, "email": row.email}
    form = SupervisorForm(posted(request), organisation=organisation, supervisor=row, initial=known)
    if form.is_valid():
        service.save(organisation=organisation, supervisor=row, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("placements:supervisor-list", slug)
    context = {"organisation": organisation, "form": form, "supervisor": row, "space": "employer"}
    return render(request, "placements/supervisors/form.html", context)
