"""The timetable of a cohort, and a session with the work situations that it treats."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.dates import local_day
from partnerships.actors import ActorRequest
from partnerships.queries.free_days import names_of
from programmes.models import Session, WorkProcess
from programmes.views.guards import session_or_404
from students.enums import SituationState
from students.presenters import sheets
from students.presenters.situations import situations_of
from students.views.guards import taught_cohort_or_404
from ui.history import edits
from ui.pages import paginate
from ui.sheets import asked

PAST = "geweest"


@require_safe
def session_list(request: ActorRequest, school: str, cohort: UUID) -> HttpResponseBase:
    """The coming sessions, or those that were."""
    group = taught_cohort_or_404(request, school, cohort)
    past = request.GET.get("toon") == PAST
    sessions = Session.objects.filter(cohort=group).annotate(situation_count=_situations())
    over = sessions.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")
    context = {"space": "teacher", "school": group.programme.school, "cohort": group, "past": past}
    found = over if past else sessions.upcoming()
    if file := asked(request, found, sheets.SESSIONS):
        return file
    page = paginate(request, found)
    free = names_of(group.programme.school, {local_day(row.starts_at) for row in page})
    rows = [(row, free.get(local_day(row.starts_at), "")) for row in page]
    return render(request, "students/sessions/list.html", context | {"page": page, "rows": rows})


def _situations() -> Count:
    """How many work situations a session has that its teachers may read."""
    shown = Q(situations__for_teachers=True) & ~Q(situations__state=SituationState.WITHDRAWN)
    return Count("situations", filter=shown)


@require_safe
def session_detail(request: ActorRequest, school: str, cohort: UUID, session: UUID) -> HttpResponse:
    """A session and the work situations that are in it."""
    group = taught_cohort_or_404(request, school, cohort)
    row = session_or_404(request, group, session)
    context = {
        "space": "teacher",
        "school": group.programme.school,
        "cohort": group,
        "session": row,
        "processes": WorkProcess.objects.of_programme(group.programme_id).filter(sessions=row),
        "situations": situations_of(request.actor, row),
        "history": edits(row),
    }
    return render(request, "students/sessions/detail.html", context)
