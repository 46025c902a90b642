"""Matches: the list, one match with its answer, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import versions
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from placements.forms.matches import AnswerForm
from placements.models import Match
from placements.presenters import matches as pages
from placements.presenters import sheets
from placements.queries.seats import Opening, edition_of
from placements.queries.visible import matches_by_key
from placements.rules import matches as rules
from placements.services import matches as service
from placements.views.guards import match_or_404
from ui.acts import attempt, attempt_form, number_read, posted, refused, unread
from ui.forms import ReasonForm
from ui.pages import paginate
from ui.sheets import asked

ANSWERS: dict[str, Callable[..., object]] = {
    "employer": service.employer_answer,
    "student": service.student_answer,
}


@require_safe
def match_list(request: ActorRequest) -> HttpResponseBase:
    """Every match the reader may see, own turn first; those that wait for an answer unless asked otherwise."""
    everything = request.GET.get("toon") == "alles"
    actor = request.actor
    found = Match.objects.visible_to(actor)
    found = (found if everything else found.open()).waiting_first(actor)
    if file := asked(request, found.with_details(actor), sheets.matches(actor)):
        return file
    page = paginate(request, found, rows=partial(matches_by_key, actor=actor))
    rows = [pages.row_of(request.actor, match) for match in page]
    context = {"page": page, "rows": rows, "everything": everything, "space": space_of(request.actor)}
    context["asked_of"] = pages.asked_of(rows)
    return render(request, "placements/matches/list.html", context)


@require_safe
def match_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One match, with the answer that is asked."""
    match = match_or_404(request, public_id)
    found = pages.offered(request.actor, match)
    return _page(request, match, AnswerForm(), "placements/matches/detail.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
def match_answer(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Yes or no, by the employer or by the student: what comes of it first, then the answer, to what was read."""
    match = match_or_404(request, public_id)
    party, can = rules.party_of(request.actor, match), rules.can_answer(request.actor, match)
    form = AnswerForm(posted(request), initial={"answer": request.GET.get("antwoord", "")})
    is_sent = request.method == "POST" and form.is_valid() and party is not None
    if is_sent:
        yes, read = form.cleaned_data["answer"] == "yes", request.POST.get("read", "")
        act = partial(ANSWERS[party], match_id=match.pk, by=request.actor, yes=yes, read=read)
        act = partial(act, reason=form.cleaned_data["reason"])
        if attempt_form(request, form, act, pages.answered(party, yes)):
            return redirect(pages.after_answer(match, party, yes=yes))
        if refused(request, can):
            return redirect(match)
    found = pages.offered(request.actor, match)
    if not is_sent and (
        refused(request, can) or (found and unread(request, edition=edition_of(match, found)))
    ):
        return redirect(match)
    return _page(request, match, form, "placements/matches/answer.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
def match_withdraw(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take a proposal back, with the reason."""
    match = match_or_404(request, public_id)
    can = rules.can_withdraw_match(request.actor, match)
    # Done already is for the service to say when it was this person, with the same button.
    if (request.method != "POST" or can.is_final) and refused(request, can):
        return redirect(match)
    readers = _("The employer reads this, and the student when already asked.")
    form = ReasonForm(posted(request), help_text=readers)
    if form.is_valid():
        read = request.POST.get("read", "")
        act = partial(service.withdraw, match_id=match.pk, by=request.actor, read=read, **form.cleaned_data)
        if attempt_form(request, form, act, _("The proposal is withdrawn.")) or refused(request, can):
            return redirect(match)
    context = {"match": match, "form": form, "read": versions.of(match), "space": space_of(request.actor)}
    return render(request, "placements/matches/withdraw.html", context)


@require_POST
def match_take_back(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take back one's own answer or withdrawal, the one that was on the page."""
    match = match_or_404(request, public_id)
    read = number_read(request.POST.get("act", ""))
    act = partial(service.take_back_act, match_id=match.pk, act_id=read, by=request.actor)
    attempt(request, act, _("Taken back. Who was mailed about it hears."))
    return redirect(match)


def _page(
    request: ActorRequest, match: Match, form: AnswerForm, template: str, found: Opening | None
) -> HttpResponse:
    context = pages.detail_context(request.actor, match, form, found)
    return render(request, template, context)
