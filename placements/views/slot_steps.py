"""The three steps of offering or changing a slot."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.actors import ActorRequest
from partnerships.views.guards import employer_of
from placements.enums import SlotState
from placements.forms.slot_examples import EXAMPLES
from placements.forms.slot_wizard import STEPS, SlotWizard
from placements.forms.slots import CHECK, PLACE, STEP_FIELDS
from placements.models import Slot
from placements.rules import slots as rules
from placements.services import slots as service
from placements.views.guards import own_slot
from ui.acts import refused, tell
from ui.editing import kept_of_others
from ui.languages import dutch, told


@require_safe
def slot_start(request: ActorRequest, slug: str) -> HttpResponse:
    """A new slot, perhaps with the words of an example: forget what was left from the last time."""
    wizard = SlotWizard(request.session, organisation=employer_of(request, slug))
    wizard.begin(example=request.GET.get("voorbeeld", ""))
    return redirect("placements:slot-create", slug, PLACE)


@require_safe
def slot_examples(request: ActorRequest, slug: str) -> HttpResponse:
    """Examples to begin a new slot with; nothing is kept until a step is saved."""
    context = {"organisation": employer_of(request, slug), "examples": EXAMPLES, "space": "employer"}
    return render(request, "placements/slots/examples.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def slot_create(request: ActorRequest, slug: str, step: str) -> HttpResponse:
    """One of the steps of a new slot."""
    wizard = SlotWizard(request.session, organisation=employer_of(request, slug))
    return _step(request, wizard, step)


@require_http_methods(["GET", "HEAD", "POST"])
def slot_edit(request: ActorRequest, slug: str, public_id: UUID, step: str) -> HttpResponse:
    """One of the steps of a slot that is there already."""
    slot = own_slot(request, slug, public_id)
    wizard = SlotWizard(request.session, organisation=slot.organisation, slot=slot)
    if refused(request, rules.can_change_slot(request.actor, slot)):
        wizard.forget()
        return redirect("placements:slot-manage", slug, slot.public_id)
    if request.method != "POST" and "opnieuw" in request.GET:
        wizard.begin()
        # Go on without "opnieuw" in the address, so that looking at the page again does not drop what was typed.
        return redirect("placements:slot-edit", slug, slot.public_id, PLACE)
    if not wizard.is_begun:
        wizard.begin()
    return _step(request, wizard, step)


def _step(request: ActorRequest, wizard: SlotWizard, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    act = request.POST.get("act", "next")
    if request.method == "POST" and wizard.done and not wizard.is_begun:  # the last button was pressed twice
        return redirect("placements:slot-manage", wizard.organisation.slug, wizard.done)
    if request.method == "POST":
        form = wizard.form(step, request.POST, as_draft=act == "draft")
        if form.is_valid():
            wizard.remember(step, form)
            return _go_on(request, wizard, step, act)
        return _page(request, wizard, step, form)
    if not wizard.may_enter(step):
        return redirect(_url(wizard, wizard.first_open(as_draft=True)))
    return _page(request, wizard, step, wizard.form(step))


def _go_on(request: ActorRequest, wizard: SlotWizard, step: str, act: str) -> HttpResponse:
    """To the next step, or to the end when that was asked and every step is right."""
    if act == "next" and step != CHECK:
        return redirect(_url(wizard, STEPS[STEPS.index(step) + 1]))
    online = act != "draft"
    missing = wizard.first_open(as_draft=not online)
    if missing == PLACE or (online and missing != CHECK):
        messages.error(request, _("Look at this step first. What you typed in the other steps is kept."))
        return redirect(_url(wizard, missing))
    return _finish(request, wizard, online=online)


def _finish(request: ActorRequest, wizard: SlotWizard, *, online: bool) -> HttpResponse:
    reach_form = wizard.form(CHECK)
    reach = wizard.reach(reach_form) if reach_form.is_bound and reach_form.is_valid() else None
    try:
        slot = service.offer(
            organisation=wizard.organisation,
            content=wizard.content(),
            new_supervisor=wizard.new_supervisor(),
            public_id=wizard.public_id,
            reach=reach,
            online=online,
            by=request.actor,
            version=wizard.version,
        )
    except ValidationError as error:
        tell(request, error)
        return redirect(_url(wizard, _step_of(error)))
    taken = wizard.taken
    wizard.forget(done=slot.public_id)
    messages.success(request, _done(slot))
    if taken:
        messages.info(request, kept_of_others(taken))
    return redirect("placements:slot-manage", wizard.organisation.slug, slot.public_id)


def _step_of(error: ValidationError) -> str:
    """The step with the field that the service refused; the last one when it names no field of a step."""
    fields = getattr(error, "error_dict", {})
    return next((step for step, names in STEP_FIELDS.items() if set(names) & set(fields)), CHECK)


def _done(slot: Slot) -> str:
    if slot.state == SlotState.ONLINE:
        return told(
            _(
                "“%(slot)s” is online. Contact persons and practice trainers get an email when a student is proposed."
            ),
            slot=dutch(slot.title),
        )
    return told(_("“%(slot)s” is kept as a draft."), slot=dutch(slot.title))


def _url(wizard: SlotWizard, step: str) -> str:
    if wizard.slot:
        return reverse("placements:slot-edit", args=[wizard.organisation.slug, wizard.slot.public_id, step])
    return reverse("placements:slot-create", args=[wizard.organisation.slug, step])


def _page(request: ActorRequest, wizard: SlotWizard, step: str, form: BaseForm) -> HttpResponse:
    urls = {name: _url(wizard, name) for name in STEPS}
    at, labels = STEPS.index(step), [_("Training place"), _("Guidance"), _("Check")]
    context: dict[str, Any] = {
        "organisation": wizard.organisation,
        "slot": wizard.slot,
        "is_online": wizard.slot is not None and wizard.slot.state == SlotState.ONLINE,
        "form": form,
        "is_example": wizard.example is not None and wizard.answers(step) is None,
        "labels": labels,
        "step_label": labels[at],
        "step": step,
        "number": at + 1,
        "back_url": urls[STEPS[at - 1]] if at else "",
        "space": "employer",
    }
    if step != CHECK:
        return render(request, "placements/slots/step_form.html", context)
    context |= {
        "rows": wizard.summary(urls),
        "missing": wizard.missing(),
        "missing_url": urls[wizard.first_open()],
    }
    return render(request, "placements/slots/step_check.html", context)
