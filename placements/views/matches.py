"""Matches: the list, one match with its answer, taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import readlog
from core.access import require
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from placements.enums import OPEN_MATCH
from placements.forms.matches import AnswerForm
from placements.models import Match, Placement, Slot
from placements.presenters.slots import MatchRow, SlotRow
from placements.queries import fits
from placements.rules import matches as rules
from placements.services import matches as service
from ui.acts import is_allowed, posted, tell
from ui.forms import ReasonForm
from ui.pages import paginate


@require_safe
def match_list(request: ActorRequest) -> HttpResponse:
    """Every match the reader may see; those that wait for an answer unless asked otherwise."""
    everything = request.GET.get("toon") == "alles"
    found = Match.objects.visible_to(request.actor).with_standing(request.actor).for_list()
    page = paginate(request, found if everything else found.filter(state__in=OPEN_MATCH))
    verdicts = [(match, rules.can_answer(request.actor, match)) for match in page]
    rows = [
        (MatchRow(match, rules.sees_identity(request.actor, match), bool(can_answer)), can_answer)
        for match, can_answer in verdicts
    ]
    context = {"page": page, "rows": rows, "everything": everything, "space": space_of(request.actor)}
    return render(request, "placements/matches/list.html", context)


@require_safe
def match_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    return _page(request, _match(request, public_id), AnswerForm())


@require_POST
def match_answer(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Yes or no, by the employer or by the student, whoever asks."""
    match = _match(request, public_id)
    party = rules.party_of(request.actor, match)
    if not party:
        require(rules.can_answer(request.actor, match))
    if not is_allowed(request, rules.can_answer(request.actor, match)):
        return redirect(match)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, match, form)
    answer = service.student_answer if party == "student" else service.employer_answer
    yes, reason = form.cleaned_data["answer"] == "yes", form.cleaned_data["reason"]
    try:
        answer(match_id=match.pk, yes=yes, reason=reason, by=request.actor)
    except ValidationError as error:
        tell(request, error)
    else:
        messages.success(request, _answered(party, yes))
    return redirect(match)


@require_http_methods(["GET", "HEAD", "POST"])
def match_withdraw(request: ActorRequest, public_id: UUID) -> HttpResponse:
    match = _match(request, public_id)
    if not rules.is_school_side(request.actor, match):
        require(rules.can_withdraw_match(request.actor, match))
    if not is_allowed(request, rules.can_withdraw_match(request.actor, match)):
        return redirect(match)
    form = ReasonForm(
        posted(request), help_text=_("The employer reads this, and the student when already asked.")
    )
    if request.method == "POST" and form.is_valid():
        try:
            service.withdraw(match_id=match.pk, reason=form.cleaned_data["reason"], by=request.actor)
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, _("The proposal is withdrawn."))
        return redirect(match)
    context = {"match": match, "form": form, "space": space_of(request.actor)}
    return render(request, "placements/matches/withdraw.html", context)


def _match(request: ActorRequest, public_id: UUID) -> Match:
    visible = Match.objects.visible_to(request.actor).with_standing(request.actor).for_list()
    match = get_object_or_404(
        visible.select_related("enrolment__student__user").prefetch_related(
            "enrolment__cohort__programme__qualifications"
        ),
        public_id=public_id,
    )
    match.slot = Slot.objects.for_list().get(pk=match.slot_id)  # with its seats counted
    return match


def _page(request: ActorRequest, match: Match, form: AnswerForm) -> HttpResponse:
    actor, student = request.actor, match.enrolment.student
    sees_identity = rules.sees_identity(actor, match)
    if sees_identity and student.user_id != actor.user_id:
        readlog.record(actor.user_id, student.public_id)
    fit = fits.weigh(match.slot, match.enrolment, fits.recognised({match.slot.organisation_id}))
    school = rules.is_school_side(actor, match)
    can_answer = rules.can_answer(actor, match)
    context = {
        "match": match,
        "shown": MatchRow(match, sees_identity, bool(can_answer)),
        "slot_shown": SlotRow(match.slot),
        "fit": fit,
        "form": form,
        "party": rules.party_of(actor, match),
        "can_answer": can_answer,
        "can_withdraw": rules.can_withdraw_match(actor, match),
        "is_school": school,
        "sees_identity": sees_identity,
        "sees_wishes": rules.sees_wishes(actor, match),
        "sees_reason": school or rules.party_of(actor, match) == _decliner(match),
        "placement": Placement.objects.visible_to(actor).filter(match=match).first(),
        "space": rules.party_of(actor, match) or space_of(actor),
    }
    return render(request, "placements/matches/detail.html", context)


def _decliner(match: Match) -> str:
    """Which party's reason it is: a student's stays between the student and the school."""
    return "student" if match.employer_agreed_at else "employer"


def _answered(party: str, yes: bool) -> str:
    if party == "student":
        return (
            _("You have a place!")
            if yes
            else _("Your no has been passed on. Your teacher looks on with you.")
        )
    return (
        _("Your yes has been passed on. Now the student answers.")
        if yes
        else _("Your no has been passed on.")
    )
