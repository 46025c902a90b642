"""Work situations of a cohort, for its teachers: into a session, and what came out of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import readlog
from core.access import require
from partnerships.actors import ActorRequest
from programmes.models import Cohort, WorkProcess
from programmes.views.guards import cohort_or_404
from students.filters.cohorts import SituationFilter
from students.forms.situations import PlanSituationsForm, TreatSituationForm
from students.models import WorkSituation
from students.rules import enrolments as rules
from students.services import situations as service
from ui.pages import paginate


@require_safe
def situation_list(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    group = cohort_or_404(request, school, cohort)
    require(rules.can_see_students(request.actor, group))
    form = PlanSituationsForm(actor=request.actor, cohort=group)
    return _list(request, group, form)


@require_POST
def situation_plan(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """Put the ticked situations in one session, all or none; ticked ones of another session move."""
    group = cohort_or_404(request, school, cohort)
    require(rules.can_see_students(request.actor, group))
    form = PlanSituationsForm(request.POST, actor=request.actor, cohort=group)
    if not form.is_valid():
        return _list(request, group, form)
    session, chosen = form.cleaned_data["session"], list(form.cleaned_data["situations"])
    try:
        with transaction.atomic():
            for situation in chosen:
                service.put_in_session(situation_id=situation.pk, session_id=session.pk, by=request.actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        text = ngettext(
            "%(count)d work situation is in “%(theme)s”.",
            "%(count)d work situations are in “%(theme)s”.",
            len(chosen),
        )
        messages.success(request, text % {"count": len(chosen), "theme": session.theme})
    return redirect("students:cohort-situation-list", school, group.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def situation_treat(request: ActorRequest, school: str, cohort: UUID, situation: UUID) -> HttpResponse:
    """Write what came out of it; a second time the answer stands and nothing is mailed again."""
    group = cohort_or_404(request, school, cohort)
    require(rules.can_see_students(request.actor, group))
    visible = WorkSituation.objects.visible_to(request.actor).for_list()
    row = get_object_or_404(visible, enrolment__cohort=group, public_id=situation)
    form = TreatSituationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            service.treat(situation_id=row.pk, answer=form.cleaned_data["answer"], by=request.actor)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Saved. The student gets a mail."))
        return redirect("students:cohort-situation-list", school, group.public_id)
    readlog.record(request.actor.user_id, row.enrolment.student.public_id)
    context = {"space": "teacher", "school": group.programme.school, "cohort": group, "form": form}
    may = rules.can_treat(request.actor, group, row)
    return render(request, "students/situations/treat.html", context | {"situation": row, "may_treat": may})


def _list(request: ActorRequest, cohort: Cohort, form: PlanSituationsForm) -> HttpResponse:
    visible = WorkSituation.objects.visible_to(request.actor).filter(enrolment__cohort=cohort).for_list()
    processes = list(WorkProcess.objects.of_programme(cohort.programme_id))
    filters = SituationFilter(request.GET, queryset=visible, processes=processes)
    ticked = set(form.data.getlist("situations")) if form.is_bound else set()  # type: ignore[attr-defined]
    page = paginate(request, filters.qs)
    rows = [(row, rules.can_treat(request.actor, cohort, row), str(row.public_id) in ticked) for row in page]
    context = {"space": "teacher", "school": cohort.programme.school, "cohort": cohort, "form": form}
    context |= {"filters": filters, "page": page, "rows": rows}
    return render(request, "students/situations/cohort_list.html", context)
