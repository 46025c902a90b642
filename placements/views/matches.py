"""Matches: the list, one match with its answer, taking it back."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from placements.forms.matches import AnswerForm
from placements.models import Match
from placements.presenters import matches as pages
from placements.rules import matches as rules
from placements.services import matches as service
from placements.views.guards import match_or_404
from students.views.guards import note_read
from ui.acts import attempt, posted, refused
from ui.forms import ReasonForm
from ui.pages import paginate

ANSWERS = {"employer": service.employer_answer, "student": service.student_answer}


@require_safe
def match_list(request: ActorRequest) -> HttpResponse:
    """Every match the reader may see; those that wait for an answer unless asked otherwise."""
    everything = request.GET.get("toon") == "alles"
    found = Match.objects.visible_to(request.actor).with_taught(request.actor).for_list()
    page = paginate(request, found if everything else found.open())
    rows = [pages.row_of(request.actor, match) for match in page]
    context = {"page": page, "rows": rows, "everything": everything, "space": space_of(request.actor)}
    return render(request, "placements/matches/list.html", context)


@require_safe
def match_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One match, with the answer that is asked."""
    return _page(request, match_or_404(request, public_id), AnswerForm())


@require_POST
def match_answer(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Yes or no, by the employer or by the student, whoever asks."""
    match = match_or_404(request, public_id)
    if refused(request, rules.can_answer(request.actor, match)):
        return redirect(match)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, match, form)
    party, yes = rules.party_of(request.actor, match), form.cleaned_data["answer"] == "yes"
    reason = form.cleaned_data["reason"]
    act = partial(ANSWERS[party], match_id=match.pk, yes=yes, reason=reason, by=request.actor)
    attempt(request, act, pages.answered(party, yes))
    return redirect(match)


@require_http_methods(["GET", "HEAD", "POST"])
def match_withdraw(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take a proposal back, with the reason."""
    match = match_or_404(request, public_id)
    if refused(request, rules.can_withdraw_match(request.actor, match)):
        return redirect(match)
    readers = _("The employer reads this, and the student when already asked.")
    form = ReasonForm(posted(request), help_text=readers)
    if form.is_valid():
        act = partial(service.withdraw, match_id=match.pk, by=request.actor, **form.cleaned_data)
        attempt(request, act, _("The proposal is withdrawn."))
        return redirect(match)
    context = {"match": match, "form": form, "space": space_of(request.actor)}
    return render(request, "placements/matches/withdraw.html", context)


def _page(request: ActorRequest, match: Match, form: AnswerForm) -> HttpResponse:
    context = pages.detail_context(request.actor, match, form)
    if context["sees_identity"]:
        note_read(request.actor, match.enrolment.student)
    return render(request, "placements/matches/detail.html", context)
