"""Signing an agreement or not, recording what was signed on paper, and objecting to that."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.enums import LinkAct
from accounts.views.fresh import is_fresh_to_sign, require_fresh_to_sign
from accounts.views.links import closed, opened_link
from agreements import rules
from agreements.forms.signing import DeclineForm, ObjectionForm, PaperForm, SignForm
from agreements.models import Agreement
from agreements.presenters import agreements as pages
from agreements.queries import signers
from agreements.services import signatures as service
from agreements.services import versions
from agreements.views.guards import agreement_or_404, read_number, sent_before, signature_of
from partnerships.actors import ActorRequest
from ui.acts import attempt, attempt_form, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_sign(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Read and sign; only for whoever signed in within the last five minutes."""
    agreement = agreement_or_404(request, public_id)
    if _signed_before(request, agreement):
        return redirect(agreement)
    pending = agreement.pending
    if refused(request, rules.can_sign(request.actor, agreement)) or pending is None:
        return redirect(agreement)
    if request.method == "POST" and not is_fresh_to_sign(request):
        # Not allauth's resumed request: it would run past the middleware that sets the actor.
        return redirect("agreements:agreement-sign", agreement.public_id)
    require_fresh_to_sign(request)
    parties = pages.open_parties(agreement, rules.signer_of(request.actor, agreement))
    other_name = pages.other_name(request.actor, agreement, pending)
    form = SignForm(posted(request), parties=parties, version=pending.pk, other_name=other_name)
    if form.is_valid():
        return _signed(request, agreement, form)
    context = pages.sign_context(request.actor, agreement, pending) | {"form": form}
    return render(request, "agreements/sign.html", context)


def _signed_before(request: ActorRequest, agreement: Agreement) -> bool:
    """Whether this very text bears the signature that is sent: the button a second time."""
    number = read_number(request, "version")
    texts = [text for text in agreement.texts if text.pk == number]
    if not any(item.person_id == request.actor.person_id for text in texts for item in text.standing):
        return False
    messages.success(request, pages.signed_words(agreement))
    return True


def _signed(request: ActorRequest, agreement: Agreement, form: SignForm) -> HttpResponse:
    """Sign what was read; when the text changed meanwhile, the page shows the newest one with the reason."""
    act = partial(service.sign, agreement_id=agreement.pk, by=request.actor, **form.signature())
    if not attempt(request, act):
        return redirect("agreements:agreement-sign", agreement.public_id)
    messages.success(request, pages.signed_words(agreement_or_404(request, agreement.public_id)))
    return redirect(agreement)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_decline(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Not sign, and say why."""
    agreement = agreement_or_404(request, public_id)
    done = _("You do not sign. The others get an email with your reason.")
    if sent_before(request, agreement, "decline"):
        messages.success(request, done)  # the button a second time
        return redirect(agreement)
    pending = agreement.pending
    if refused(request, rules.can_sign(request.actor, agreement)) or pending is None:
        return redirect(agreement)
    form = DeclineForm(posted(request), version=pending.pk)
    if form.is_valid():
        act = partial(
            versions.decline,
            agreement_id=agreement.pk,
            version_id=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
        )
        if attempt_form(request, form, act, done):
            return redirect(agreement)
    context = pages.state_context(request.actor, agreement) | {"form": form}
    return render(request, "agreements/decline.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_paper(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Record a signature that stands on paper, with its scan; only for whoever has just signed in."""
    agreement = agreement_or_404(request, public_id)
    done = _("The signature on paper is recorded. Whoever is named gets an email and can object.")
    pending = agreement.pending
    sent = [request.POST.get(name, "") for name in ("version", "who", "name", "signed_on")]
    if rules.recorded_by(request.actor, agreement) and agreement.has_on_paper(*sent):
        messages.success(request, done)  # the button a second time
        return redirect(agreement)
    if refused(request, rules.can_record_paper(request.actor, agreement)) or pending is None:
        return redirect(agreement)
    if request.method == "POST" and not is_fresh_to_sign(request):
        return redirect("agreements:agreement-paper", agreement.public_id)
    require_fresh_to_sign(request)
    form = _paper_form(request, agreement, pending.pk)
    if form is None:
        return redirect(agreement)
    if form.is_valid():
        act = partial(
            service.record_on_paper, agreement_id=agreement.pk, by=request.actor, **form.signature()
        )
        if attempt_form(request, form, act, done):
            return redirect(agreement)
    context = pages.state_context(request.actor, agreement) | {"form": form}
    return render(request, "agreements/paper.html", context)


def _paper_form(request: ActorRequest, agreement: Agreement, version: int) -> PaperForm | None:
    parties = pages.open_parties(agreement, rules.recorded_by(request.actor, agreement))
    if not parties:
        messages.error(request, _("Your party has already signed this version."))
        return None
    return PaperForm(
        posted(request),
        request.FILES or None,
        parties=parties,
        people=signers.able_for(agreement),
        student=agreement.placement.student.full_name,
        version=version,
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signature_object(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whoever is named under a signature on paper says that it is not theirs, with the link in the mail."""
    link = opened_link(request, public_id, LinkAct.OBJECTION)
    if link is None:
        return closed(request)
    signature, agreement = signature_of(link)
    verdict = rules.can_object(signature, signature.version)
    form = ObjectionForm(posted(request))
    if not signature.is_void and verdict and form.is_valid():
        act = partial(service.object, signature_id=signature.pk, reason=form.cleaned_data["reason"])
        if attempt_form(request, form, act):
            return redirect("agreements:signature-object", public_id)
    context = {"signature": signature, "agreement": agreement, "verdict": verdict, "form": form}
    return render(request, "agreements/object.html", context)
