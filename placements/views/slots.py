"""An employer's own slots: the list, one slot, and the acts on it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import versions
from partnerships.actors import ActorRequest
from partnerships.views.guards import employer_of
from placements.enums import SlotState
from placements.forms.slots import PLACE, CloseForm, ReachForm
from placements.models import Slot
from placements.presenters import sheets
from placements.presenters import slots as pages
from placements.presenters.matches import row_of
from placements.presenters.slots import SlotRow
from placements.rules import slots as rules
from placements.services import drafts
from placements.services import slots as service
from placements.views.guards import own_slot
from ui.acts import attempt, attempt_back, attempt_form, confirm, posted, refused, was_read
from ui.languages import dutch, told
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def slot_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The employer's slots, of one state when a tab asks for it."""
    organisation = employer_of(request, slug)
    chosen = request.GET.get("status", "")
    slots = Slot.objects.own(request.actor).filter(organisation=organisation).with_open_matches()
    if state := pages.state_of_tab(chosen):
        slots = slots.filter(state=state)
    if file := asked(request, slots.for_list(), sheets.OWN_SLOTS):
        return file
    page = paginate(request, slots.for_list())
    rows = [SlotRow(slot, can_confirm=rules.can_confirm_slot(request.actor, slot)) for slot in page]
    context = {"organisation": organisation, "page": page, "rows": rows, "kinds": pages.tabs(chosen)}
    context["stale"] = sum(bool(row.is_stale and row.can_confirm) for row in rows)
    return render(request, "placements/slots/list.html", {**context, "space": "employer"})


@require_safe
def slot_manage(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One own slot: what it says, who is proposed, who is placed, and what can be done."""
    context = pages.manage_context(request.actor, own_slot(request, slug, public_id))
    context["matches"] = paginate(request, context["matches"], parameter="voorstellen", short=True)
    context["match_rows"] = [row_of(request.actor, match) for match in context["matches"]]
    context["placements"] = paginate(request, context["placements"], parameter="plaatsingen", short=True)
    return render(request, "placements/slots/manage.html", context)


@require_POST
def slot_confirm(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Confirm that a slot still stands, from the list or from its own page."""
    slot = own_slot(request, slug, public_id)
    if not refused(request, rules.can_confirm_slot(request.actor, slot)):
        done = told(_("Noted: “%(slot)s” is still available."), slot=dutch(slot.title))
        act = partial(service.confirm, slot_id=slot.pk, by=request.actor, read=was_read(request))
        attempt(request, act, done)
    # A word and no address, so that nobody can lead people elsewhere.
    if request.POST.get("terug") == "lijst":
        return redirect("placements:slot-list", slug)
    return _back(slot)


@require_http_methods(["GET", "HEAD", "POST"])
def slot_publish(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Choose who may find a slot; a draft goes online with it."""
    slot = own_slot(request, slug, public_id)
    if refused(request, rules.can_change_slot(request.actor, slot)):
        return _back(slot)
    form = ReachForm(posted(request), organisation=slot.organisation, partnership=slot.partnership, slot=slot)
    if form.is_valid() and _reached(request, slot, form):
        return _back(slot)
    context = {"organisation": slot.organisation, "slot": slot, "form": form, "space": "employer"}
    return render(request, "placements/slots/publish.html", context)


def _reached(request: ActorRequest, slot: Slot, form: ReachForm) -> bool:
    """Put a draft online, or move who may find what is online already."""
    reach = {"slot_id": slot.pk, "by": request.actor, "version": form.read, **form.cleaned_data}
    if slot.state == SlotState.DRAFT:
        done = told(
            _(
                "“%(slot)s” is online. Contact persons and practice trainers get an email when a student is proposed."
            ),
            slot=dutch(slot.title),
        )
        return attempt_form(request, form, partial(service.publish, **reach), done)
    done = told(_("Saved who may find “%(slot)s”."), slot=dutch(slot.title))
    return attempt_form(request, form, partial(service.set_visibility, **reach), done)


@require_http_methods(["GET", "HEAD", "POST"])
def slot_close(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Take a slot offline, and choose who of the students on it leaves. All concerned read the reason."""
    slot = own_slot(request, slug, public_id)
    if refused(request, rules.can_close_slot(request.actor, slot)):
        return _back(slot)
    context = pages.close_context(request.actor, slot)
    help_text = _("The students, their schools and whoever is in an open proposal read this.")
    form = CloseForm(posted(request), staying=context["may_leave"], help_text=help_text)
    if form.is_valid():
        chosen = {"reason": form.cleaned_data["reason"], "leaving": form.leaving()}
        act = partial(service.close, slot_id=slot.pk, by=request.actor, read=was_read(request), **chosen)
        done = told(_("“%(slot)s” is closed. Everyone concerned has been told."), slot=dutch(slot.title))
        if attempt_form(request, form, act, done):
            return _back(slot)
    return render(request, "placements/slots/close.html", context | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def slot_discard(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Throw a draft away that was never online."""
    slot = own_slot(request, slug, public_id)
    if refused(request, rules.can_discard_slot(request.actor, slot)):
        return _back(slot)
    if request.method == "POST":
        act = partial(drafts.slot, slot_id=slot.pk, by=request.actor, read=was_read(request))
        done = attempt(request, act, told(_("“%(slot)s” has been deleted."), slot=dutch(slot.title)))
        return redirect("placements:slot-list", slug) if done else _back(slot)
    return confirm(request, **pages.discard_context(slot), read=versions.of(slot))


@require_POST
def slot_reopen(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Put a closed slot online again."""
    slot = own_slot(request, slug, public_id)
    if not refused(request, rules.can_reopen_slot(request.actor, slot)):
        done = told(_("“%(slot)s” is online again."), slot=dutch(slot.title))
        act = partial(service.reopen, slot_id=slot.pk, by=request.actor, read=was_read(request))
        attempt_back(request, act, done)
    return _back(slot)


@require_POST
def slot_copy(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """A draft with the same content, opened in the steps to be looked through."""
    draft = service.copy(slot_id=own_slot(request, slug, public_id).pk, by=request.actor)
    messages.success(request, _("This is a copy. Look it through and change what differs."))
    return redirect("placements:slot-edit", slug, draft.public_id, PLACE)


def _back(slot: Slot) -> HttpResponse:
    return redirect("placements:slot-manage", slot.organisation.slug, slot.public_id)
