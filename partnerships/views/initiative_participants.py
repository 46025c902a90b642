"""People in an initiative: one's own yes, and the answer of who leads it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.actors import ActorRequest
from partnerships.forms.initiative_participants import ParticipateForm
from partnerships.models import Initiative, InitiativeParticipant
from partnerships.presenters.initiative_partners import around
from partnerships.queries.initiative_participants import own_in
from partnerships.rules import initiative_participants as rules
from partnerships.services import initiative_participants as service
from partnerships.views.guards import led_initiative
from ui.acts import attempt, attempt_form, posted, was_read
from ui.forms import ReasonForm
from ui.history import trail


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_participate(request: ActorRequest, slug: str) -> HttpResponse:
    """One's own part in an initiative that one may read: say yes, see how it stands, stop."""
    initiative = _readable(request, slug)
    own = own_in(initiative, request.actor.person_id)
    form = ParticipateForm(posted(request))
    if form.is_valid():
        act = partial(service.ask, initiative_id=initiative.pk, by=request.actor, **form.values())
        done = _("Your yes has been sent. You get an email when there is an answer.")
        if attempt_form(request, form, act, done):
            return redirect("partnerships:initiative-participate", slug)
    context = around(request.actor, initiative) | {"own": own, "form": form}
    context |= {"may_ask": rules.can_ask(request.actor, initiative, own)}
    return render(request, "partnerships/initiative_participants/own.html", context)


@require_POST
def participate_leave(request: ActorRequest, slug: str) -> HttpResponse:
    """Take the own yes back."""
    initiative = _readable(request, slug)
    own = own_in(initiative, request.actor.person_id)
    if own is not None:
        act = partial(service.leave, participant_id=own.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("You no longer take part."))
    return redirect("partnerships:initiative-participate", slug)


@require_safe
def participant_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One person, for who leads the initiative."""
    return _page(request, _led(request, slug, public_id), ReasonForm())


@require_POST
def participant_accept(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let someone in."""
    participant = _led(request, slug, public_id)
    act = partial(service.accept, participant_id=participant.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("This person takes part from today."))
    return redirect(participant)


@require_POST
def participant_decline(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Say no, or end it, with the reason."""
    participant = _led(request, slug, public_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        do = partial(service.decline, participant_id=participant.pk, by=request.actor)
        act = partial(do, read=was_read(request), **form.cleaned_data)
        if attempt_form(request, form, act, _("This person does not take part. They have been told.")):
            return redirect(participant)
    return _page(request, participant, form)


def _readable(request: ActorRequest, slug: str) -> Initiative:
    rows = Initiative.objects.visible_to(request.actor) | Initiative.objects.inside(request.actor)
    return get_object_or_404(rows.select_related("partnership", "owner"), slug=slug)


def _led(request: ActorRequest, slug: str, public_id: UUID) -> InitiativeParticipant:
    initiative = led_initiative(request, slug)
    participant = get_object_or_404(initiative.participants.for_list(), public_id=public_id)
    participant.initiative = initiative
    return participant


def _page(request: ActorRequest, participant: InitiativeParticipant, decline: ReasonForm) -> HttpResponse:
    context = around(request.actor, participant.initiative) | {
        "participant": participant,
        "may_accept": rules.can_accept(request.actor, participant),
        "may_decline": rules.can_decline(request.actor, participant),
        "decline_form": decline,
        "history": trail(participant),
    }
    return render(request, "partnerships/initiative_participants/detail.html", context)
