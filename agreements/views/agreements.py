"""Pages of practice agreements: reading them, and the lists."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from agreements import documents, rules
from agreements.filters import AgreementFilter
from agreements.models import Agreement, AgreementQuerySet
from agreements.presenters import agreements as pages
from agreements.presenters import sheets
from agreements.queries.visible import agreements_by_key
from agreements.services import kept
from agreements.views.guards import agreement_or_404, own_organisation_or_404, text_or_404, version_or_404
from core.access import require
from partnerships.actors import ActorRequest
from ui.downloads import download
from ui.pages import paginate
from ui.sheets import asked

# Reading


@require_safe
def agreement_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The text with its acts for the parties; the state only for a coordinator."""
    agreement = agreement_or_404(request, public_id)
    if not rules.can_read(request.actor, agreement):
        context = pages.state_context(request.actor, agreement)
        return render(request, "agreements/state.html", context)
    return render(request, "agreements/detail.html", pages.detail_context(request.actor, agreement))


@require_safe
def agreement_version(request: ActorRequest, public_id: UUID, number: int) -> HttpResponse:
    """One version, also an old one, with its signatures and what it changed."""
    agreement = text_or_404(request, public_id)
    version = version_or_404(agreement, number)
    context = pages.version_context(request.actor, agreement, version, agreement.asked_before(version))
    return render(request, "agreements/version.html", context)


@require_GET
def agreement_pdf(request: ActorRequest, public_id: UUID, number: int) -> HttpResponseBase:
    """A signed version as it was kept at the last signature; another one made for this download and kept nowhere."""
    agreement = text_or_404(request, public_id)
    version = version_or_404(agreement, number)
    name = documents.file_name(agreement, version)
    document = kept.keep_once(version=version)
    if document is not None:
        return download(document.file, name=name)
    response = HttpResponse(documents.agreement_pdf(agreement, version), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def signature_scan(request: ActorRequest, public_id: UUID, signature_id: UUID) -> HttpResponseBase:
    """What was signed on paper, as a download for the parties: never shown inside our own site."""
    agreement = text_or_404(request, public_id)
    found = (item for text in agreement.texts for item in text.signatures.all())
    signature = next((item for item in found if item.public_id == signature_id and item.scan_id), None)
    if signature is None:
        raise Http404
    return download(signature.scan, name=signature.scan_name)


# Lists


@require_safe
def agreement_employer_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The agreements of an employer's students."""
    return _list(request, slug, space="employer", of=AgreementQuerySet.of_employer)


@require_safe
def agreement_school_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The agreements of a teacher's own cohorts."""
    return _list(request, slug, space="teacher", of=AgreementQuerySet.of_school)


def _list(
    request: ActorRequest, slug: str, *, space: str, of: Callable[[AgreementQuerySet, int], AgreementQuerySet]
) -> HttpResponseBase:
    organisation = own_organisation_or_404(request, slug)
    require(rules.can_list(request.actor, organisation.pk, space))
    actor, visible = request.actor, Agreement.objects.visible_to(request.actor)
    filters = AgreementFilter(request.GET, queryset=of(visible, organisation.pk).by_name())
    if file := asked(request, filters.qs.with_details(actor), sheets.AGREEMENTS):
        return file
    page = paginate(request, filters.qs, rows=partial(agreements_by_key, actor=actor))
    rows = [pages.row_of(row) for row in page]
    context = {"organisation": organisation, "space": space, "filters": filters, "page": page, "rows": rows}
    context["to_sign"] = sum(bool(rules.can_sign(request.actor, row.agreement)) for row in rows)
    return render(request, "agreements/list.html", context)
