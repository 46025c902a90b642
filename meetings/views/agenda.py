"""The agenda of a meeting, and what is written down under each of its items."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core import versions
from core.dates import today
from meetings.forms.agenda import ActionForm, DecisionForm, ItemForm, MinutesForm, NeedsForm
from meetings.forms.committees import CommitteeForm
from meetings.models import Action, AgendaItem, Meeting
from meetings.presenters import meetings as pages
from meetings.queries import offers
from meetings.rules import meetings as rules
from meetings.services import actions, decisions
from meetings.services import agenda as service
from meetings.views.form_pages import show_form
from meetings.views.guards import item_or_404, meeting_or_404
from partnerships.actors import ActorRequest
from partnerships.models import Group
from ui.acts import attempt, attempt_form, posted, refused


def _form(request: ActorRequest, meeting: Meeting, **words: Any) -> HttpResponse:
    return show_form(request, pages.form_frame(request.actor, meeting) | words)


@require_http_methods(["GET", "HEAD", "POST"])
def item_create(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """A new item at the end of the agenda."""
    meeting = meeting_or_404(request, public_id)
    if refused(request, rules.can_prepare(request.actor, meeting)):
        return redirect(meeting)
    return _save(request, AgendaItem(meeting=meeting), _("New agenda item"))


@require_http_methods(["GET", "HEAD", "POST"])
def item_change(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Another title, question or explanation."""
    item = item_or_404(request, public_id)
    if refused(request, rules.can_prepare(request.actor, item.meeting)):
        return redirect(item.meeting)
    return _save(request, item, _("Change the agenda item"))


def _save(request: ActorRequest, item: AgendaItem, heading: str) -> HttpResponse:
    form = ItemForm(posted(request), instance=item)
    if form.is_valid():
        kept = form.save(commit=False)
        act = partial(service.save, item=kept, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The agenda has been saved.")):
            return redirect(item.meeting)
    return _form(request, item.meeting, form=form, heading=heading, submit=_("Save the item"))


@require_POST
def item_move(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One place earlier or later."""
    item = item_or_404(request, public_id)
    if not refused(request, rules.can_prepare(request.actor, item.meeting)):
        earlier = request.POST.get("direction") == "earlier"
        attempt(request, partial(service.move, item_id=item.pk, earlier=earlier, by=request.actor))
    return redirect(item.meeting)


@require_POST
def item_remove(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Off the agenda."""
    item = item_or_404(request, public_id)
    if not refused(request, rules.can_prepare(request.actor, item.meeting)):
        act = partial(service.remove, item_id=item.pk, by=request.actor)
        attempt(request, act, _("The item is off the agenda."))
    return redirect(item.meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def item_needs(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Bundle needs into one item."""
    meeting = meeting_or_404(request, public_id)
    if refused(request, rules.can_prepare(request.actor, meeting)):
        return redirect(meeting)
    form = NeedsForm(posted(request), needs=offers.needs_for(meeting))
    if form.is_valid():
        act = partial(service.take_needs, meeting_id=meeting.pk, by=request.actor, **form.cleaned_data)
        number = len(form.cleaned_data["needs"])
        done = ngettext("The need is on the agenda.", "The needs are on the agenda.", number)
        if attempt_form(request, form, act, done):
            return redirect(meeting)
    words = {"heading": _("Put needs on the agenda"), "submit": _("Put on the agenda")}
    return _form(request, meeting, form=form, **words)


@require_POST
def item_action(request: ActorRequest, public_id: UUID, action: UUID) -> HttpResponse:
    """Ask the table how it stands with an action."""
    meeting = meeting_or_404(request, public_id)
    if not refused(request, rules.can_prepare(request.actor, meeting)):
        act = partial(service.take_action, meeting_id=meeting.pk, action=action, by=request.actor)
        attempt(request, act, _("The action is on the agenda."))
    return redirect(meeting)


@require_POST
def item_proposal(request: ActorRequest, public_id: UUID, proposal: UUID) -> HttpResponse:
    """Talk about an improvement proposal."""
    meeting = meeting_or_404(request, public_id)
    if not refused(request, rules.can_prepare(request.actor, meeting)):
        act = partial(service.take_proposal, meeting_id=meeting.pk, proposal=proposal, by=request.actor)
        attempt(request, act, _("The proposal is on the agenda."))
    return redirect(meeting)


@require_POST
def item_result(request: ActorRequest, public_id: UUID, indicator: UUID) -> HttpResponse:
    """Ask the table how an initiative does whose number is due."""
    meeting = meeting_or_404(request, public_id)
    if not refused(request, rules.can_prepare(request.actor, meeting)):
        act = partial(service.take_result, meeting_id=meeting.pk, indicator=indicator, by=request.actor)
        attempt(request, act, _("The initiative is on the agenda."))
    return redirect(meeting)


@require_POST
def item_phase(request: ActorRequest, public_id: UUID, initiative: str) -> HttpResponse:
    """Let the table decide on an initiative."""
    meeting = meeting_or_404(request, public_id)
    if not refused(request, rules.can_prepare(request.actor, meeting)):
        act = partial(service.take_phase, meeting_id=meeting.pk, initiative=initiative, by=request.actor)
        attempt(request, act, _("The initiative is on the agenda."))
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def item_minute(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """What was said under an item."""
    item = item_or_404(request, public_id)
    if refused(request, rules.can_minute(request.actor, item.meeting)):
        return redirect(item.meeting)
    form = MinutesForm(posted(request), over=versions.of(item), initial={"minutes": item.minutes})
    if form.is_valid():
        minute = partial(service.minute, item_id=item.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, partial(minute, version=form.read), _("The minutes have been saved.")):
            return redirect(item.meeting)
    return _form(request, item.meeting, form=form, heading=item.title, submit=_("Save the minutes"))


@require_http_methods(["GET", "HEAD", "POST"])
def item_decide(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Enter a decision into the register."""
    item = item_or_404(request, public_id)
    meeting = item.meeting
    if refused(request, rules.can_minute(request.actor, meeting)):
        return redirect(meeting)
    may_move = rules.can_move_initiatives(request.actor, meeting)
    form = DecisionForm(posted(request), actor=request.actor, meeting=meeting, may_move=may_move)
    if form.is_valid():
        act = partial(decisions.record, item=item, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _("The decision is in the register.")):
            return redirect(meeting)
    says = _("A decision in the register cannot be changed or deleted. A later one can replace it.")
    words = {"heading": _("Record a decision"), "submit": _("Record the decision"), "says": says}
    return _form(request, meeting, form=form, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def item_commission(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Set up a committee by a decision, with what it is for and until when."""
    item = item_or_404(request, public_id)
    meeting = item.meeting
    if refused(request, rules.can_commission(request.actor, meeting)):
        return redirect(meeting)
    form = CommitteeForm(posted(request), instance=Group(partnership=meeting.partnership, starts_on=today()))
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("text", "reason")}
        group = form.save(commit=False)
        act = partial(decisions.set_up_committee, item=item, group=group, by=request.actor, **said)
        if attempt_form(request, form, act, _("The committee is there. A coordinator gives the seats.")):
            return redirect(meeting)
    words = {"heading": _("Set up a committee"), "submit": _("Set up the committee")}
    return _form(request, meeting, form=form, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def item_give(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Give an action under an item."""
    item = item_or_404(request, public_id)
    meeting = item.meeting
    if refused(request, rules.can_minute(request.actor, meeting)):
        return redirect(meeting)
    row = Action(partnership=meeting.partnership, group=meeting.group, meeting=meeting, item=item)
    form = ActionForm(posted(request), actor=request.actor, instance=row)
    if form.is_valid():
        act = partial(actions.give, action=form.save(commit=False), by=request.actor)
        if attempt_form(request, form, act, _("The action has been given.")):
            return redirect(meeting)
    return _form(request, meeting, form=form, heading=_("Give an action"), submit=_("Give the action"))
