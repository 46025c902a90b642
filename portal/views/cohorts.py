"""The pages of a cohort and of one of its students, for its teachers."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import require
from core.written import one_or_404
from partnerships.actors import ActorRequest
from portal.cohorts import cohort_context, cohorts_at, lines_by_key, lines_of, parted
from portal.enrolments import ways_from
from portal.filters import CohortPageFilter
from programmes.queries.work_processes import processes_of
from students.presenters import sheets
from students.presenters.enrolments import enrolment_context
from students.queries.cohorts import employers_of, in_line
from students.rules import enrolments as rules
from students.views.guards import cohort_enrolment_or_404
from ui.pages import paginate
from ui.sheets import asked

PER_PAGE = 30  # most cohorts fit on a page


@require_safe
def cohort_detail(request: ActorRequest, school: str, cohort: UUID) -> HttpResponseBase:
    """A line per student with what is wrong, and what waits for the teacher."""
    row = one_or_404(cohorts_at(actor=request.actor, school=school, public_id=cohort))
    require(rules.can_see_students(request.actor, row))
    filters = CohortPageFilter(
        request.GET,
        queryset=in_line(row.pk),
        employers=employers_of(row),
        processes=processes_of(programme=row.programme_id),
    )
    if file := asked(request, lambda: filters.qs.with_parties(), sheets.ENROLMENTS):
        return file
    page = paginate(request, filters.qs, PER_PAGE, rows=partial(lines_by_key, cohort=row.pk))
    mist = request.GET.get("mist", "")  # what is missing is what the main button does something about
    context = cohort_context(request.actor, row, mist)
    rows, former = parted(lines_of(page), is_filtered=filters.is_active)
    context |= {"mist": mist, "filters": filters, "page": page, "rows": rows, "former": former}
    context["all_ticked"] = request.GET.get("aangevinkt") == "alle"
    return render(request, "portal/cohort.html", context)


@require_safe
def enrolment_detail(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """One student of a cohort, with plan, place, work situations and what happened to the enrolment."""
    group, row = cohort_enrolment_or_404(request, school, cohort, enrolment)
    context = enrolment_context(request.actor, group, row) | {"ways": ways_from(request.actor, row)}
    return render(request, "portal/enrolment.html", context)
