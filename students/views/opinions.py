"""What someone at work saw of a goal."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from partnerships.actors import ActorRequest
from students import rules
from students.forms.hand_ins import OpinionForm
from students.services import opinions as service
from students.views.goals import goal_page, shown_again
from students.views.guards import goal_or_404, version_read
from ui.acts import attempt_form, refused


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
