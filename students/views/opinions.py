"""What someone at work saw of a goal: given and taken back."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from partnerships.actors import ActorRequest
from students import rules
from students.forms.hand_ins import OpinionForm
from students.services import opinions as service
from students.views.goals import goal_page, shown_again
from students.views.guards import goal_or_404, opinion_or_404, version_read
from ui.acts import attempt, attempt_form, refused


@require_POST
def opinion_add(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """An opinion on the text that was on the page; the same words sent twice are kept once."""
    goal = goal_or_404(request, public_id)
    if refused(request, rules.can_give_opinion(request.actor, goal)):
        return shown_again(request, goal)
    form = OpinionForm(request.POST, prefix="opinion")
    if form.is_valid():
        version = version_read(goal, request.POST.get("version", ""))
        act = partial(
            service.give, goal_id=goal.pk, version_id=version, by=request.actor, **form.cleaned_data
        )
        if attempt_form(request, form, act, _("Your opinion has been added. The school decides.")):
            return shown_again(request, goal)
    return goal_page(request, goal, opinion=form)


@require_POST
def opinion_take_back(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Whoever gave it takes it back; pressed again it says so again."""
    opinion, goal = opinion_or_404(request, public_id)
    is_repeat = opinion.taken_back_at is not None and opinion.by_id == request.actor.person_id
    if is_repeat or not refused(request, rules.can_take_back_opinion(request.actor, opinion, goal)):
        act = partial(service.take_back, opinion_id=opinion.pk, by=request.actor)
        attempt(request, act, _("Your opinion has been taken back."))
    return redirect(goal)
