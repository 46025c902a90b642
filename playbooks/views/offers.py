"""Improvements go back: offered by who began with a playbook, answered by whose it is."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.rules.partnerships import can_coordinate
from partnerships.views.guards import coordinated_partnership
from playbooks.forms.offers import OfferForm
from playbooks.models import PlaybookOffer
from playbooks.presenters import sheets
from playbooks.presenters.offers import offer_context
from playbooks.rules import offers as rules
from playbooks.services import offers as service
from playbooks.views.guards import coordinated_adoption
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.forms import ReasonForm
from ui.pages import paginate
from ui.sheets import asked


@require_http_methods(["GET", "HEAD", "POST"])
def offer_create(request: ActorRequest, slug: str, piece: UUID) -> HttpResponse:
    """Offer a piece of one's own."""
    adoption = coordinated_adoption(request, slug)
    part = get_object_or_404(adoption.parts.filter(is_left=False).select_related("base"), key=piece)
    part.adoption = adoption
    form = OfferForm(posted(request))
    if form.is_valid():
        offer = partial(service.offer, part_id=part.pk, by=request.actor, read=was_read(request))
        act = partial(offer, **form.cleaned_data)
        if attempt_form(request, form, act, _("Your improvement has been offered.")):
            return redirect(adoption)
    elif request.method != "POST":
        has_open = PlaybookOffer.objects.open().filter(part=part).exists()
        if refused(request, rules.can_offer(request.actor, part, has_open=has_open)):
            return redirect(adoption)
    context = {"space": "coordinator", "adoption": adoption, "partnership": adoption.partnership}
    return render(request, "playbooks/offers/form.html", context | {"part": part, "form": form})


@require_safe
def offer_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """What others offered for the playbook of a partnership, and what it offered itself."""
    partnership = coordinated_partnership(request, slug)
    rows = PlaybookOffer.objects.of_partnership(partnership).for_list()
    if file := asked(request, rows, sheets.OFFERS):
        return file
    context = {"space": "coordinator", "partnership": partnership, "page": paginate(request, rows)}
    return render(request, "playbooks/offers/list.html", context)


def _offer(request: ActorRequest, public_id: UUID) -> PlaybookOffer:
    rows = PlaybookOffer.objects.visible_to(request.actor).for_list()
    return get_object_or_404(rows.select_related("part__base"), public_id=public_id)


@require_safe
def offer_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One improvement, for the coordinators of both."""
    offer = _offer(request, public_id)
    return render(request, "playbooks/offers/detail.html", offer_context(request.actor, offer))


@require_POST
def offer_accept(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """It comes into the draft of the next version."""
    offer = _offer(request, public_id)
    require(can_coordinate(request.actor, offer.publisher))
    accept = partial(service.accept, offer_id=offer.pk, by=request.actor, read=was_read(request))
    attempt(request, accept, _("The improvement stands in the draft of the next version."))
    return redirect(offer)


@require_http_methods(["GET", "HEAD", "POST"])
def offer_decline(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """It does not, and why."""
    offer = _offer(request, public_id)
    require(can_coordinate(request.actor, offer.publisher))
    form = ReasonForm(posted(request), help_text=_("Whoever offered it reads this."))
    if form.is_valid():
        decline = partial(service.decline, offer_id=offer.pk, by=request.actor, read=was_read(request))
        if attempt_form(
            request, form, partial(decline, **form.cleaned_data), _("The improvement has been declined.")
        ):
            return redirect(offer)
    elif request.method != "POST" and refused(request, rules.can_answer(request.actor, offer)):
        return redirect(offer)
    return render(
        request, "playbooks/offers/decline.html", {"space": "coordinator", "offer": offer, "form": form}
    )


@require_POST
def offer_withdraw(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take it back."""
    offer = _offer(request, public_id)
    require(can_coordinate(request.actor, offer.offerer))
    withdraw = partial(service.withdraw, offer_id=offer.pk, by=request.actor, read=was_read(request))
    attempt(request, withdraw, _("The improvement has been withdrawn."))
    return redirect(offer)
