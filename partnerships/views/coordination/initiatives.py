"""Initiatives of a partnership: list, make, change, move to another phase, results."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import states
from partnerships.actors import ActorRequest
from partnerships.enums import InitiativePhase
from partnerships.forms.initiatives import InitiativeForm, PhaseForm, ResultForm
from partnerships.models import Initiative, Partnership
from partnerships.services import initiatives as service
from partnerships.views.guards import coordinated_partnership
from ui.pages import paginate


def _initiative(partnership: Partnership, initiative: str) -> Initiative:
    return get_object_or_404(Initiative.objects.filter(partnership=partnership), slug=initiative)


@require_safe
def initiative_list(request: ActorRequest, slug: str) -> HttpResponse:
    partnership = coordinated_partnership(request, slug)
    rows = Initiative.objects.filter(partnership=partnership).order_by("refreshed_on", "title", "pk")
    context = {"space": "coordinator", "partnership": partnership, "page": paginate(request, rows)}
    return render(request, "partnerships/coordination/initiatives/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_create(request: ActorRequest, slug: str) -> HttpResponse:
    partnership = coordinated_partnership(request, slug)
    return _edit(request, partnership, None)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_change(request: ActorRequest, slug: str, initiative: str) -> HttpResponse:
    partnership = coordinated_partnership(request, slug)
    return _edit(request, partnership, _initiative(partnership, initiative))


def _edit(request: ActorRequest, partnership: Partnership, initiative: Initiative | None) -> HttpResponse:
    form = InitiativeForm(request.POST or None, instance=initiative, partnership=partnership)
    if form.is_valid():
        try:
            saved = service.save(partnership=partnership, initiative=initiative, **form.values())
        except ValidationError as error:
            form.add_error("title", error)
        else:
            messages.success(request, _("The initiative has been saved."))
            return redirect("partnerships:coordination-initiative", partnership.slug, saved.slug)
    context = {"space": "coordinator", "partnership": partnership, "initiative": initiative, "form": form}
    return render(request, "partnerships/coordination/initiatives/form.html", context)


@require_safe
def initiative_detail(request: ActorRequest, slug: str, initiative: str) -> HttpResponse:
    partnership = coordinated_partnership(request, slug)
    found = _initiative(partnership, initiative)
    return _show(request, partnership, found, PhaseForm(item=found), ResultForm())


def _show(
    request: ActorRequest, partnership: Partnership, found: Initiative, phase: PhaseForm, result: ResultForm
) -> HttpResponse:
    context = {
        "space": "coordinator",
        "partnership": partnership,
        "initiative": found,
        "results": found.results.all(),
        "history": [(row, InitiativePhase(row.to_state).label) for row in states.history(found)],
        "phase_form": phase,
        "result_form": result,
    }
    return render(request, "partnerships/coordination/initiatives/detail.html", context)


@require_POST
def initiative_move(request: ActorRequest, slug: str, initiative: str) -> HttpResponse:
    partnership = coordinated_partnership(request, slug)
    found = _initiative(partnership, initiative)
    form = PhaseForm(request.POST, item=found)
    if form.is_outdated:
        messages.error(request, _("This step is not possible any more. Below you see how it stands now."))
        return redirect("partnerships:coordination-initiative", slug, initiative)
    if not form.is_valid():
        return _show(request, partnership, found, form, ResultForm())
    try:
        service.move(initiative_id=found.pk, by=request.actor.user_id, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The phase has been changed."))
    return redirect("partnerships:coordination-initiative", slug, initiative)


@require_POST
def initiative_add_result(request: ActorRequest, slug: str, initiative: str) -> HttpResponse:
    partnership = coordinated_partnership(request, slug)
    found = _initiative(partnership, initiative)
    form = ResultForm(request.POST)
    form.instance.initiative = found
    if not form.is_valid():
        return _show(request, partnership, found, PhaseForm(item=found), form)
    if found.results.filter(**form.cleaned_data).exists():
        messages.info(request, _("This result was already there."))
    else:
        form.save()
        messages.success(request, _("The result has been added."))
    return redirect("partnerships:coordination-initiative", slug, initiative)
