"""The employers that answered a call: taken in, taken a step further, changed, and what they make their places depend on."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import versions
from partnerships.actors import ActorRequest
from partnerships.enums import JoinRequestState
from partnerships.forms.conditions import ConditionForm, SettleForm
from partnerships.forms.contact_notes import ContactNoteForm
from partnerships.forms.sign_ups import AcceptForm, SignUpCorrectionForm, SignUpStepForm
from partnerships.models import JoinRequest, Partnership, SignUp
from partnerships.presenters import conditions as condition_rows
from partnerships.presenters.sign_ups import accept_context
from partnerships.presenters.spots import ON_SIGN_UP
from partnerships.queries.organisations import is_member
from partnerships.rules.conditions import can_add_condition, can_settle_condition
from partnerships.rules.contact_notes import can_note_contact
from partnerships.rules.sign_ups import can_accept, can_change
from partnerships.services import conditions as condition_service
from partnerships.services import contact_notes as note_service
from partnerships.services import sign_ups as service
from partnerships.views.guards import coordinated_condition, coordinated_sign_up
from ui.acts import attempt, attempt_form, number_read, posted, refused, was_read
from ui.history import trail, undo_of

# The page has several forms: each names its fields for itself.
OF_NOTE, OF_CONDITION = "id_note_%s", "id_condition_%s"


@require_safe
def sign_up_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One sign-up: take the employer in, or take it a step further."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    return _show(request, partnership, sign_up)


def _show(
    request: ActorRequest, partnership: Partnership, sign_up: SignUp, **forms: BaseForm
) -> HttpResponse:
    """The page of a sign-up, with the form that was sent in place of an empty one."""
    history = trail(sign_up)
    context = {
        "space": "coordinator",
        "belongs_under": reverse("partnerships:coordination-calls", args=[partnership.slug]),
        "partnership": partnership,
        "asked": _newest_request(partnership, sign_up),
        "sign_up": sign_up,
        "accept_form": forms.get("accept") or _accepting(sign_up),
        "step_form": forms.get("step") or SignUpStepForm(item=sign_up),
        "condition_form": forms.get("condition") or ConditionForm(auto_id=OF_CONDITION),
        "conditions": condition_rows.rows_of(sign_up),
        "note_form": forms.get("note") or ContactNoteForm(sign_up=sign_up, auto_id=OF_NOTE),
        "notes": sign_up.contact_notes.select_related("by"),
        "may_add": can_add_condition(request.actor, sign_up),
        "history": history,
        "undo": undo_of(sign_up, history),
        "may_change": can_change(request.actor, sign_up),
        "sections": ON_SIGN_UP.of(sign_up, request.actor),
    }
    return render(request, "partnerships/coordination/calls/sign_up.html", context)


def _accepting(sign_up: SignUp) -> AcceptForm | None:
    """The form to take an employer in, which is done once."""
    return None if sign_up.organisation_id else AcceptForm(sign_up=sign_up)


def _newest_request(partnership: Partnership, sign_up: SignUp) -> JoinRequest | None:
    """How far the organisation of a sign-up is on its way into the partnership."""
    if sign_up.organisation_id is None:
        return None
    return JoinRequest.objects.between(partnership.pk, sign_up.organisation_id).order_by("-pk").first()


@require_POST
def sign_up_accept(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Take an employer in: what comes of it first, and with the second press it is asked to join."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    if refused(request, can_accept(sign_up)):
        return redirect("partnerships:coordination-sign-up", slug, public_id)
    form = AcceptForm(request.POST, sign_up=sign_up)
    if form.is_valid() and "sure" not in request.POST:
        context = accept_context(request.actor, partnership, sign_up, form.answers()["organisation"])
        return render(request, "partnerships/coordination/calls/accept.html", context | {"form": form})
    if form.is_valid():
        accept = partial(service.accept, sign_up_id=sign_up.pk, by=request.actor, read=was_read(request))
        done = _("The employer has been asked to join. It is a member once it says yes.")
        if attempt_form(request, form, partial(accept, **form.answers()), done):
            return redirect("partnerships:coordination-sign-up", slug, public_id)
    return _show(request, partnership, sign_up, accept=form)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Write down what an employer told since; it gets a mail with a link to put that right."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    if refused(request, can_change(request.actor, sign_up)):
        return redirect("partnerships:coordination-sign-up", slug, public_id)
    form = SignUpCorrectionForm(posted(request), instance=sign_up, over=versions.of(sign_up))
    if form.is_valid():
        change = partial(service.change, sign_up_id=sign_up.pk, by=request.actor, read=form.read)
        done = _("The sign-up has been changed. The employer knows.")
        if attempt_form(request, form, partial(change, **form.answers()), done):
            return redirect("partnerships:coordination-sign-up", slug, public_id)
    under = reverse("partnerships:coordination-calls", args=[slug])
    context = {"space": "coordinator", "belongs_under": under, "partnership": partnership}
    context |= {"sign_up": sign_up, "form": form}
    return render(request, "partnerships/coordination/calls/sign_up_change.html", context)


@require_POST
def sign_up_move(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Take an employer a step further; one that drops out after it joined is still a member."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    form = SignUpStepForm(request.POST, item=sign_up)
    if refused(request, form.still_possible):
        return redirect("partnerships:coordination-sign-up", slug, public_id)
    if form.is_valid():
        move = partial(service.move, sign_up_id=sign_up.pk, by=request.actor, read=was_read(request))
        if attempt_form(request, form, partial(move, **form.cleaned_data), _("The step has been saved.")):
            if form.cleaned_data["action"] == "drop_out":
                _say_what_stays(request, partnership, sign_up)
            if "board" in request.POST:
                return redirect("partnerships:coordination-call-board", slug, sign_up.call.slug)
            return redirect("partnerships:coordination-sign-up", slug, public_id)
    return _show(request, partnership, sign_up, step=form)


def _say_what_stays(request: ActorRequest, partnership: Partnership, sign_up: SignUp) -> None:
    """An employer that drops out of a call may be a member still, or be asked to become one."""
    if is_member(sign_up.organisation, partnership):
        messages.info(request, _("The organisation is still a member. End its membership if it leaves too."))
    asked = _newest_request(partnership, sign_up)
    if asked is not None and asked.state == JoinRequestState.OPEN:
        messages.info(
            request, _("The request to join still waits for an answer. Withdraw it if that is over too.")
        )


@require_POST
def sign_up_take_back(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Take the last step of an employer back, the one that was on the page."""
    _partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    read = number_read(request.POST.get("act", ""))
    act = partial(service.take_back, sign_up_id=sign_up.pk, act_id=read, by=request.actor)
    attempt(request, act, _("Taken back."))
    return redirect("partnerships:coordination-sign-up", slug, public_id)


@require_POST
def contact_note_add(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Write down contact with the employer, and what is to be done next."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    if refused(request, can_note_contact(request.actor, sign_up)):
        return redirect("partnerships:coordination-sign-up", slug, public_id)
    form = ContactNoteForm(request.POST, sign_up=sign_up, auto_id=OF_NOTE)
    if form.is_valid():
        note = partial(note_service.note, sign_up_id=sign_up.pk, by=request.actor, read=was_read(request))
        if attempt_form(request, form, partial(note, **form.answers()), _("The contact has been saved.")):
            return redirect("partnerships:coordination-sign-up", slug, public_id)
    return _show(request, partnership, sign_up, note=form)


@require_POST
def condition_add(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Write down a condition that the employer told."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    if refused(request, can_add_condition(request.actor, sign_up)):
        return redirect("partnerships:coordination-sign-up", slug, public_id)
    form = ConditionForm(request.POST, auto_id=OF_CONDITION)
    if form.is_valid():
        add = partial(condition_service.add, sign_up_id=sign_up.pk, by=request.actor, read=was_read(request))
        done = _("The condition has been saved. The employer knows.")
        if attempt_form(request, form, partial(add, **form.answers()), done):
            return redirect("partnerships:coordination-sign-up", slug, public_id)
    return _show(request, partnership, sign_up, condition=form)


@require_POST
def condition_settle(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Note in one press whether a condition is met: then the places are firm."""
    condition = coordinated_condition(request, slug, public_id)
    form = SettleForm(request.POST)
    action = form.cleaned_data["action"] if form.is_valid() else "meet"
    if not refused(request, can_settle_condition(request.actor, condition, action)) and form.is_valid():
        settle = partial(condition_service.settle, condition_id=condition.pk, action=action)
        act = partial(settle, by=request.actor, read=was_read(request))
        attempt(request, act, _("Saved. The employer knows."))
    return redirect("partnerships:coordination-sign-up", slug, condition.sign_up.public_id)


@require_POST
def condition_take_back(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """A condition is open again; the act that was on the page."""
    condition = coordinated_condition(request, slug, public_id)
    read = number_read(request.POST.get("act", ""))
    act = partial(condition_service.take_back, condition_id=condition.pk, act_id=read, by=request.actor)
    attempt(request, act, _("Taken back."))
    return redirect("partnerships:coordination-sign-up", slug, condition.sign_up.public_id)
