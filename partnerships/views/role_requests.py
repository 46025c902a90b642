"""Ask an organisation for a role, and answer who asks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.role_requests import GiveRoleForm
from partnerships.models import Organisation, RoleRequest
from partnerships.presenters.sheets import OWN_REQUESTS
from partnerships.presenters.spaces import space_of, space_of_organisation
from partnerships.queries.people import with_manager
from partnerships.queries.role_requests import MOST, organisations_named
from partnerships.rules import role_requests as rules
from partnerships.rules.memberships import can_manage
from partnerships.services import role_requests as service
from partnerships.views.guards import organisation_or_404
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.forms import ReasonForm
from ui.pages import paginate
from ui.sheets import asked

WHO_READS = gettext_lazy("The person who asked reads this.")


@require_safe
def role_request_list(request: ActorRequest) -> HttpResponseBase:
    """Find an organisation by its name, and see what became of one's requests."""
    own = RoleRequest.objects.own(request.actor).for_list().reverse()
    if file := asked(request, own, OWN_REQUESTS):
        return file
    name = request.GET.get("naam", "").replace("\x00", "")[:120]
    found = list(organisations_named(name)[: MOST + 1])
    context = {
        "name": name,
        "found": found[:MOST],
        "is_cut": len(found) > MOST,
        "page": paginate(request, own, short=True),
        "space": space_of(request.actor),
    }
    return render(request, "partnerships/role_requests/list.html", context)


@require_POST
def role_request_ask(request: ActorRequest, slug: str) -> HttpResponse:
    """Ask for a role."""
    organisation = get_object_or_404(with_manager().published(), slug=slug)
    done = _("Your request is with the managers. You get an email when they have answered.")
    attempt(request, partial(service.ask, organisation_id=organisation.pk, by=request.actor), done)
    return redirect("partnerships:role-request-list")


@require_POST
def role_request_withdraw(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take one's own request back."""
    asked = get_object_or_404(RoleRequest.objects.own(request.actor), public_id=public_id)
    act = partial(service.withdraw, request_id=asked.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("Your request has been taken back."))
    return redirect("partnerships:role-request-list")


@require_safe
def role_request(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Who asks, with the two answers."""
    organisation, asked = _request_or_404(request, slug, public_id)
    forms = {"give": GiveRoleForm(organisation=organisation), "decline": ReasonForm(help_text=WHO_READS)}
    return _page(request, organisation, asked, forms)


@require_http_methods(["POST"])
def role_request_give(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Give a role."""
    organisation, asked = _request_or_404(request, slug, public_id)
    form = GiveRoleForm(posted(request), organisation=organisation)
    if form.is_valid():
        give = partial(service.give, request_id=asked.pk, by=request.actor, read=was_read(request))
        act = partial(give, **form.cleaned_data)
        if attempt_form(request, form, act, _("The role has been assigned.")):
            return redirect("partnerships:people-list", slug)
    return _page(request, organisation, asked, {"give": form, "decline": ReasonForm(help_text=WHO_READS)})


@require_http_methods(["POST"])
def role_request_decline(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Decline, with the reason."""
    organisation, asked = _request_or_404(request, slug, public_id)
    form = ReasonForm(posted(request), help_text=WHO_READS)
    if form.is_valid():
        decline = partial(service.decline, request_id=asked.pk, by=request.actor, read=was_read(request))
        act = partial(decline, **form.cleaned_data)
        if attempt_form(request, form, act, _("The request has been declined.")):
            return redirect("partnerships:people-list", slug)
    return _page(
        request, organisation, asked, {"give": GiveRoleForm(organisation=organisation), "decline": form}
    )


def _request_or_404(request: ActorRequest, slug: str, public_id: UUID) -> tuple[Organisation, RoleRequest]:
    organisation = organisation_or_404(request, slug)
    require(can_manage(request.actor, organisation))
    return organisation, get_object_or_404(organisation.role_requests.for_list(), public_id=public_id)


def _page(
    request: ActorRequest, organisation: Organisation, asked: RoleRequest, forms: Mapping[str, BaseForm]
) -> HttpResponse:
    verdict = rules.can_answer(request.actor, asked)
    if request.method != "POST" and refused(request, verdict):
        return redirect("partnerships:people-list", organisation.slug)
    context = {"organisation": organisation, "asked": asked, "forms": forms}
    return render(
        request, "partnerships/role_requests/detail.html", context | space_of_organisation(organisation)
    )
