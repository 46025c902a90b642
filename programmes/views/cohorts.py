"""Forms of a cohort; its page with the students is in `students`."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from partnerships.actors import ActorRequest
from programmes.forms.cohorts import CohortForm
from programmes.queries.teachers import own_teaching
from programmes.rules import cohorts as rules
from programmes.views.guards import cohort_or_404, programme_or_404
from ui.acts import attempt_form, posted


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_create(request: ActorRequest, school: str, programme: UUID) -> HttpResponse:
    """A new cohort of a programme; who makes it is proposed as its teacher."""
    row = programme_or_404(request, school, programme)
    require(rules.can_add_cohort(request.actor, row))
    me = own_teaching(request.actor)
    form = CohortForm(posted(request), programme=row, initial={"teachers": me, "capacity": 15})
    done = _("The cohort is there. Its teachers can enrol students now.")
    if form.is_valid() and attempt_form(request, form, form.write, done, field="name"):
        return redirect("students:cohort-list", school)
    context = {"space": "teacher", "school": row.school, "programme": row, "cohort": None, "form": form}
    return render(request, "programmes/cohorts/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_edit(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """Correct a cohort, and say who teaches it."""
    row = cohort_or_404(request, school, cohort)
    require(rules.can_edit_cohort(request.actor, row))
    form = CohortForm(posted(request), programme=row.programme, instance=row)
    done = _("The cohort has been changed.")
    if form.is_valid() and attempt_form(request, form, form.write, done, field="name"):
        return redirect("students:cohort-list", school)
    context = {"space": "teacher", "school": row.programme.school, "programme": row.programme}
    return render(request, "programmes/cohorts/form.html", context | {"cohort": row, "form": form})
