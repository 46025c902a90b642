"""Forms of a cohort; its page with the students is in `students`."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.enums import Role
from core.access import require
from partnerships.actors import ActorRequest
from programmes.forms.cohorts import CohortForm
from programmes.rules import cohorts as rules
from programmes.views.guards import cohort_or_404, programme_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_create(request: ActorRequest, school: str, programme: UUID) -> HttpResponse:
    row = programme_or_404(request, school, programme)
    require(rules.can_add_cohort(request.actor, row))
    data = request.POST if request.method == "POST" else None
    me = [held.membership_id for held in request.actor.held if held.role == Role.TEACHER]
    form = CohortForm(data, programme=row, initial={"teachers": me, "capacity": 15})
    if request.method == "POST" and form.is_valid() and form.save_or_explain("name"):
        messages.success(request, _("The cohort is there. Its teachers can enrol students now."))
        return redirect("students:cohort-list", school)
    context = {"space": "teacher", "school": row.school, "programme": row, "cohort": None, "form": form}
    return render(request, "programmes/cohorts/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_edit(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    row = cohort_or_404(request, school, cohort)
    require(rules.can_edit_cohort(request.actor, row))
    data = request.POST if request.method == "POST" else None
    form = CohortForm(data, programme=row.programme, instance=row)
    if request.method == "POST" and form.is_valid() and form.save_or_explain("name"):
        messages.success(request, _("The cohort has been changed."))
        return redirect("students:cohort-list", school)
    context = {"space": "teacher", "school": row.programme.school, "programme": row.programme}
    return render(request, "programmes/cohorts/form.html", context | {"cohort": row, "form": form})
