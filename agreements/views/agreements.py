"""Pages of practice agreements: reading, and what the school does."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from agreements import documents, rules
from agreements.filters import AgreementFilter
from agreements.forms import AgreementForm, EndForm
from agreements.models import Agreement, AgreementVersion
from agreements.presenters import agreements as pages
from agreements.services import agreements as service
from agreements.views.guards import agreement_or_404, own_organisation_or_404, text_or_404, version_or_404
from core.access import require
from core.dates import today
from partnerships.actors import ActorRequest
from students.views.guards import note_read
from ui.acts import attempt, attempt_form, posted, refused
from ui.pages import paginate

# Reading


@require_safe
def agreement_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The text with its acts for the parties; the state only for a coordinator."""
    agreement = agreement_or_404(request, public_id)
    if not rules.can_read(request.actor, agreement):
        context = pages.state_context(request.actor, agreement)
        return render(request, "agreements/state.html", context)
    note_read(request.actor, agreement.placement.student)
    return render(request, "agreements/detail.html", pages.detail_context(request.actor, agreement))


@require_safe
def agreement_version(request: ActorRequest, public_id: UUID, number: int) -> HttpResponse:
    """One version, also an old one, with its signatures and what it changed."""
    agreement = text_or_404(request, public_id)
    version = version_or_404(agreement, number)
    older = version_or_404(agreement, number - 1) if number > 1 else None
    context = pages.version_context(request.actor, agreement, version, older)
    return render(request, "agreements/version.html", context)


@require_GET
def agreement_pdf(request: ActorRequest, public_id: UUID, number: int) -> HttpResponse:
    """A version as PDF, made for this download and kept nowhere."""
    agreement = text_or_404(request, public_id)
    version = version_or_404(agreement, number)
    response = HttpResponse(documents.agreement_pdf(agreement, version), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{documents.file_name(agreement, version)}"'
    response["Cache-Control"] = "private, no-store"
    return response


# Lists


@require_safe
def agreement_employer_list(request: ActorRequest, slug: str) -> HttpResponse:
    """The agreements of an employer's students."""
    return _list(request, slug, space="employer", path="placement__slot__organisation")


@require_safe
def agreement_school_list(request: ActorRequest, slug: str) -> HttpResponse:
    """The agreements of a teacher's own cohorts."""
    return _list(request, slug, space="teacher", path="placement__enrolment__cohort__programme__school")


def _list(request: ActorRequest, slug: str, *, space: str, path: str) -> HttpResponse:
    organisation = own_organisation_or_404(request, slug)
    require(rules.can_list(request.actor, organisation.pk, space))
    visible = Agreement.objects.visible_to(request.actor).filter(**{path: organisation}).for_list()
    filters = AgreementFilter(request.GET, queryset=visible.with_lost())
    page = paginate(request, filters.qs)
    rows = [(row, *pages.status_of(row), pages.strip_of(row, row.current)) for row in page]
    context = {"organisation": organisation, "space": space, "filters": filters, "page": page, "rows": rows}
    return render(request, "agreements/list.html", context)


# The school's acts


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_change(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Edit the four groups; saving makes a new version and voids the signatures."""
    agreement = agreement_or_404(request, public_id)
    if refused(request, rules.can_change(request.actor, agreement)) or agreement.current is None:
        return redirect(agreement)
    form = AgreementForm(posted(request), agreement=agreement, source=agreement.current)
    years = form.add_year_fields()
    if form.is_valid():
        known, version = agreement.pk, form.cleaned_data["version"]
        act = partial(
            service.change, agreement_id=known, by=request.actor, from_version_id=version, **form.terms()
        )
        if attempt_form(request, form, act, partial(_changed, agreement.current_id)):
            return redirect(agreement)
    context = pages.change_context(request.actor, agreement, form, years)
    return render(request, "agreements/change.html", context)


def _changed(before: int | None, version: AgreementVersion) -> str:
    if version.pk == before:
        return _("Nothing was changed, so everything stays as it was.")
    text = _("Version %(number)s is saved. Ask for the signatures when it is ready.")
    return text % {"number": version.number}


@require_POST
def agreement_ask(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Put the newest version to signature."""
    agreement = agreement_or_404(request, public_id)
    if not refused(request, rules.can_ask(request.actor, agreement)):
        act = partial(service.ask, agreement_id=agreement.pk, by=request.actor)
        attempt(request, act, _("The signatures are asked. Everyone who signs gets an e-mail."))
    return redirect(agreement)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_end(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """End an active agreement early."""
    agreement = agreement_or_404(request, public_id)
    if refused(request, rules.can_end(request.actor, agreement)):
        return redirect(agreement)
    form = EndForm(posted(request), initial={"last_day": today()})
    if form.is_valid():
        act = partial(service.end, agreement_id=agreement.pk, by=request.actor, **form.cleaned_data)
        done = _("The agreement is ended. Student and employer get an e-mail.")
        if attempt_form(request, form, act, done):
            return redirect(agreement)
    context = pages.state_context(request.actor, agreement) | {"form": form}
    return render(request, "agreements/end.html", context)
