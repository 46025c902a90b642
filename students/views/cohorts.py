"""A school's cohorts, and the page of one cohort with a line per student."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.access import require
from partnerships.actors import ActorRequest
from programmes.models import Cohort, WorkProcess
from programmes.rules import cohorts as cohort_rules
from programmes.rules import programmes as programme_rules
from programmes.views.guards import school_or_404
from students.filters.cohorts import CohortFilter
from students.presenters.cohorts import needs_of, rows_of
from students.queries.cohorts import employers_of, students_of, with_enrolled, with_needs
from students.rules import enrolments as rules
from ui.pages import paginate

PER_PAGE = 30  # most cohorts fit on a page


@require_safe
def cohort_list(request: ActorRequest, school: str) -> HttpResponse:
    """The cohorts of a school that the actor may see."""
    organisation = school_or_404(request, school)
    require(programme_rules.can_see_programmes(request.actor, organisation))
    mine = Cohort.objects.visible_to(request.actor).filter(programme__school=organisation)
    page = paginate(request, with_enrolled(mine.for_page(request.actor)).for_list())
    rows = [(row, cohort_rules.can_edit_cohort(request.actor, row)) for row in page]
    context = {"space": "teacher", "school": organisation, "page": page, "rows": rows}
    return render(request, "students/cohorts/list.html", context)


@require_safe
def cohort_detail(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """A line per student, and what waits for the teacher."""
    visible = Cohort.objects.visible_to(request.actor).for_page(request.actor)
    row = get_object_or_404(with_needs(visible), programme__school__slug=school, public_id=cohort)
    require(rules.can_see_students(request.actor, row))
    filters = CohortFilter(
        request.GET,
        queryset=students_of(row),
        employers=employers_of(row),
        processes=list(WorkProcess.objects.of_programme(row.programme_id)),
    )
    page = paginate(request, filters.qs, PER_PAGE)
    context = {
        "space": "teacher",
        "school": row.programme.school,
        "cohort": row,
        "needs": needs_of(row),
        "filters": filters,
        "page": page,
        "rows": rows_of(page, row.next_session),
        "may_enrol": rules.can_enrol(request.actor, row),
    }
    return render(request, "students/cohorts/detail.html", context)
