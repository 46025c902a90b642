"""Work situations of a cohort, for its teachers: into a session, what came out of it, and away with client data."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import states
from partnerships.actors import ActorRequest
from programmes.models import Cohort, WorkProcess
from programmes.views.guards import session_or_404
from students.filters.cohorts import SituationFilter
from students.forms.situations import PlanSituationsForm, TreatSituationForm
from students.models import WorkSituation
from students.presenters import sheets
from students.presenters.enrolments import head_of
from students.presenters.situations import treat_context
from students.queries.situations import situations_by_key
from students.rules import situations as rules
from students.services import reports
from students.services import situations as service
from students.views.guards import situation_or_404, taught_cohort_or_404
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.forms import ReasonForm
from ui.languages import dutch, told
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def situation_list(request: ActorRequest, school: str, cohort: UUID) -> HttpResponseBase:
    """What students brought in, with the form that puts some in a session."""
    group = taught_cohort_or_404(request, school, cohort)
    form = PlanSituationsForm(actor=request.actor, cohort=group)
    return _list(request, group, form)


@require_POST
def situation_plan(request: ActorRequest, school: str, cohort: UUID) -> HttpResponseBase:
    """Put the ticked situations in one session, all or none, beside other sessions that they are in."""
    group = taught_cohort_or_404(request, school, cohort)
    form = PlanSituationsForm(request.POST, actor=request.actor, cohort=group)
    if not form.is_valid():
        return _list(request, group, form)
    session = form.cleaned_data["session"]
    chosen = [situation.pk for situation in form.cleaned_data["situations"]]
    act = partial(service.put_all_in_session, situation_ids=chosen, session_id=session.pk, by=request.actor)
    if not attempt_form(request, form, partial(act, read=form.read), _planned(len(chosen), session.theme)):
        return _list(request, group, form)
    return redirect("students:cohort-situation-list", school, group.public_id)


def _planned(number: int, theme: str) -> str:
    text = ngettext(
        "%(count)d work situation is in “%(theme)s”.",
        "%(count)d work situations are in “%(theme)s”.",
        number,
    )
    return told(text, count=number, theme=dutch(theme))


@require_POST
def situation_take_out(
    request: ActorRequest, school: str, cohort: UUID, situation: UUID, session: UUID
) -> HttpResponse:
    """Take a situation out of a session again; the second time it is out already."""
    group = taught_cohort_or_404(request, school, cohort)
    row, held = situation_or_404(request, group, situation), session_or_404(request, group, session)
    if not refused(request, rules.can_treat(request.actor, row)):
        act = partial(service.take_out, situation_id=row.pk, session_id=held.pk, by=request.actor)
        act = partial(act, read=was_read(request))
        attempt(request, act, _("It is no longer in this session."))
    return redirect("students:session-detail", school, group.public_id, held.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def situation_treat(request: ActorRequest, school: str, cohort: UUID, situation: UUID) -> HttpResponse:
    """Write what came out of it, for each session it is in; the same words twice are mailed once."""
    group = taught_cohort_or_404(request, school, cohort)
    row = situation_or_404(request, group, situation)
    context = head_of(group) | treat_context(request.actor, row)
    wanted = {"session": request.GET.get("les", context["first_session"])}
    form = TreatSituationForm(posted(request), sessions=context["to_treat"], initial=wanted)
    if form.is_valid() and not refused(request, context["may_treat"]):
        treat = partial(service.treat, situation_id=row.pk, by=request.actor, read=was_read(request))
        act = partial(treat, **form.written)
        if attempt_form(request, form, act, _("Saved. The student gets an email.")):
            return redirect("students:cohort-situation-list", school, group.public_id)
    return render(request, "students/situations/treat.html", context | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def situation_blank(request: ActorRequest, school: str, cohort: UUID, situation: UUID) -> HttpResponse:
    """A page that asks for the reason before the text goes."""
    group = taught_cohort_or_404(request, school, cohort)
    row = situation_or_404(request, group, situation)
    is_repeat = states.is_repeat(row, "blank", by=request.actor.person_id)
    if not is_repeat and refused(request, rules.can_blank(request.actor, row)):
        return redirect("students:cohort-situation-list", school, group.public_id)
    form = ReasonForm(posted(request), help_text=gettext_lazy("The student reads this. Name no client here."))
    if form.is_valid():
        blank = partial(service.blank, situation_id=row.pk, by=request.actor, read=was_read(request))
        done = _("The text has been removed. The student gets an email.")
        if attempt_form(request, form, partial(blank, **form.cleaned_data), done):
            return redirect("students:cohort-situation-list", school, group.public_id)
    return render(
        request, "students/situations/blank.html", head_of(group) | {"situation": row, "form": form}
    )


@require_POST
def situation_keep(request: ActorRequest, school: str, cohort: UUID, situation: UUID) -> HttpResponse:
    """What was reported may stay: no client can be recognised in it."""
    group = taught_cohort_or_404(request, school, cohort)
    row = situation_or_404(request, group, situation)
    act = partial(reports.keep, row=row, by=request.actor, read=was_read(request))
    attempt(request, act, _("The text stays as it is."))
    return redirect("students:cohort-situation-treat", school, group.public_id, row.public_id)


def _list(request: ActorRequest, cohort: Cohort, form: PlanSituationsForm) -> HttpResponseBase:
    visible = WorkSituation.objects.visible_to(request.actor).in_cohort(cohort.pk).newest_first()
    processes = list(WorkProcess.objects.of_programme(cohort.programme_id))
    filters = SituationFilter(request.GET, queryset=visible, processes=processes)
    ticked = set(form.ticked)
    if file := asked(request, filters.qs.with_details(), sheets.SITUATIONS):
        return file
    page = paginate(request, filters.qs, rows=situations_by_key)
    rows = [(row, rules.can_treat(request.actor, row), str(row.public_id) in ticked) for row in page]
    context = {"form": form, "filters": filters, "page": page, "rows": rows}
    return render(request, "students/situations/cohort_list.html", head_of(cohort) | context)
