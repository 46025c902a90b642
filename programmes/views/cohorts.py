"""Forms of a cohort; its page with the students is in `students`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from partnerships.actors import ActorRequest
from programmes.forms.cohorts import CohortForm
from programmes.models import Cohort
from programmes.presenters.cohorts import history_of
from programmes.queries.drafts import cohort_was_used
from programmes.queries.teachers import lead_role, own_teaching, teaching_roles
from programmes.rules import cohorts as rules
from programmes.services import cohorts as service
from programmes.views.guards import cohort_or_404, programme_or_404
from ui.acts import attempt_form, posted


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_create(request: ActorRequest, school: str, programme: UUID) -> HttpResponse:
    """A new cohort of a programme; who makes it is proposed as its teacher."""
    row = programme_or_404(request, school, programme)
    require(rules.can_add_cohort(request.actor, row))
    me = own_teaching(request.actor)
    first = {"teachers": me, "capacity": 15}
    form = CohortForm(posted(request), programme=row, own=me, teaching=(), initial=first)
    done = _("The cohort is there. Its teachers can enrol students now.")
    if form.is_valid() and attempt_form(request, form, _saved(request, form), done, field="name"):
        return redirect("students:cohort-list", school)
    context = {"space": "teacher", "school": row.school, "programme": row, "cohort": None, "form": form}
    context |= {"history": (), "has_teachers": form.offers_teachers}
    return render(request, "programmes/cohorts/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_edit(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """Correct a cohort, and say who teaches it."""
    row = cohort_or_404(request, school, cohort)
    require(rules.can_edit_cohort(request.actor, row))
    form = CohortForm(
        posted(request),
        programme=row.programme,
        instance=row,
        own=own_teaching(request.actor),
        teaching=teaching_roles(row),
        initial={"lead": lead_role(row)},
    )
    done = _("The cohort has been changed.")
    if form.is_valid() and attempt_form(request, form, _saved(request, form), done, field="name"):
        return redirect("students:cohort-list", school)
    context = {"space": "teacher", "school": row.programme.school, "programme": row.programme}
    context |= {"cohort": row, "form": form, "history": history_of(row), "has_teachers": form.offers_teachers}
    context["may_discard"] = rules.can_discard_cohort(request.actor, row, was_used=cohort_was_used(row))
    return render(request, "programmes/cohorts/form.html", context)


def _saved(request: ActorRequest, form: CohortForm) -> Callable[[], Cohort]:
    """The act that keeps what was filled in."""
    chosen = {name: form.cleaned_data[name] for name in ("teachers", "lead")}
    cohort = form.save(commit=False)
    return partial(service.save, cohort=cohort, by=request.actor, version=form.read, **chosen)
