"""Forms of a lesson or practice meeting; its page with the work situations is in `students`."""

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
from programmes.forms.sessions import SessionForm
from programmes.models import Cohort, Session
from programmes.queries.drafts import session_was_used
from programmes.rules import sessions as rules
from programmes.services import sessions as service
from programmes.views.guards import cohort_or_404, session_or_404
from ui.acts import attempt_form, posted


@require_http_methods(["GET", "HEAD", "POST"])
def session_create(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """A new lesson or practice meeting."""
    row = cohort_or_404(request, school, cohort)
    require(rules.can_plan_session(request.actor, row))
    form = SessionForm(posted(request), cohort=row)
    done = _("The session is in the timetable.")
    if form.is_valid() and attempt_form(request, form, _saved(request, form), done, field="theme"):
        return redirect("students:session-list", school, row.public_id)
    return _form(request, row, None, form)


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: ActorRequest, school: str, cohort: UUID, session: UUID) -> HttpResponse:
    """Correct a session."""
    row = cohort_or_404(request, school, cohort)
    require(rules.can_plan_session(request.actor, row))
    planned = session_or_404(request, row, session)
    form = SessionForm(posted(request), cohort=row, instance=planned)
    done = _("The session has been changed.")
    if form.is_valid() and attempt_form(request, form, _saved(request, form), done, field="theme"):
        return redirect("students:session-list", school, row.public_id)
    return _form(request, row, planned, form)


def _form(request: ActorRequest, cohort: Cohort, session: Session | None, form: SessionForm) -> HttpResponse:
    context = {"space": "teacher", "school": cohort.programme.school, "cohort": cohort}
    if session is not None:
        was_used = session_was_used(session)
        context["may_discard"] = rules.can_discard_session(request.actor, cohort, was_used=was_used)
    return render(request, "programmes/sessions/form.html", context | {"session": session, "form": form})


def _saved(request: ActorRequest, form: SessionForm) -> Callable[[], Session]:
    """The act that keeps what was filled in."""
    chosen = form.cleaned_data["work_processes"]
    session = form.save(commit=False)
    return partial(service.save, session=session, work_processes=chosen, by=request.actor, version=form.read)
