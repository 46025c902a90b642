"""The answer to an invitation: signed in, or by the personal link in the mail."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.enums import LinkAct
from accounts.views.links import closed, opened_link
from core import versions
from meetings.forms.meetings import AnswerForm
from meetings.models import AgendaItem, Attendance
from meetings.presenters import meetings as pages
from meetings.queries.answers import attendance_of
from meetings.rules import meetings as rules
from meetings.services import answers as service
from meetings.views.form_pages import show_form
from meetings.views.guards import attendance_or_404
from partnerships.actors import ActorRequest
from ui.acts import attempt_form, posted, refused, was_read


def _form(request: HttpRequest, row: Attendance, *, own: bool) -> AnswerForm:
    said = {"answer": row.answer, "substitute": row.substitute}
    return AnswerForm(posted(request), initial=said, own=own)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_answer(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Answer for oneself, or write down what someone said."""
    row = attendance_or_404(request, public_id)
    if refused(request, rules.can_answer_for(request.actor, row)):
        return redirect(row.meeting)
    own = row.person_id == request.actor.person_id
    form = _form(request, row, own=own)
    if form.is_valid():
        answer = partial(service.answer, attendance_id=row.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(
            request, form, partial(answer, read=was_read(request)), _("The answer has been saved.")
        ):
            return redirect(row.meeting)
    heading = _("Are you coming?") if own else row.person.full_name
    context = pages.form_frame(request.actor, row.meeting) | {"form": form, "read_of": row}
    return show_form(request, context | {"heading": heading, "submit": _("Save the answer")})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_own(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The same for whoever opened the link in the invitation: the meeting, its agenda and the answer."""
    link = opened_link(request, public_id, LinkAct.MEETING)
    row = attendance_of(link) if link is not None else None
    if row is None:
        return closed(request)
    verdict = rules.can_answer(row.meeting)
    form = _form(request, row, own=True)
    if verdict and form.is_valid():
        answer = partial(service.answer, attendance_id=row.pk, by=None, **form.cleaned_data)
        done = _("Thank you. Your answer has been saved.")
        if attempt_form(request, form, partial(answer, read=was_read(request)), done):
            return redirect("meetings:attendance-own", public_id)
    items = AgendaItem.objects.for_meeting(row.meeting)
    context = {"row": row, "meeting": row.meeting, "items": items, "verdict": verdict, "form": form}
    return render(request, "meetings/answer.html", context | {"read": versions.of(row)})
