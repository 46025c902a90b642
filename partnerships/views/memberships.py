"""People of an organisation: see, invite, change, end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.colleagues import ColleaguesForm
from partnerships.forms.memberships import EndRoleForm, InvitationForm, MandatesForm, TakeOnForm
from partnerships.models import Membership
from partnerships.presenters import sheets
from partnerships.presenters.memberships import (
    ended_words,
    goes_on_words,
    history_context,
    invited_words,
    people_context,
)
from partnerships.presenters.spaces import space_of_organisation
from partnerships.queries.able import Gone, left_without
from partnerships.queries.leaving import hangs_on
from partnerships.rules import memberships as rules
from partnerships.services import mandates, returns
from partnerships.services import memberships as service
from partnerships.views.guards import invitation_or_404, membership_or_404, organisation_or_404
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def people_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """Who works there, and for managers who was invited."""
    organisation = organisation_or_404(request, slug)
    require(rules.can_view_people(request.actor, organisation))
    running = Membership.objects.visible_to(request.actor).running().filter(organisation=organisation)
    found = running.for_list().with_mandates()
    if file := asked(request, found, sheets.PEOPLE):
        return file
    page = paginate(request, found, short=True)
    context = people_context(request.actor, organisation, page)
    return render(request, "partnerships/memberships/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people_invite(request: ActorRequest, slug: str) -> HttpResponse:
    """Ask someone by email to take a role."""
    organisation = organisation_or_404(request, slug)
    require(rules.can_manage(request.actor, organisation))
    form = InvitationForm(posted(request), organisation=organisation)
    if form.is_valid():
        act = partial(service.invite, organisation_id=organisation.pk, by=request.actor, **form.invitation())
        done = _("The invitation is on its way. The link in it works for 14 days.")
        if attempt_form(request, form, act, done, field="email"):
            return redirect("partnerships:people-list", slug)
    context = {"organisation": organisation, **space_of_organisation(organisation), "form": form}
    return render(request, "partnerships/memberships/invite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people_invite_many(request: ActorRequest, slug: str) -> HttpResponse:
    """Ask several people by email to take one role."""
    organisation = organisation_or_404(request, slug)
    require(rules.can_manage(request.actor, organisation))
    form = ColleaguesForm(posted(request), organisation=organisation)
    if form.is_valid():
        act = partial(service.invite_many, organisation_id=organisation.pk, by=request.actor)
        if attempt_form(request, form, partial(act, **form.invitations()), invited_words, field="lines"):
            return redirect("partnerships:people-list", slug)
    context = {"organisation": organisation, **space_of_organisation(organisation), "form": form}
    return render(request, "partnerships/memberships/invite_many.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people_take_on(request: ActorRequest, slug: str) -> HttpResponse:
    """Do the daily work oneself, in several roles at once."""
    organisation = organisation_or_404(request, slug)
    require(rules.can_manage(request.actor, organisation))
    form = TakeOnForm(posted(request), actor=request.actor, organisation=organisation)
    if form.is_valid():
        roles = form.cleaned_data["roles"]
        act = partial(service.take_on, organisation_id=organisation.pk, roles=roles, by=request.actor)
        if attempt_form(request, form, act, _("You now have these roles."), field="roles"):
            return redirect("partnerships:people-list", slug)
    context = {"organisation": organisation, **space_of_organisation(organisation), "form": form}
    context["signs"] = rules.signs_for(request.actor, organisation)
    return render(request, "partnerships/memberships/take_on.html", context)


@require_POST
def people_invite_again(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Send a new link to someone who was invited."""
    return _with_invitation(
        request, slug, public_id, service.renew_invitation, _("A new link is on its way.")
    )


@require_POST
def people_invite_withdraw(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    return _with_invitation(
        request, slug, public_id, service.revoke_invitation, _("The invitation was withdrawn.")
    )


def _with_invitation(
    request: ActorRequest, slug: str, public_id: UUID, act: Callable[..., Any], done: str
) -> HttpResponse:
    organisation, found = invitation_or_404(request, slug, public_id)
    require(rules.can_manage(request.actor, organisation))
    act = partial(act, invitation_id=found.invitation_id, by=request.actor, read=was_read(request))
    attempt(request, act, done)
    return redirect("partnerships:people-list", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def people_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Change what someone may do besides the role."""
    organisation, membership = membership_or_404(request, slug, public_id)
    if refused(request, rules.can_change(request.actor, membership)):
        return redirect("partnerships:people-list", slug)
    own = membership.person_id == request.actor.person_id
    form = MandatesForm(posted(request), membership=membership, is_own=own)
    if form.is_valid():
        act = partial(mandates.change, membership_id=membership.pk, by=request.actor)
        act = partial(act, kinds=form.kinds(), version=form.read)
        if attempt_form(request, form, act, _("The change has been saved.")):
            return redirect("partnerships:people-list", slug)
    context = space_of_organisation(organisation) | {
        "organisation": organisation,
        "membership": membership,
        "form": form,
        "own": own,
        **history_context(membership),
    }
    return render(request, "partnerships/memberships/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people_end(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """End someone's role. After ending an own role one goes to the first page: this list may be closed now."""
    organisation, membership = membership_or_404(request, slug, public_id)
    if refused(request, rules.can_end(request.actor, membership)):
        return redirect("partnerships:people-list", slug)
    own = membership.person_id == request.actor.person_id
    hanging = hangs_on(membership, by=request.actor)
    form = EndRoleForm(posted(request), hanging=hanging, membership=membership)
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        act = partial(service.end, membership_id=membership.pk, by=request.actor, read=was_read(request))
        act = partial(act, last_day=last_day, successors=form.successors())
        if attempt_form(request, form, act, ended_words(last_day)):
            return redirect("partnerships:people-list", slug) if last_day or not own else redirect("start")
    context = space_of_organisation(organisation) | {
        "organisation": organisation,
        "membership": membership,
        "form": form,
        "hanging": hanging,
        "own": own,
        "left_without": left_without(Gone.role(membership)),
    }
    return render(request, "partnerships/memberships/end.html", context)


@require_POST
def people_take_back(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let a role that was ended lately go on."""
    _organisation, membership = membership_or_404(request, slug, public_id)
    require(rules.can_manage(request.actor, membership.organisation))
    act = partial(returns.role, membership_id=membership.pk, by=request.actor, read=was_read(request))
    attempt(request, act, goes_on_words)
    return redirect("partnerships:people-list", slug)
