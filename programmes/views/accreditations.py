"""Accreditation checks: recorded by teachers and coordinators, read by the employer."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from partnerships.views.guards import employer_of
from programmes.forms.accreditations import AccreditationForm
from programmes.models import Accreditation
from programmes.rules import accreditations as rules
from programmes.services import accreditations as service
from ui.acts import attempt, posted
from ui.history import trail
from ui.pages import paginate


@require_http_methods(["GET", "HEAD", "POST"])
def accreditation_create(request: ActorRequest) -> HttpResponse:
    """Record what someone found out about an employer and a crebo."""
    require(rules.can_check_accreditations(request.actor))
    form = AccreditationForm(posted(request), actor=request.actor)
    if form.is_valid() and _recorded(request, form):
        return redirect("placements:accreditation-list")
    context = {"form": form, "accreditation": None, "space": space_of(request.actor)}
    return render(request, "programmes/accreditations/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def accreditation_detail(request: ActorRequest, slug: str, crebo: str) -> HttpResponse:
    """A known check, and the form to record what was found later."""
    rows = Accreditation.objects.visible_to(request.actor).select_related("organisation", "checked_by")
    row = get_object_or_404(rows, organisation__slug=slug, crebo=crebo)
    if not rules.can_check_accreditations(request.actor):
        return redirect("programmes:accreditation-own", slug)
    row = get_object_or_404(Accreditation.objects.checkable_by(request.actor).for_list(), pk=row.pk)
    form = AccreditationForm(posted(request), actor=request.actor, known=row)
    if form.is_valid() and _recorded(request, form):
        return redirect(row)
    context = {
        "form": form,
        "accreditation": row,
        "history": trail(row, "status"),
        "space": space_of(request.actor),
    }
    return render(request, "programmes/accreditations/form.html", context)


@require_safe
def accreditation_own(request: ActorRequest, slug: str) -> HttpResponse:
    """What was found out about the own organisation."""
    organisation = employer_of(request, slug)
    rows = Accreditation.objects.visible_to(request.actor).filter(organisation=organisation)
    context = {"organisation": organisation, "page": paginate(request, rows.for_list()), "space": "employer"}
    return render(request, "programmes/accreditations/own.html", context)


def _recorded(request: ActorRequest, form: AccreditationForm) -> bool:
    return attempt(request, partial(service.record, **form.cleaned_data, by=request.actor), _told)


def _told(row: Accreditation) -> str:
    return _("Recorded: %(employer)s, crebo %(crebo)s, %(status)s.") % {
        "employer": row.organisation,
        "crebo": row.crebo,
        "status": row.get_status_display(),
    }
