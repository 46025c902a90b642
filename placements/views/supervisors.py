"""Work supervisors of an employer, with or without an account."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import versions
from core.access import require
from partnerships.actors import ActorRequest
from partnerships.queries.people import is_known_elsewhere
from partnerships.views.guards import employer_of
from placements.forms.supervisors import GapsForm, SupervisorForm
from placements.models import Placement
from placements.presenters import sheets
from placements.queries.supervising import candidates, guided_by_nobody
from placements.rules import placements as rules
from placements.services import supervisors as service
from placements.views.guards import supervisor_or_404, supervisors_at
from ui.acts import attempt_form, posted, refused, was_read
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def supervisor_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The employer's supervisors by name."""
    organisation = employer_of(request, slug)
    rows = supervisors_at(request, organisation)
    if file := asked(request, rows, sheets.SUPERVISORS):
        return file
    context = {"organisation": organisation, "page": paginate(request, rows), "space": "employer"}
    if rules.can_fill_gaps(request.actor, organisation.pk):
        context["gaps_url"] = reverse("placements:supervisor-gaps", args=[slug])
    return render(request, "placements/supervisors/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supervisor_gaps(request: ActorRequest, slug: str) -> HttpResponse:
    """The students whom nobody guides, and for each of them a choice."""
    organisation = employer_of(request, slug)
    require(rules.can_fill_gaps(request.actor, organisation.pk))
    rows = Placement.objects.visible_to(request.actor).filter(organisation=organisation)
    page = paginate(request, guided_by_nobody(rows).for_list())
    form = GapsForm(posted(request), placements=page.items, candidates=list(candidates(organisation.pk)))
    if form.is_valid():
        act = partial(service.fill_gaps, chosen=form.chosen(), by=request.actor)
        if attempt_form(request, form, act, _("The supervisors are named. They have been told.")):
            return redirect("placements:supervisor-gaps", slug)
    context = {"organisation": organisation, "page": page, "form": form, "space": "employer"}
    return render(request, "placements/supervisors/gaps.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supervisor_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Write down a new supervisor."""
    organisation = employer_of(request, slug)
    form = SupervisorForm(posted(request), new_at=organisation)
    if form.is_valid():
        typed = {"name": form.named(), "email": form.cleaned_data["email"], **form.meant()}
        act = partial(service.add, organisation_id=organisation.pk, by=request.actor, **typed)
        if attempt_form(request, form, act, lambda row: _("%(name)s is added.") % {"name": row.name}):
            return redirect("placements:supervisor-list", slug)
    context = {
        "organisation": organisation,
        "form": form,
        "supervisor": None,
        "space": "employer",
        "read": "",
    }
    return render(request, "placements/supervisors/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supervisor_edit(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Correct a name or an address."""
    organisation = employer_of(request, slug)
    row = supervisor_or_404(request, organisation, public_id)
    person = row.person
    elsewhere = is_known_elsewhere(person, organisation.pk)
    if refused(request, rules.can_correct_supervisor(request.actor, row, is_known_elsewhere=elsewhere)):
        return redirect("placements:supervisor-list", slug)
    known = {name: getattr(person, name) for name in ("first_name", "name_prefix", "last_name", "email")}
    form = SupervisorForm(posted(request), initial=known)
    if form.is_valid():
        values = {"name": form.named(), "email": form.cleaned_data["email"]}
        act = partial(
            service.correct, membership_id=row.pk, by=request.actor, read=was_read(request), **values
        )
        if attempt_form(request, form, act, _("Saved.")):
            return redirect("placements:supervisor-list", slug)
    context = {"organisation": organisation, "form": form, "supervisor": row, "space": "employer"}
    return render(request, "placements/supervisors/form.html", context | {"read": versions.of(person)})
