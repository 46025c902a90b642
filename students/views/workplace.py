"""The employer's and the supervisor's own students."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.access import require
from meetings.presenters.next_steps import for_person
from partnerships.actors import ActorRequest
from partnerships.models import Organisation
from partnerships.presenters.contacts import of_membership
from students import rules
from students.models import Enrolment, WorkSituation
from students.presenters import next_steps, sheets
from students.presenters.spaces import space_of_enrolment
from students.presenters.workplace import workplace_rows
from students.queries.workplace import asked_by_supervisor, with_open_plan
from students.rules.reports import can_report
from students.views.guards import enrolment_or_404
from ui.next_steps import first_of, groups_of
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def supervisor_start(request: ActorRequest) -> HttpResponseBase:
    """Begeleider: own students with their goals, two steps away from feedback."""
    require(rules.can_see_supervised(request.actor))
    mine = Enrolment.objects.supervised_by(request.actor)
    if file := asked(request, with_open_plan(mine), sheets.WORKPLACE):
        return file
    page = paginate(request, with_open_plan(mine), per_page=12)
    rows = workplace_rows(request.actor, list(page))
    context = {
        "page": page,
        "rows": rows,
        "tasks": groups_of([*next_steps.for_supervisor(request.actor), *for_person(request.actor)]),
        "people": [of_membership(row) for row in asked_by_supervisor(request.actor)],
        "may_report": bool(request.actor.takes_part),
        "space": "supervisor",
    }
    return render(request, "students/supervisor/start.html", context)


@require_safe
def employer_students(request: ActorRequest, slug: str) -> HttpResponseBase:
    """Own students of an employer, by the access that runs."""
    organisation = get_object_or_404(Organisation.objects.of_actor(request.actor), slug=slug)
    require(rules.can_see_students_of(request.actor, organisation.pk))
    found = with_open_plan(Enrolment.objects.working_at(organisation.pk))
    if file := asked(request, found, sheets.WORKPLACE):
        return file
    page = paginate(request, found)
    context = {
        "organisation": organisation,
        "page": page,
        "rows": workplace_rows(request.actor, list(page)),
        "first_step": first_of(next_steps.for_employer(request.actor, organisation.pk)),
        "space": "employer",
    }
    return render(request, "students/employer/students.html", context)


@require_safe
def shown_situations(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The work situations that a student shows to this reader."""
    enrolment = enrolment_or_404(request, public_id)
    require(rules.can_read_whole_plan(request.actor, enrolment))
    shown = WorkSituation.objects.visible_to(request.actor).filter(enrolment=enrolment).for_list()
    page = paginate(request, shown, per_page=10)
    rows = [(row, can_report(request.actor, row)) for row in page]
    context = {"enrolment": enrolment, "situations": page, "rows": rows}
    space = space_of_enrolment(request.actor, enrolment)
    return render(request, "students/situations/shown.html", context | space)
