"""How an agreement ends without the signatures of all, how that is taken back, and what follows it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements import rules
from agreements.enums import AgreementState
from agreements.forms.ending import EndForm
from agreements.models import Agreement
from agreements.presenters import agreements as pages
from agreements.services import agreements as service
from agreements.views.guards import agreement_or_404
from core import states
from core.dates import today
from partnerships.actors import ActorRequest
from ui.acts import attempt, attempt_form, posted, refused, was_read


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_end(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """End an agreement in force early, and say what becomes of the placement."""
    agreement = agreement_or_404(request, public_id)
    done = _("The agreement ends. Student and employer get an email.")
    sent = (str(agreement.ended_on), AgreementState.ENDED)
    if agreement.is_taught and (request.POST.get("last_day"), agreement.state) == sent:
        messages.success(request, done)  # the button a second time
        return redirect(agreement)
    if refused(request, rules.can_end(request.actor, agreement)):
        return redirect(agreement)
    form = EndForm(posted(request), initial={"last_day": today()})
    if form.is_valid():
        end = partial(service.end, agreement_id=agreement.pk, by=request.actor, read=was_read(request))
        act = partial(end, **form.cleaned_data)
        if attempt_form(request, form, act, done):
            return redirect(agreement)
    context = pages.state_context(request.actor, agreement) | {"form": form}
    return render(request, "agreements/end.html", context)


@require_POST
def agreement_end_undo(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take back a wrong end."""
    agreement = agreement_or_404(request, public_id)
    last = states.last_act(agreement)
    done = _("The end is taken back. The agreement continues as it was.")
    if agreement.is_taught and agreement.state == AgreementState.ACTIVE:
        messages.success(request, done)  # the button a second time
    elif not refused(request, rules.can_take_back_end(request.actor, agreement, last)):
        act = partial(service.take_back_end, agreement_id=agreement.pk, by=request.actor)
        attempt(request, partial(act, read=was_read(request)), done)
    return redirect(agreement)


@require_POST
def agreement_follow_up(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Begin the next agreement of a placement that goes on, and go there."""
    agreement = agreement_or_404(request, public_id)
    following = Agreement.objects.visible_to(request.actor).following(agreement).first()
    if following is not None and agreement.is_taught:
        return redirect(following)
    has_open = agreement.placement.agreements.open().exists()
    if not refused(request, rules.can_follow_up(request.actor, agreement, has_open)):
        act = partial(service.follow_up, agreement_id=agreement.pk, by=request.actor, read=was_read(request))
        done = _("The next agreement is drafted. Check it, and ask for the signatures.")
        if attempt(request, act, done):
            return redirect(agreement.placement.agreements.open().get())
    return redirect(agreement)
