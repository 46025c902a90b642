"""Pages of practice agreements."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from core import readlog
from core.access import Verdict, require
from core.dates import today
from core.pages import paginate
from partnerships.actors import ActorRequest
from partnerships.models import Organisation
from placements import documents
from placements.forms.agreements import AgreementFilter, AgreementForm, EndForm, PaperForm, SignForm
from placements.models import Agreement, AgreementVersion
from placements.rules import agreements as rules
from placements.services import agreements as service
from placements.views import agreement_pages as pages
from placements.views.fresh import is_fresh, require_fresh


def _agreement(request: ActorRequest, public_id: UUID) -> Agreement:
    """The row as far as the actor sees it; strangers get 404."""
    rows = Agreement.objects.visible_to(request.actor).with_taught(request.actor).for_page()
    agreement = get_object_or_404(rows, public_id=public_id)
    agreement.take_current()
    return agreement


def _note_read(request: ActorRequest, agreement: Agreement) -> None:
    """The student can see who opened this (product.md); own reads are nobody's business."""
    if not rules.is_student(request.actor, agreement):
        readlog.record(request.actor.user_id, agreement.placement.student.public_id)


def _complain(request: ActorRequest, error: ValidationError) -> None:
    messages.error(request, " ".join(error.messages))


# Reading


@require_safe
def agreement_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The text with its acts for the parties; the state only for a coordinator."""
    agreement = _agreement(request, public_id)
    if not rules.can_read(request.actor, agreement):
        context = pages.state_context(request.actor, agreement)
        return render(request, "placements/agreements/state.html", context)
    _note_read(request, agreement)
    return render(
        request, "placements/agreements/detail.html", pages.detail_context(request.actor, agreement)
    )


def _version(agreement: Agreement, number: int) -> AgreementVersion:
    for version in agreement.versions.all():
        if version.number == number:
            version.agreement = agreement
            return version
    raise Http404


@require_safe
def agreement_version(request: ActorRequest, public_id: UUID, number: int) -> HttpResponse:
    """One version, also an old one, with its signatures and what it changed."""
    agreement = _agreement(request, public_id)
    require(rules.can_read(request.actor, agreement))
    _note_read(request, agreement)
    version = _version(agreement, number)
    older = _version(agreement, number - 1) if number > 1 else None
    context = pages.state_context(request.actor, agreement) | {
        "version": version,
        "older": older,
        "differences": version.differences(older) if older else [],
        "strip": pages.strip_of(agreement, version),
        "groups": documents.sections(version),
        "parties": documents.party_rows(version),
        "is_newest": version.pk == agreement.current_id,
    }
    return render(request, "placements/agreements/version.html", context)


@require_GET
def agreement_pdf(request: ActorRequest, public_id: UUID, number: int) -> HttpResponse:
    """A version as PDF, made for this download and kept nowhere."""
    agreement = _agreement(request, public_id)
    require(rules.can_read(request.actor, agreement))
    _note_read(request, agreement)
    version = _version(agreement, number)
    response = HttpResponse(documents.agreement_pdf(agreement, version), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{documents.file_name(agreement, version)}"'
    response["Cache-Control"] = "private, no-store"
    return response


# Lists


def _list(request: ActorRequest, slug: str, *, role: str) -> HttpResponse:
    organisation = get_object_or_404(
        Organisation.objects.filter(pk__in=request.actor.organisations()), slug=slug
    )
    path = "placement__slot__organisation"
    if role == "teacher":
        path = "placement__enrolment__cohort__programme__school"
    require(rules.can_list(request.actor, organisation.pk, role))
    visible = Agreement.objects.visible_to(request.actor).filter(**{path: organisation}).for_list()
    filters = AgreementFilter(request.GET, queryset=visible)
    page = paginate(request, filters.qs)
    rows = [(row, *pages.status_of(row), pages.strip_of(row, row.current)) for row in page]
    context = {"organisation": organisation, "role": role, "filters": filters, "page": page, "rows": rows}
    return render(request, "placements/agreements/list.html", context)


@require_safe
def agreement_employer_list(request: ActorRequest, slug: str) -> HttpResponse:
    """The agreements of an employer's students."""
    return _list(request, slug, role="employer")


@require_safe
def agreement_school_list(request: ActorRequest, slug: str) -> HttpResponse:
    """The agreements of a teacher's own cohorts."""
    return _list(request, slug, role="teacher")


# The school's acts


def _too_late(request: ActorRequest, agreement: Agreement, verdict: Verdict) -> HttpResponseRedirect | None:
    """Others are refused; the school, whose page was old or whose button was pressed twice, hears why not."""
    if not agreement.is_taught:
        require(verdict)
    if verdict:
        return None
    messages.info(request, str(verdict.reason))
    return redirect(agreement)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_change(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Edit the four groups; saving makes a new version and voids the signatures."""
    agreement = _agreement(request, public_id)
    too_late = _too_late(request, agreement, rules.can_change(request.actor, agreement))
    if too_late or agreement.current is None:
        return too_late or redirect(agreement)
    form = AgreementForm(request.POST or None, agreement=agreement, source=agreement.current)
    years = form.add_year_fields()
    if request.method == "POST" and form.is_valid() and _changed(request, agreement, form):
        return redirect(agreement)
    context = pages.state_context(request.actor, agreement) | {
        "form": form,
        "hour_fields": [form[name] for name in years],
        "signed": agreement.current.signatures.all(),
    }
    return render(request, "placements/agreements/change.html", context)


def _changed(request: ActorRequest, agreement: Agreement, form: AgreementForm) -> bool:
    """Save; false with the error in the form, so that nothing typed is lost."""
    before = agreement.current_id
    try:
        version = service.change(
            agreement_id=agreement.pk,
            by=request.actor.user_id,
            from_version_id=form.cleaned_data["version"],
            **form.terms(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if version.pk == before:
        messages.info(request, _("Nothing was changed, so everything stays as it was."))
    else:
        text = _("Version %(number)s is saved. Ask for the signatures when it is ready.")
        messages.success(request, text % {"number": version.number})
    return True


@require_POST
def agreement_ask(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Put the newest version to signature."""
    agreement = _agreement(request, public_id)
    if not agreement.is_taught:
        require(rules.can_ask(request.actor, agreement))
    try:
        service.ask(agreement_id=agreement.pk, by=request.actor.user_id)
    except ValidationError as error:
        _complain(request, error)
    else:
        messages.success(request, _("The signatures are asked. Everyone who signs gets an e-mail."))
    return redirect(agreement)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_paper(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Record a signature that stands on paper."""
    agreement = _agreement(request, public_id)
    missing = pages.missing_of(agreement)
    sent = [request.POST.get(name, "") for name in ("signer", "name", "signed_on")]
    if agreement.is_taught and agreement.has_on_paper(*sent):
        messages.success(request, _("The signature on paper is recorded."))  # the button a second time
        return redirect(agreement)
    too_late = _too_late(request, agreement, rules.can_record_paper(request.actor, agreement))
    if too_late or not missing or agreement.current is None:
        return too_late or redirect(agreement)
    form = PaperForm(request.POST or None, parties=missing, version=agreement.current.pk)
    if request.method == "POST" and form.is_valid() and _recorded(request, agreement, form):
        return redirect(agreement)
    context = pages.state_context(request.actor, agreement) | {"form": form}
    return render(request, "placements/agreements/paper.html", context)


def _recorded(request: ActorRequest, agreement: Agreement, form: PaperForm) -> bool:
    data = form.cleaned_data
    try:
        service.record_on_paper(
            agreement_id=agreement.pk,
            version_id=data["version"],
            signer=data["signer"],
            name=data["name"],
            signed_on=data["signed_on"],
            by=request.actor.user_id,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("The signature on paper is recorded."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_end(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """End an active agreement early."""
    agreement = _agreement(request, public_id)
    too_late = _too_late(request, agreement, rules.can_end(request.actor, agreement))
    if too_late:
        return too_late
    form = EndForm(request.POST or None, initial={"last_day": today()})
    if request.method == "POST" and form.is_valid() and _ended(request, agreement, form):
        return redirect(agreement)
    context = pages.state_context(request.actor, agreement) | {"form": form}
    return render(request, "placements/agreements/end.html", context)


def _ended(request: ActorRequest, agreement: Agreement, form: EndForm) -> bool:
    try:
        service.end(agreement_id=agreement.pk, by=request.actor.user_id, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("The agreement is ended. Student and employer get an e-mail."))
    return True


# Signing


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_sign(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Read and sign; only for who signed in within the last five minutes."""
    agreement = _agreement(request, public_id)
    parties = rules.signer_of(request.actor, agreement)
    if not parties:
        require(rules.can_sign(request.actor, agreement))
    verdict = rules.can_sign(request.actor, agreement)
    if not verdict or agreement.current is None:
        messages.info(request, str(verdict.reason))
        return redirect(agreement)
    if request.method == "POST" and not is_fresh(request):
        # Not allauth's resumed request: it would run past the middleware that sets the actor.
        return redirect("placements:agreement-sign", agreement.public_id)
    require_fresh(request)
    return _sign_page(request, agreement, agreement.current, pages.open_parties(agreement, parties))


def _sign_page(
    request: ActorRequest, agreement: Agreement, version: AgreementVersion, parties: Any
) -> HttpResponse:
    form = SignForm(request.POST or None, parties=parties, version=version.pk)
    if request.method == "POST" and form.is_valid():
        return _signed(request, agreement, form)
    _note_read(request, agreement)
    context = pages.detail_context(request.actor, agreement) | {"form": form}
    return render(request, "placements/agreements/sign.html", context)


def _signed(request: ActorRequest, agreement: Agreement, form: SignForm) -> HttpResponseRedirect:
    """Sign what was read; when the text changed meanwhile, the page shows the newest one with the reason."""
    data = form.cleaned_data
    try:
        service.sign(
            agreement_id=agreement.pk,
            version_id=data["version"],
            signer=data["signer"],
            by=request.actor.user_id,
        )
    except ValidationError as error:
        _complain(request, error)
        return redirect("placements:agreement-sign", agreement.public_id)
    messages.success(request, _("You have signed the agreement."))
    return redirect(agreement)
