"""The student's own pages: agenda and me. Those that join place and agreement are the portal's."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.models import ReadLog
from partnerships.actors import ActorRequest
from students.enums import EnrolmentState
from students.forms.enrolments import WishesForm
from students.models import Enrolment, LearnerAccess
from students.presenters.plans import dates_of
from students.queries.goals import goals_to_reach
from students.rules import enrolments as rules
from students.services import enrolments as service
from students.views.guards import own_enrolment
from ui.acts import attempt_form, posted, refused
from ui.history import field_lines
from ui.pages import paginate


@require_safe
def agenda(request: ActorRequest) -> HttpResponse:
    """Sessions of the own cohort and days before which goals are to be ready."""
    enrolment = own_enrolment(request.actor)
    is_enrolled = enrolment.state == EnrolmentState.ENROLLED
    goals = goals_to_reach(enrolment=enrolment.pk) if is_enrolled else []
    dates = dates_of(enrolment.cohort, goals, most=None) if is_enrolled else []
    context = {"dates": dates, "enrolment": enrolment, "space": "student"}
    return render(request, "students/student/agenda.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: ActorRequest) -> HttpResponse:
    """Say what kind of training place one would like."""
    enrolment = own_enrolment(request.actor)
    if refused(request, rules.can_tell_wishes(request.actor, enrolment)):
        return redirect("student-start")
    form = WishesForm(posted(request), enrolment=enrolment)
    if form.is_valid():
        told = form.cleaned_data["wishes"]
        act = partial(service.tell_wishes, enrolment_id=enrolment.pk, wishes=told, by=request.actor)
        act = partial(act, version=form.read)
        if attempt_form(request, form, act, _("Your wishes have been saved. Your teacher reads them.")):
            return redirect("student-start")
    return render(request, "students/student/wishes.html", {"form": form, "space": "student"})


@require_safe
def me(request: ActorRequest) -> HttpResponse:
    """Ik: who may look in my file, who did, and my account."""
    enrolment = own_enrolment(request.actor)
    person = enrolment.student.person
    held = LearnerAccess.objects.filter(enrolment__student=enrolment.student)
    reads = ReadLog.objects.filter(subject__in=enrolment.student.all_ids).select_related("reader")
    with_lists = request.GET.get("toon") == "alles"
    shown = reads if with_lists else reads.filter(kind=ReadLog.Kind.FILE)
    context = {
        "enrolment": enrolment,
        "student": enrolment.student,
        "enrolments": Enrolment.objects.own(request.actor)
        .newest_first()
        .select_related("cohort__programme__school"),
        "access": held.for_list(),
        "history": field_lines(person, *person.merged.all(), enrolment.student, enrolment),
        "reads": paginate(request, shown.order_by("-seen_at", "-pk"), per_page=20),
        "with_lists": with_lists,
        "space": "student",
    }
    return render(request, "students/student/me.html", context)
