"""Work situations of a cohort, for its teachers: into a session, and what came out of it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.actors import ActorRequest
from programmes.models import Cohort, WorkProcess
from students.filters.cohorts import SituationFilter
from students.forms.situations import PlanSituationsForm, TreatSituationForm
from students.models import WorkSituation
from students.rules import enrolments as rules
from students.services import situations as service
from students.views.guards import note_read, situation_or_404, taught_cohort_or_404
from ui.acts import attempt, posted
from ui.pages import paginate


@require_safe
def situation_list(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """What students brought in, with the form that puts some in a session."""
    group = taught_cohort_or_404(request, school, cohort)
    form = PlanSituationsForm(actor=request.actor, cohort=group)
    return _list(request, group, form)


@require_POST
def situation_plan(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """Put the ticked situations in one session, all or none; ticked ones of another session move."""
    group = taught_cohort_or_404(request, school, cohort)
    form = PlanSituationsForm(request.POST, actor=request.actor, cohort=group)
    if not form.is_valid():
        return _list(request, group, form)
    session = form.cleaned_data["session"]
    chosen = [situation.pk for situation in form.cleaned_data["situations"]]
    act = partial(service.put_all_in_session, situation_ids=chosen, session_id=session.pk, by=request.actor)
    attempt(request, act, _planned(len(chosen), session.theme))
    return redirect("students:cohort-situation-list", school, group.public_id)


def _planned(number: int, theme: str) -> str:
    text = ngettext(
        "%(count)d work situation is in “%(theme)s”.",
        "%(count)d work situations are in “%(theme)s”.",
        number,
    )
    return text % {"count": number, "theme": theme}


@require_http_methods(["GET", "HEAD", "POST"])
def situation_treat(request: ActorRequest, school: str, cohort: UUID, situation: UUID) -> HttpResponse:
    """Write what came out of it; a second time the answer stands and nothing is mailed again."""
    group = taught_cohort_or_404(request, school, cohort)
    row = situation_or_404(request, group, situation)
    form = TreatSituationForm(posted(request))
    if form.is_valid():
        act = partial(service.treat, situation_id=row.pk, by=request.actor, **form.cleaned_data)
        attempt(request, act, _("Saved. The student gets a mail."))
        return redirect("students:cohort-situation-list", school, group.public_id)
    note_read(request.actor, row.enrolment.student)
    context = {"space": "teacher", "school": group.programme.school, "cohort": group, "form": form}
    may = rules.can_treat(request.actor, group, row)
    return render(request, "students/situations/treat.html", context | {"situation": row, "may_treat": may})


def _list(request: ActorRequest, cohort: Cohort, form: PlanSituationsForm) -> HttpResponse:
    visible = WorkSituation.objects.visible_to(request.actor).filter(enrolment__cohort=cohort).for_list()
    processes = list(WorkProcess.objects.of_programme(cohort.programme_id))
    filters = SituationFilter(request.GET, queryset=visible, processes=processes)
    ticked = set(form.ticked)
    page = paginate(request, filters.qs)
    rows = [(row, rules.can_treat(request.actor, cohort, row), str(row.public_id) in ticked) for row in page]
    context = {"space": "teacher", "school": cohort.programme.school, "cohort": cohort, "form": form}
    context |= {"filters": filters, "page": page, "rows": rows}
    return render(request, "students/situations/cohort_list.html", context)
