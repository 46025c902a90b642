"""Papers of a meeting: put in, handed out as downloads, and taken away."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.forms.papers import PaperForm
from meetings.presenters import meetings as pages
from meetings.rules import meetings as rules
from meetings.services import papers as service
from meetings.views.form_pages import show_form
from meetings.views.guards import meeting_or_404, paper_or_404
from partnerships.actors import ActorRequest
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.downloads import download


@require_http_methods(["GET", "HEAD", "POST"])
def paper_add(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Put a file with the meeting or with one of its items."""
    meeting = meeting_or_404(request, public_id)
    if refused(request, rules.can_prepare(request.actor, meeting)):
        return redirect(meeting)
    asked = {"item": request.GET.get("punt", "")}
    form = PaperForm(posted(request), request.FILES or None, meeting=meeting, initial=asked)
    if form.is_valid():
        kept = {"item": form.cleaned_data.get("item"), "file": form.cleaned_data["file"]}
        act = partial(service.add, meeting_id=meeting.pk, by=request.actor, **kept)
        if attempt_form(request, form, act, _("The paper has been added.")):
            return redirect(meeting)
    words = {"heading": _("Add a paper"), "submit": _("Add the paper")}
    return show_form(request, pages.form_frame(request.actor, meeting) | {"form": form, **words})


@require_safe
def paper_file(request: ActorRequest, public_id: UUID) -> HttpResponseBase:
    """A download, whatever it is: never shown inside our own site."""
    paper = paper_or_404(request, public_id)
    return download(paper.file, name=paper.file_name)


@require_POST
def paper_remove(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take it away for good."""
    paper = paper_or_404(request, public_id)
    if not refused(request, rules.can_prepare(request.actor, paper.meeting)):
        act = partial(service.remove, paper_id=paper.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The paper has been taken away."))
    return redirect(paper.meeting)
