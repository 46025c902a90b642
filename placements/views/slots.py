"""An employer's own places: the list, one place, and the acts on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.actors import ActorRequest
from partnerships.views.guards import employer_of
from placements.enums import SlotState
from placements.forms.slots import ReachForm
from placements.models import Match, Placement, Slot
from placements.presenters.slots import SlotRow
from placements.rules import placements as placement_rules
from placements.rules import slots as rules
from placements.services import slots as service
from placements.services.slots import Reach
from placements.views.guards import own_slot
from ui.acts import is_allowed, posted, tell
from ui.forms import ReasonForm
from ui.history import trail
from ui.pages import paginate

TABS = {"": None, "online": SlotState.ONLINE, "concept": SlotState.DRAFT, "gesloten": SlotState.CLOSED}


@require_safe
def slot_list(request: ActorRequest, slug: str) -> HttpResponse:
    organisation = employer_of(request, slug)
    chosen = request.GET.get("status", "")
    slots = Slot.objects.own(request.actor).filter(organisation=organisation).with_open_matches()
    if TABS.get(chosen):
        slots = slots.filter(state=TABS[chosen])
    page = paginate(request, slots.for_list())
    rows = [SlotRow(slot, can_confirm=rules.can_confirm_slot(request.actor, slot)) for slot in page]
    tabs = [
        {"label": label, "value": value, "current": value == (chosen if chosen in TABS else "")}
        for value, label in zip(TABS, (_("All"), _("Online"), _("Drafts"), _("Closed")), strict=True)
    ]
    context = {"organisation": organisation, "page": page, "rows": rows, "kinds": tabs, "space": "employer"}
    return render(request, "placements/slots/list.html", context)


@require_safe
def slot_manage(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One own place: what it says, who is proposed, who is placed, and what can be done."""
    organisation = employer_of(request, slug)
    slot = own_slot(request, organisation, public_id)
    matches = Match.objects.visible_to(request.actor).filter(slot=slot).for_list()[:50]
    placements = Placement.objects.visible_to(request.actor).filter(slot=slot).for_list()[:50]
    context = {
        "organisation": organisation,
        "slot": slot,
        "shown": SlotRow(slot, can_confirm=rules.can_confirm_slot(request.actor, slot)),
        "partners": slot.partners.order_by("name", "pk") if slot.visibility == "named" else [],
        "matches": matches,
        "placements": placements,
        "sees_students": placement_rules.can_see_students(request.actor, organisation.pk),
        "history": trail(slot),
        "space": "employer",
        **_verdicts(request, slot),
    }
    return render(request, "placements/slots/manage.html", context)


def _verdicts(request: ActorRequest, slot: Slot) -> dict[str, Any]:
    return {
        "can_change": rules.can_change_slot(request.actor, slot),
        "can_publish": rules.can_publish_slot(request.actor, slot),
        "can_close": rules.can_close_slot(request.actor, slot),
        "can_reopen": rules.can_reopen_slot(request.actor, slot),
    }


@require_POST
def slot_confirm(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """“Still right”, from the list or the place itself."""
    slot = own_slot(request, employer_of(request, slug), public_id)
    if is_allowed(request, rules.can_confirm_slot(request.actor, slot)):
        try:
            service.confirm(slot_id=slot.pk)
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, _("Noted: “%(slot)s” still stands.") % {"slot": slot.title})
    return redirect(_back(request, slug, slot))


@require_http_methods(["GET", "HEAD", "POST"])
def slot_publish(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Choose who may find a place; a draft goes online with it."""
    organisation = employer_of(request, slug)
    slot = own_slot(request, organisation, public_id)
    if not is_allowed(request, rules.can_change_slot(request.actor, slot)):
        return redirect("placements:slot-manage", slug, slot.public_id)
    initial = {"visibility": slot.visibility, "partners": list(slot.partners.values_list("pk", flat=True))}
    form = ReachForm(
        posted(request), organisation=organisation, partnership=slot.partnership, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        reach = Reach(form.cleaned_data["visibility"], list(form.cleaned_data["partners"]))
        if _reached(request, slot, reach):
            return redirect("placements:slot-manage", slug, slot.public_id)
    context = {"organisation": organisation, "slot": slot, "form": form, "space": "employer"}
    return render(request, "placements/slots/publish.html", context)


def _reached(request: ActorRequest, slot: Slot, reach: Reach) -> bool:
    try:
        if slot.state == SlotState.DRAFT:
            service.publish(
                slot_id=slot.pk, visibility=reach.visibility, partners=reach.partners, by=request.actor
            )
            messages.success(request, _("“%(slot)s” is online.") % {"slot": slot.title})
        else:
            service.set_visibility(slot_id=slot.pk, visibility=reach.visibility, partners=reach.partners)
            messages.success(request, _("Saved who may find “%(slot)s”.") % {"slot": slot.title})
    except ValidationError as error:
        tell(request, error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def slot_close(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    organisation = employer_of(request, slug)
    slot = own_slot(request, organisation, public_id)
    if not is_allowed(request, rules.can_close_slot(request.actor, slot)):
        return redirect("placements:slot-manage", slug, slot.public_id)
    form = ReasonForm(posted(request), help_text=_("Students and schools with an open proposal read this."))
    if request.method == "POST" and form.is_valid():
        try:
            service.close(slot_id=slot.pk, reason=form.cleaned_data["reason"], by=request.actor)
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, _("“%(slot)s” is closed.") % {"slot": slot.title})
        return redirect("placements:slot-manage", slug, slot.public_id)
    open_matches = Match.objects.filter(slot=slot).open().count()
    context = {"organisation": organisation, "slot": slot, "form": form, "open_matches": open_matches}
    return render(request, "placements/slots/close.html", {**context, "space": "employer"})


@require_POST
def slot_reopen(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    slot = own_slot(request, employer_of(request, slug), public_id)
    if is_allowed(request, rules.can_reopen_slot(request.actor, slot)):
        try:
            service.reopen(slot_id=slot.pk, by=request.actor)
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, _("“%(slot)s” is online again.") % {"slot": slot.title})
    return redirect("placements:slot-manage", slug, slot.public_id)


@require_POST
def slot_copy(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """A draft with the same content, opened in the steps to be looked through."""
    slot = own_slot(request, employer_of(request, slug), public_id)
    draft = service.copy(slot_id=slot.pk)
    messages.success(request, _("This is a copy. Look it through and change what differs."))
    return redirect("placements:slot-edit", slug, draft.public_id, "plek")


def _back(request: ActorRequest, slug: str, slot: Slot) -> str:
    """To the list when the button was there; never to an address from outside."""
    if request.POST.get("terug") == "lijst":
        return redirect("placements:slot-list", slug).url
    return redirect("placements:slot-manage", slug, slot.public_id).url
