"""The student's own pages: agenda, work situations, me. Those that join place and agreement are the portal's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from core.models import ReadLog
from partnerships.actors import Actor, ActorRequest
from students.forms.situations import SituationForm
from students.models import Enrolment, Goal, LearnerAccess, WorkSituation
from students.presenters.goals import goal_rows
from students.presenters.plans import dates_of
from students.services import situations as service
from students.views.guards import own_enrolment
from ui.pages import paginate


@require_safe
def agenda(request: ActorRequest) -> HttpResponse:
    """Sessions of the own cohort and days before which goals are to be ready."""
    enrolment = own_enrolment(request.actor)
    goals = Goal.objects.filter(plan__enrolment=enrolment).live().for_list()
    dates = dates_of(enrolment.cohort, goal_rows(goals, enrolment), most=None)
    return render(request, "students/student/agenda.html", {"dates": dates, "space": "student"})


def situations_context(actor: Actor, request: ActorRequest, enrolment: Enrolment) -> dict[str, Any]:
    """What "students/situations/_list.html" draws: own work situations with their state and answer."""
    mine = WorkSituation.objects.visible_to(actor).filter(enrolment__student__user=actor.user_id).for_list()
    return {"situations": paginate(request, mine, per_page=10), "enrolment": enrolment}


@require_http_methods(["GET", "HEAD", "POST"])
def situation_add(request: ActorRequest) -> HttpResponse:
    """One text is enough: in under a minute."""
    enrolment = own_enrolment(request.actor)
    form = SituationForm(request.POST or None, enrolment=enrolment)
    if form.is_valid():
        process = form.cleaned_data["work_process"]
        service.bring_in(
            enrolment_id=enrolment.pk,
            text=form.cleaned_data["text"],
            work_process_id=process.pk if process else None,
            visible_for=form.cleaned_data["visible_for"],
        )
        messages.success(request, _("Brought in. You hear what comes out of it."))
        return redirect(f"{reverse('student-work')}#situaties")
    return render(request, "students/situations/add.html", {"form": form, "space": "student"})


@require_safe
def me(request: ActorRequest) -> HttpResponse:
    """Ik: who may look in my file, who did, and my account."""
    enrolment = own_enrolment(request.actor)
    held = LearnerAccess.objects.filter(enrolment__student=enrolment.student)
    reads = ReadLog.objects.filter(subject=enrolment.student.public_id).select_related("reader")
    context = {
        "enrolment": enrolment,
        "student": enrolment.student,
        "access": held.select_related("organisation", "membership__user").order_by("-starts_on", "pk"),
        "reads": paginate(request, reads.order_by("-seen_at", "-pk"), per_page=20),
        "space": "student",
    }
    return render(request, "students/student/me.html", context)
