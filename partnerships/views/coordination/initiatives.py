"""Initiatives of a partnership: list, make, change, move to another phase, results."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.models import StateChange
from partnerships.actors import ActorRequest
from partnerships.forms.initiatives import CorrectionForm, InitiativeForm, PhaseForm, ResultForm
from partnerships.models import Initiative, Partnership
from partnerships.presenters import sheets
from partnerships.queries.initiative_proposals import of_initiative
from partnerships.rules.closings import can_discard_initiative
from partnerships.rules.days import can_be_corrected
from partnerships.rules.partnerships import goes_on
from partnerships.services import initiatives as service
from partnerships.views.guards import written_initiative, written_partnership
from ui.acts import attempt, attempt_form, number_read, posted, refused, was_read
from ui.history import trail, undo_of
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def initiative_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """All initiatives, those that wait longest for an update first."""
    partnership = written_partnership(request, slug)
    rows = Initiative.objects.filter(partnership=partnership).longest_unchanged_first()
    if file := asked(request, rows, sheets.COORDINATED_INITIATIVES):
        return file
    context = {"space": "coordinator", "partnership": partnership, "page": paginate(request, rows)}
    return render(request, "partnerships/coordination/initiatives/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Make an initiative."""
    partnership = written_partnership(request, slug)
    if refused(request, goes_on(partnership)):
        return redirect("partnerships:coordination-initiatives", slug)
    return _edit(request, partnership, None)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_change(request: ActorRequest, slug: str, initiative: str) -> HttpResponse:
    """Change an initiative."""
    return _edit(request, *written_initiative(request, slug, initiative))


def _edit(request: ActorRequest, partnership: Partnership, initiative: Initiative | None) -> HttpResponse:
    row = initiative or Initiative(partnership=partnership)
    form = InitiativeForm(posted(request), instance=row, partnership=partnership)
    if form.is_valid():
        act = partial(service.save, initiative=row, by=request.actor, version=form.read, **form.values())
        if attempt_form(request, form, act, _("The initiative has been saved."), field="title"):
            return redirect("partnerships:coordination-initiative", partnership.slug, row.slug)
    context = {"space": "coordinator", "partnership": partnership, "initiative": initiative, "form": form}
    return render(request, "partnerships/coordination/initiatives/form.html", context)


@require_safe
def initiative_detail(request: ActorRequest, slug: str, initiative: str) -> HttpResponse:
    """One initiative with its phases and results."""
    partnership, found = written_initiative(request, slug, initiative)
    return _show(request, partnership, found, PhaseForm(item=found), ResultForm())


def _show(
    request: ActorRequest, partnership: Partnership, found: Initiative, phase: PhaseForm, result: ResultForm
) -> HttpResponse:
    results, history = list(found.results.for_list()), trail(found)
    proposal = of_initiative(found)
    was_used = bool(results or proposal) or any(isinstance(line.change, StateChange) for line in history)
    context = {
        "space": "coordinator",
        "partnership": partnership,
        "initiative": found,
        "results": results,
        "proposal": proposal,
        "may_discard": can_discard_initiative(request.actor, found, was_used=was_used),
        "history": history,
        "undo": undo_of(found, history),
        "phase_form": phase,
        "result_form": result,
    }
    return render(request, "partnerships/coordination/initiatives/detail.html", context)


@require_POST
def initiative_move(request: ActorRequest, slug: str, initiative: str) -> HttpResponse:
    """Take an initiative to another phase."""
    partnership, found = written_initiative(request, slug, initiative)
    form = PhaseForm(request.POST, item=found)
    if refused(request, form.still_possible):
        return redirect("partnerships:coordination-initiative", slug, initiative)
    if form.is_valid():
        move = partial(service.move, initiative_id=found.pk, by=request.actor, read=was_read(request))
        if attempt_form(request, form, partial(move, **form.cleaned_data), _("The phase has been changed.")):
            return redirect("partnerships:coordination-initiative", slug, initiative)
    return _show(request, partnership, found, form, ResultForm())


@require_POST
def initiative_take_back(request: ActorRequest, slug: str, initiative: str) -> HttpResponse:
    """Take the last change of phase back, the one that was on the page."""
    _partnership, found = written_initiative(request, slug, initiative)
    read = number_read(request.POST.get("act", ""))
    act = partial(service.take_back, initiative_id=found.pk, act_id=read, by=request.actor)
    attempt(request, act, _("Taken back."))
    return redirect("partnerships:coordination-initiative", slug, initiative)


@require_POST
def initiative_add_result(request: ActorRequest, slug: str, initiative: str) -> HttpResponse:
    """Add a figure that the initiative yielded; the same one twice is added once."""
    partnership, found = written_initiative(request, slug, initiative)
    form = ResultForm(request.POST)
    form.instance.initiative = found
    if not form.is_valid():
        return _show(request, partnership, found, PhaseForm(item=found), form)
    if service.add_result(initiative_id=found.pk, result=form.save(commit=False), by=request.actor):
        messages.success(request, _("The result has been added."))
    else:
        messages.info(request, _("This result was already there."))
    return redirect("partnerships:coordination-initiative", slug, initiative)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_correct_result(
    request: ActorRequest, slug: str, initiative: str, public_id: UUID
) -> HttpResponse:
    """Say beside a result what it should have been."""
    partnership, found = written_initiative(request, slug, initiative)
    result = get_object_or_404(found.results.for_list(), public_id=public_id)
    form = CorrectionForm(posted(request), result=result)
    if form.is_valid():
        act = partial(service.correct_result, result_id=result.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _("The result has been corrected. Both can be seen.")):
            return redirect("partnerships:coordination-initiative", slug, initiative)
    elif not form.is_bound and refused(request, can_be_corrected(result)):
        return redirect("partnerships:coordination-initiative", slug, initiative)
    context = {"space": "coordinator", "partnership": partnership, "initiative": found, "form": form}
    return render(request, "partnerships/coordination/initiatives/correct.html", context)
