"""Signing an agreement, and recording a signature that stands on paper."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.views.fresh import is_fresh, require_fresh
from agreements import rules
from agreements.forms import PaperForm, SignForm
from agreements.models import Agreement
from agreements.presenters import agreements as pages
from agreements.queries.signers import missing_now
from agreements.services import signatures as service
from agreements.views.guards import agreement_or_404
from partnerships.actors import ActorRequest
from students.views.guards import note_read
from ui.acts import attempt, attempt_form, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_sign(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Read and sign; only for whoever signed in within the last five minutes."""
    agreement = agreement_or_404(request, public_id)
    if refused(request, rules.can_sign(request.actor, agreement)) or agreement.current is None:
        return redirect(agreement)
    if request.method == "POST" and not is_fresh(request):
        # Not allauth's resumed request: it would run past the middleware that sets the actor.
        return redirect("agreements:agreement-sign", agreement.public_id)
    require_fresh(request)
    parties = pages.open_parties(agreement, rules.signer_of(request.actor, agreement))
    form = SignForm(posted(request), parties=parties, version=agreement.current.pk)
    if form.is_valid():
        return _signed(request, agreement, form)
    note_read(request.actor, agreement.placement.student)
    context = pages.detail_context(request.actor, agreement) | {"form": form}
    return render(request, "agreements/sign.html", context)


def _signed(request: ActorRequest, agreement: Agreement, form: SignForm) -> HttpResponse:
    """Sign what was read; when the text changed meanwhile, the page shows the newest one with the reason."""
    act = partial(service.sign, agreement_id=agreement.pk, by=request.actor, **form.signature())
    if attempt(request, act, _("You have signed the agreement.")):
        return redirect(agreement)
    return redirect("agreements:agreement-sign", agreement.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_paper(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Record a signature that stands on paper."""
    agreement = agreement_or_404(request, public_id)
    done = _("The signature on paper is recorded.")
    sent = [request.POST.get(name, "") for name in ("signer", "name", "signed_on")]
    if agreement.is_taught and agreement.has_on_paper(*sent):
        messages.success(request, done)  # the button a second time
        return redirect(agreement)
    missing = missing_now(agreement)
    allowed = not refused(request, rules.can_record_paper(request.actor, agreement))
    if not allowed or not missing or agreement.current is None:
        return redirect(agreement)
    form = PaperForm(posted(request), parties=missing, version=agreement.current.pk)
    if form.is_valid():
        act = partial(
            service.record_on_paper, agreement_id=agreement.pk, by=request.actor, **form.signature()
        )
        if attempt_form(request, form, act, done):
            return redirect(agreement)
    context = pages.state_context(request.actor, agreement) | {"form": form}
    return render(request, "agreements/paper.html", context)
