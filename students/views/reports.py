"""Report that a client can be recognised in a text or file; its teachers remove it or let it stay."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from partnerships.actors import ActorRequest
from students.models import Evidence, GoalRemark, WorkSituation
from students.models.reporting import Reportable
from students.presenters.reports import report_of
from students.presenters.spaces import space_of_enrolment
from students.rules import reports as rules
from students.services import reports as service
from students.views.guards import evidence_or_404, remark_or_404, shown_situation_or_404
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.forms import ReasonForm

ROWS: dict[str, Callable[[ActorRequest, UUID], Any]] = {
    WorkSituation.KIND: shown_situation_or_404,
    Evidence.KIND: evidence_or_404,
    GoalRemark.KIND: remark_or_404,
}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActorRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Ask once more before whoever wrote it and the teachers are mailed that a client can be recognised in it."""
    row = ROWS[kind](request, public_id)
    may = rules.can_report(request.actor, row)
    if (request.method != "POST" or may.is_final) and refused(request, may):
        return redirect(_page_of(row))
    if request.method == "POST":
        attempt(
            request, partial(service.report, row=row, by=request.actor, read=was_read(request)), _reported
        )
        return redirect(_page_of(row))
    return render(request, "students/reports/report.html", _context(request, row))


@require_http_methods(["GET", "HEAD", "POST"])
def take_away(request: ActorRequest, public_id: UUID, kind: str) -> HttpResponse:
    """A teacher reads it again, and gives the reason before it goes."""
    row = ROWS[kind](request, public_id)
    may = rules.can_remove(request.actor, row)
    is_repeat = request.method == "POST" and bool(row.removed_because)
    if (may.is_final or not is_repeat) and refused(request, may):
        return redirect(_page_of(row))
    form = ReasonForm(posted(request), help_text=gettext_lazy("The student reads this. Name no client here."))
    if form.is_valid():
        act = partial(service.remove, row=row, by=request.actor, read=was_read(request), **form.cleaned_data)
        if attempt_form(request, form, act, _("It has been removed. Whoever wrote it gets an email.")):
            return redirect(_page_of(row))
    more = {"form": form, "report": report_of(row), "may_keep": rules.can_keep(request.actor, row)}
    return render(request, "students/reports/take_away.html", _context(request, row) | more)


@require_POST
def keep(request: ActorRequest, public_id: UUID, kind: str) -> HttpResponse:
    """What was reported may stay: no client can be recognised in it."""
    row = ROWS[kind](request, public_id)
    may = rules.can_keep(request.actor, row)
    if may.is_final and refused(request, may):
        return redirect(_page_of(row))
    act = partial(service.keep, row=row, by=request.actor, read=was_read(request))
    attempt(request, act, _("The text stays as it is."))
    return redirect(_page_of(row))


def _page_of(row: Reportable) -> str:
    if isinstance(row, WorkSituation):
        return reverse("students:enrolment-situations", args=[row.enrolment.public_id])
    return str(row.goal.get_absolute_url())  # type: ignore[attr-defined]  # the others are of a goal


def _context(request: ActorRequest, row: Reportable) -> dict[str, Any]:
    enrolment = row.of_enrolment
    return {
        "row": row,
        "what": row._meta.verbose_name,
        "back": _page_of(row),
        "enrolment": enrolment,
        "is_of_student": row.author_id == enrolment.student.person_id,
        **space_of_enrolment(request.actor, enrolment),
    }


def _reported(row: Reportable) -> str:
    if row.author_id != row.of_enrolment.student.person_id:
        return _("Reported. Whoever wrote it and the teachers get an email.")
    if row.for_teachers:
        return _("Reported. The student and the teachers get an email.")
    return _("Reported. The student gets an email.")
