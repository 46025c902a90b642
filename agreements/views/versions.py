"""The texts of an agreement: writing the first one, asking for a change, putting either to signature."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements import rules
from agreements.enums import VersionState
from agreements.forms.amendments import FORMS, SLUGS
from agreements.forms.signing import WithdrawForm
from agreements.forms.texts import AgreementForm
from agreements.models import Agreement, AgreementVersion
from agreements.presenters import agreements as pages
from agreements.presenters.versions import amend_url
from agreements.services import versions as service
from agreements.views.guards import agreement_or_404, sent_before
from partnerships.actors import ActorRequest
from ui.acts import attempt, attempt_form, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_change(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The four groups of a first text; a change of what is in force has its own short form."""
    agreement = agreement_or_404(request, public_id)
    pending = agreement.pending
    if refused(request, rules.can_change(request.actor, agreement)) or pending is None:
        return redirect(agreement)
    if not pending.is_base:
        return redirect(amend_url(agreement, pending.kind))
    form = AgreementForm(posted(request), agreement=agreement, source=pending)
    years = form.add_year_fields()
    if form.is_valid():
        act = partial(
            service.change,
            agreement_id=agreement.pk,
            by=request.actor,
            from_digest=form.over,
            **form.terms(),
        )
        if attempt_form(request, form, act, partial(_saved, form.over)):
            return redirect(agreement)
    return render(
        request, "agreements/change.html", pages.change_context(request.actor, agreement, form, years)
    )


def _saved(before: str, version: AgreementVersion) -> str:
    if version.digest == before:
        return _("Nothing was changed, so everything stays as it was.")
    return _("The text is saved. Ask for the signatures when it is ready.")


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_amend(request: ActorRequest, public_id: UUID, kind: str) -> HttpResponse:
    """The short form of one kind of change; what is in force stays so meanwhile."""
    agreement = agreement_or_404(request, public_id)
    chosen = SLUGS.get(kind)
    if chosen is None:
        raise Http404
    edited = _edited(request, agreement, chosen)
    verdict = rules.can_change if edited else rules.can_amend
    repeats = request.method == "POST" and edited is None and rules.prepares(request.actor, agreement)
    agreed = agreement.asked_before(edited) if edited else agreement.agreed
    if (not repeats and refused(request, verdict(request.actor, agreement))) or agreed is None:
        return redirect(agreement)
    form: Any = FORMS[chosen](posted(request), agreement=agreement, agreed=agreed, source=edited or agreed)
    years = form.add_year_fields() if isinstance(form, AgreementForm) else []
    if form.is_valid():
        act = partial(_amended, request, agreement, edited, chosen, form)
        if attempt_form(request, form, act, _told):
            return redirect(agreement)
    context = pages.amend_context(request.actor, agreement, chosen, agreed)
    context |= {"form": form, "hour_fields": [form[name] for name in years]}
    return render(request, "agreements/amend.html", context)


def _edited(request: ActorRequest, agreement: Agreement, kind: str) -> AgreementVersion | None:
    """The change of this kind that waits, when the form was made from it and not from what is in force."""
    pending = agreement.pending
    if (
        pending is None
        or pending.kind != kind
        or (request.method == "POST" and not request.POST.get("made_from"))
    ):
        return None
    return pending


def _amended(
    request: ActorRequest, agreement: Agreement, edited: AgreementVersion | None, kind: str, form: Any
) -> AgreementVersion:
    known, by = agreement.pk, request.actor
    terms = form.terms() | form.about()
    if edited is None:
        asks = "draft" not in request.POST
        made = form.cleaned_data["version"]
        return service.amend(
            agreement_id=known, by=by, kind=kind, from_version_id=made, ask_now=asks, **terms
        )
    version = service.change(agreement_id=known, by=by, from_digest=form.over, **terms)
    if "draft" in request.POST or version.state != VersionState.DRAFT:
        return version
    return service.ask(agreement_id=known, by=by, from_digest=version.digest)


def _told(version: AgreementVersion) -> str:
    if version.state == VersionState.DRAFT:
        return _("The change is saved as a draft. Ask for the signatures when it is ready.")
    return _("The signatures are asked. What is in force stays so until everyone has signed.")


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_ask(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The text once more and who signs it; then it is put to signature as it stood on that page."""
    agreement = agreement_or_404(request, public_id)
    if request.method != "POST":
        return _before_asking(request, agreement)
    done = _("The signatures are asked. Everyone who signs gets an email.")
    digest, pending = request.POST.get("digest", ""), agreement.pending
    can = rules.can_change(request.actor, agreement)
    if can and pending and pending.state == VersionState.SIGNING and pending.digest == digest:
        messages.success(request, done)  # the button a second time
    elif not refused(request, rules.can_ask(request.actor, agreement)):
        act = partial(service.ask, agreement_id=agreement.pk, by=request.actor, from_digest=digest or "-")
        attempt(request, act, done)
    return redirect(agreement)


def _before_asking(request: ActorRequest, agreement: Agreement) -> HttpResponse:
    pending = agreement.pending
    if refused(request, rules.can_ask(request.actor, agreement)) or pending is None:
        return redirect(agreement)
    return render(request, "agreements/ask.html", pages.ask_context(request.actor, agreement, pending))


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_withdraw(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """What goes with a change that is taken back before everyone has signed it; then it is."""
    agreement = agreement_or_404(request, public_id)
    done = _("The change is withdrawn. What was in force stays so.")
    pending = agreement.pending
    if sent_before(request, agreement, "withdraw"):
        messages.success(request, done)  # the button a second time
        return redirect(agreement)
    if refused(request, rules.can_withdraw(request.actor, agreement)) or pending is None:
        return redirect(agreement)
    form = WithdrawForm(posted(request), version=pending.pk)
    if form.is_valid():
        said = {"version_id": form.cleaned_data["version"], "reason": form.cleaned_data["reason"]}
        act = partial(service.withdraw, agreement_id=agreement.pk, by=request.actor, **said)
        if attempt_form(request, form, act, done):
            return redirect(agreement)
    context = pages.withdraw_context(request.actor, agreement, pending) | {"form": form}
    return render(request, "agreements/withdraw.html", context)
