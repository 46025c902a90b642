"""A school's cohorts."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import require
from partnerships.actors import ActorRequest
from programmes.models import Cohort
from programmes.rules import cohorts as cohort_rules
from programmes.rules import programmes as programme_rules
from programmes.views.guards import school_or_404
from students.presenters import sheets
from students.queries.cohorts import with_enrolled
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def cohort_list(request: ActorRequest, school: str) -> HttpResponseBase:
    """The cohorts of a school that the actor may see."""
    organisation = school_or_404(request, school)
    require(programme_rules.can_see_programmes(request.actor, organisation))
    mine = Cohort.objects.visible_to(request.actor).filter(programme__school=organisation)
    found = with_enrolled(mine.for_page(request.actor)).for_list()
    if file := asked(request, found, sheets.COHORTS):
        return file
    page = paginate(request, found)
    rows = [(row, cohort_rules.can_edit_cohort(request.actor, row)) for row in page]
    context = {"space": "teacher", "school": organisation, "page": page, "rows": rows}
    return render(request, "students/cohorts/list.html", context)
