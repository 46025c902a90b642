"""Organisations for which nobody can act yet: an administrator invites who will invite the others."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.memberships import FirstManagerForm
from partnerships.models import Organisation
from partnerships.presenters import sheets
from partnerships.queries.people import standing, without_manager
from partnerships.rules import memberships as rules
from partnerships.services import memberships as service
from ui.acts import attempt_form, posted, refused
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def first_manager_list(request: ActorRequest) -> HttpResponseBase:
    """Where nobody can act, and who was invited there."""
    require(rules.can_invite_first_manager(request.actor))
    if file := asked(request, without_manager().for_list(), sheets.WITHOUT_MANAGER):
        return file
    page = paginate(request, without_manager().for_list())
    return render(request, "partnerships/first_managers/list.html", {"page": page, "space": "administrator"})


@require_http_methods(["GET", "HEAD", "POST"])
def first_manager_invite(request: ActorRequest, slug: str) -> HttpResponse:
    """Ask someone by email to be the first manager."""
    require(rules.can_invite_first_manager(request.actor))
    organisation = get_object_or_404(Organisation.objects.for_list(), slug=slug)
    verdict = rules.can_invite_first_manager(request.actor, **standing(organisation.pk, request.actor))
    if refused(request, verdict):
        return redirect("partnerships:first-manager-list")
    form = FirstManagerForm(posted(request), organisation=organisation)
    if form.is_valid():
        invite = partial(service.invite_first_manager, organisation_id=organisation.pk, by=request.actor)
        act = partial(invite, **form.invitation())
        done = _("The invitation is on its way. The link in it works for 14 days.")
        if attempt_form(request, form, act, done, field="email"):
            return redirect("partnerships:first-manager-list")
    back = {"back": reverse("partnerships:first-manager-list"), "back_label": _("First managers")}
    context = {"organisation": organisation, "form": form, "space": "administrator", **back}
    return render(request, "partnerships/first_managers/invite.html", context)
