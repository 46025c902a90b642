"""Accreditation checks: recorded and corrected by the school that relies on them, read by employer and coordinator."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.models import Organisation
from partnerships.presenters.spaces import space_of
from partnerships.views.guards import employer_of
from placements.forms.accreditations import CheckForm, CorrectionForm, found
from placements.presenters import accreditations as presenters
from placements.presenters import contacts, sheets
from placements.queries.accreditations import counting, employers_relied_on
from placements.queries.contacts import around_employer
from placements.queries.visible import placements_by_key
from placements.rules import accreditations as rules
from placements.services import accreditations as service
from placements.views.guards import check_or_404
from programmes.models import AccreditationCheck
from programmes.queries.accreditations import checks_by_key
from programmes.views.guards import school_or_404
from ui.acts import attempt_form, posted, refused
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def accreditation_list(request: ActorRequest) -> HttpResponseBase:
    """What counts now, for who checks or coordinates, with the placements that need attention."""
    actor = request.actor
    require(rules.can_see_accreditations(actor))
    checks = AccreditationCheck.objects.visible_to(actor).newest().by_employer()
    if file := asked(request, checks.with_details(), sheets.CHECKS):
        return file
    page = paginate(request, checks, rows=checks_by_key)
    some = partial(paginate, request, short=True, rows=placements_by_key)
    doubted = some(presenters.doubted(actor), parameter="twijfel")
    context = {
        "page": page,
        "rows": [presenters.CheckRow(row) for row in page.items],
        "record_links": presenters.record_links(actor),
        "space": space_of(actor),
        "lost": some(presenters.lost(actor), parameter="zonder"),
        "doubted": doubted,
        "to_look_at": presenters.to_look_at(doubted),
    }
    return render(request, "placements/accreditations/list.html", context)


@require_safe
def accreditation_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """What one school or the national source found out about an employer and a crebo, over time."""
    check = check_or_404(request, public_id)
    context = presenters.detail_context(request.actor, check)
    return render(request, "placements/accreditations/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def accreditation_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Record what someone of this school found out."""
    return _create(request, school_or_404(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def accreditation_create_national(request: ActorRequest) -> HttpResponse:
    """Record what the national source says; it counts for every school that did not look later."""
    return _create(request, None)


def _create(request: ActorRequest, school: Organisation | None) -> HttpResponse:
    school_id = school.pk if school else None
    require(rules.can_record(request.actor, school_id))
    employers = employers_relied_on(school_id).for_list()
    form = CheckForm(posted(request), employers=employers, initial=_chosen(request, school_id, employers))
    if form.is_valid():
        act = partial(service.record, school=school, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _told):
            return redirect("placements:accreditation-list")
    context = {"form": form, "school": school, "space": space_of(request.actor)}
    return render(request, "placements/accreditations/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def accreditation_correct(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Replace a check that was recorded wrongly; both stay to be read."""
    check = check_or_404(request, public_id)
    verdict = rules.can_correct(request.actor, check)
    if request.method != "POST" and refused(request, verdict):
        return redirect(check)
    require(rules.can_record(request.actor, check.found_by_id))
    form = CorrectionForm(posted(request), initial={**found(check), "checked_on": check.checked_on})
    if form.is_valid():
        act = partial(service.correct, check_id=check.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _told):
            return redirect(check)
    context = {"form": form, "check": check, **presenters.space_context(request.actor, check)}
    return render(request, "placements/accreditations/correct.html", context)


@require_safe
def accreditation_own(request: ActorRequest, slug: str) -> HttpResponseBase:
    """What schools found out about the own organisation."""
    organisation = employer_of(request, slug)
    found = AccreditationCheck.objects.visible_to(request.actor).of_employers([organisation.pk])
    rows = found.newest().by_employer()
    if file := asked(request, rows.with_details(), sheets.CHECKS):
        return file
    page = paginate(request, rows, rows=checks_by_key)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": [presenters.CheckRow(row) for row in page.items],
        "contacts": contacts.cards(around_employer(organisation.pk), request.actor),
        "space": "employer",
    }
    return render(request, "placements/accreditations/own.html", context)


def _chosen(request: ActorRequest, school_id: int | None, employers: Any) -> dict[str, Any]:
    """The employer and crebo in the address, with what counts for them now."""
    employer = employers.filter(slug=request.GET.get("werkgever", "")).first()
    crebo = request.GET.get("crebo", "")[:5]
    if employer is None:
        return {}
    school = Organisation(pk=school_id) if school_id else None
    known = counting(AccreditationCheck(school=school, organisation=employer, crebo=crebo))
    return {"organisation": employer.pk, "crebo": crebo} | (found(known) if known else {})


def _told(row: AccreditationCheck) -> str:
    return _("Recorded: %(employer)s, crebo %(crebo)s, %(status)s.") % {
        "employer": row.organisation,
        "crebo": row.crebo,
        "status": row.get_status_display(),
    }
