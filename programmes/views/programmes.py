"""Programmes of a school: list, page and form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from programmes.forms.programmes import ProgrammeForm
from programmes.models import Cohort, Programme, WorkProcess
from programmes.presenters import sheets
from programmes.presenters.programmes import partners_of
from programmes.queries.drafts import programme_was_used
from programmes.rules import programmes as rules
from programmes.services import programmes as service
from programmes.views.guards import programme_or_404, school_or_404
from ui.acts import attempt_form, posted
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def programme_list(request: ActorRequest, school: str) -> HttpResponseBase:
    """The programmes of a school."""
    organisation = school_or_404(request, school)
    require(rules.can_see_programmes(request.actor, organisation))
    programmes = Programme.objects.filter(school=organisation).visible_to(request.actor).for_list()
    programmes = programmes.annotate(cohort_count=Count("cohorts"))
    if file := asked(request, programmes, sheets.PROGRAMMES):
        return file
    page = paginate(request, programmes)
    context = {
        "space": "teacher",
        "school": organisation,
        "page": page,
        "may_add": rules.can_add_programme(request.actor, organisation),
    }
    return render(request, "programmes/programmes/list.html", context)


@require_safe
def programme_detail(request: ActorRequest, school: str, programme: UUID) -> HttpResponse:
    """A programme with its cohorts and what a student learns."""
    row = programme_or_404(request, school, programme)
    require(rules.can_see_programmes(request.actor, row.school))
    processes = WorkProcess.objects.of_programme(row.pk).select_related("core_task__qualification__file")
    cohorts = Cohort.objects.filter(programme=row).visible_to(request.actor)
    context = {
        "space": "teacher",
        "school": row.school,
        "programme": row,
        "processes": processes,
        "qualifications": row.qualifications.for_list(),
        **partners_of(row),
        "cohorts": cohorts.for_list().for_page(request.actor),
        "may_edit": rules.can_edit_programme(request.actor, row),
    }
    return render(request, "programmes/programmes/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_create(request: ActorRequest, school: str) -> HttpResponse:
    """A new programme of a school."""
    organisation = school_or_404(request, school)
    require(rules.can_add_programme(request.actor, organisation))
    form = ProgrammeForm(posted(request), school=organisation)
    done = _("The programme is there. Add a cohort to enrol students.")
    if form.is_valid() and attempt_form(request, form, _saved(request, form), done, field="name"):
        return redirect("programmes:programme-detail", school, form.instance.public_id)
    context = {"space": "teacher", "school": organisation, "programme": None, "form": form}
    return render(request, "programmes/programmes/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: ActorRequest, school: str, programme: UUID) -> HttpResponse:
    """Correct a programme."""
    row = programme_or_404(request, school, programme)
    require(rules.can_edit_programme(request.actor, row))
    form = ProgrammeForm(posted(request), school=row.school, instance=row)
    done = _("The programme has been changed.")
    if form.is_valid() and attempt_form(request, form, _saved(request, form), done, field="name"):
        return redirect("programmes:programme-detail", school, row.public_id)
    context = {"space": "teacher", "school": row.school, "programme": row, "form": form}
    context["may_discard"] = rules.can_discard_programme(request.actor, row, was_used=programme_was_used(row))
    return render(request, "programmes/programmes/form.html", context)


def _saved(request: ActorRequest, form: ProgrammeForm) -> Callable[[], Programme]:
    """The act that keeps what was filled in."""
    chosen = {name: form.cleaned_data[name] for name in ("qualifications", "employers")}
    programme = form.save(commit=False)
    return partial(service.save, programme=programme, by=request.actor, version=form.read, **chosen)
