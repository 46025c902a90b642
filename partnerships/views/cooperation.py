"""The cooperation agreement of a partnership, for all who know it from within; managers sign it for their organisation."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.fresh import is_fresh_to_sign, require_fresh_to_sign
from partnerships.actors import ActorRequest
from partnerships.forms.cooperation import SignForm
from partnerships.models import CooperationVersion
from partnerships.presenters import cooperation as pages
from partnerships.presenters import sheets
from partnerships.presenters.spaces import space_of
from partnerships.queries.cooperation import open_version
from partnerships.rules import cooperation as rules
from partnerships.services import cooperation as service
from partnerships.views.guards import cooperation_in, own_partnership, party_in
from ui.acts import attempt_form, posted, refused, unread, was_read
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def cooperation_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """Every version; a draft for the coordinators alone."""
    partnership = own_partnership(request, slug)
    rows = CooperationVersion.objects.visible_to(request.actor).filter(partnership=partnership).for_list()
    if file := asked(request, rows, sheets.COOPERATION):
        return file
    context = {"space": space_of(request.actor), "partnership": partnership, "page": paginate(request, rows)}
    has_open = open_version(partnership) is not None
    context["may_begin"] = rules.can_begin(request.actor, partnership, has_open=has_open)
    return render(request, "partnerships/cooperation/list.html", context)


@require_safe
def cooperation_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One version: its text, the promises, who signed and who is still to sign."""
    partnership, version = cooperation_in(request, slug, public_id)
    has_open = open_version(partnership) is not None
    context = pages.detail_context(request.actor, version, has_open=has_open)
    return render(request, "partnerships/cooperation/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_sign(request: ActorRequest, slug: str, public_id: UUID, organisation: str) -> HttpResponse:
    """Read the text and sign for one's own organisation; only for whoever signed in a moment ago."""
    _partnership, version = cooperation_in(request, slug, public_id)
    party = party_in(version, organisation)
    done = _("You have signed for your organisation.")
    if party.signed is not None and party.signed.person_id == request.actor.person_id:
        messages.success(request, done)  # the button a second time
        return redirect(version)
    if refused(request, rules.can_sign(request.actor, version, party)):
        return redirect(version)
    if request.method == "POST" and not is_fresh_to_sign(request):
        return redirect(request.path)
    require_fresh_to_sign(request)
    form = SignForm(posted(request))
    if form.is_valid() and not unread(request, version):
        sign = partial(service.sign, version_id=version.pk, party_id=party.pk, by=request.actor)
        if attempt_form(request, form, partial(sign, read=was_read(request), **form.cleaned_data), done):
            return redirect(version)
    context = {"space": space_of(request.actor), "version": version, "party": party, "form": form}
    return render(request, "partnerships/cooperation/sign.html", context)
