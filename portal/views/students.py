"""The student's pages that join learning with place and agreement."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.next_steps import by_urgency
from partnerships.actors import ActorRequest
from placements.models import Agreement, Match, Placement
from placements.services import next_steps as placement_steps
from students.services import next_steps as student_steps
from students.views.loading import own_enrolment
from students.views.plan_page import plan_page_context
from students.views.student import situations_context


@require_safe
def student_start(request: ActorRequest) -> HttpResponse:
    """Mijn leerplan, with what waits for the student anywhere in the portal."""
    steps = placement_steps.for_student(request.actor)
    return render(request, "students/plans/detail.html", plan_page_context(request.actor, steps))


@require_safe
def student_tasks(request: ActorRequest) -> HttpResponse:
    """Everything that waits for the student, the most urgent first."""
    own_enrolment(request.actor)
    steps = by_urgency(
        [*student_steps.for_student(request.actor), *placement_steps.for_student(request.actor)]
    )
    return render(request, "students/student/tasks.html", {"steps": steps, "role": "student"})


@require_safe
def student_work(request: ActorRequest) -> HttpResponse:
    """Werk: own place and agreement, proposals, and what I ran into at work."""
    enrolment = own_enrolment(request.actor)
    own = Placement.objects.visible_to(request.actor).filter(student__user=request.actor.user_id)
    matches = Match.objects.visible_to(request.actor).filter(enrolment__student__user=request.actor.user_id)
    context = {
        **situations_context(request.actor, request, enrolment),
        "placements": own.live().for_list().order_by("starts_on", "pk"),
        "agreements": Agreement.objects.visible_to(request.actor).filter(placement__in=own.live()).for_list(),
        "matches": matches.open().for_list(),
        "role": "student",
    }
    return render(request, "portal/first/student_work.html", context)
