"""Organisations from outside ask without an account; the coordinators of the partnership answer and close."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.services import throttles
from core import visitors
from partnerships.actors import ActorRequest
from partnerships.presenters.calls import own_answers
from partnerships.views.guards import coordinated_partnership
from playbooks.forms.leads import AnswerLeadForm, LeadForm
from playbooks.models import PlaybookLead, PlaybookVersion
from playbooks.presenters import sheets
from playbooks.presenters.leads import lead_context
from playbooks.rules import leads as rules
from playbooks.services import leads as service
from playbooks.views.guards import own_lead
from ui.acts import attempt, attempt_form, posted, refused, too_many, was_read
from ui.pages import paginate
from ui.sheets import asked


def _newest(slug: str) -> PlaybookVersion:
    rows = PlaybookVersion.objects.current().select_related("playbook__partnership")
    return get_object_or_404(rows, playbook__slug=slug)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def lead_create(request: HttpRequest, slug: str) -> HttpResponse:
    """We want this too."""
    version = _newest(slug)
    form = LeadForm(posted(request), initial=own_answers(request.user, getattr(request, "actor", None)))
    if form.is_valid():
        if not throttles.take(limit=service.FROM_NETWORK, key=visitors.network_of(request)):
            return too_many(request)
        if attempt_form(request, form, partial(_begin, version, form.answers())):
            return redirect("playbooks:lead-sent", slug)
    return render(request, "playbooks/leads/form.html", {"version": version, "form": form})


def _begin(version: PlaybookVersion, answers: dict[str, Any]) -> None:
    """Note it, unless this mailbox had its mails of today; the page says the same."""
    if throttles.take(limit=service.TO_MAILBOX, key=f"{version.pk} {answers['email']}"):
        service.begin(version_id=version.pk, language=get_language() or "nl", **answers)


@login_not_required
@require_safe
def lead_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens after the form."""
    return render(request, "playbooks/leads/sent.html", {"version": _newest(slug)})


@require_safe
def lead_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """Who wants to begin with the playbook of a partnership."""
    partnership = coordinated_partnership(request, slug)
    rows = PlaybookLead.objects.visible_to(request.actor).for_list()
    rows = rows.filter(version__playbook__partnership=partnership)
    if file := asked(request, rows, sheets.LEADS):
        return file
    context = {"space": "coordinator", "partnership": partnership, "page": paginate(request, rows)}
    return render(request, "playbooks/leads/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lead_detail(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One of them, and the answer."""
    lead = own_lead(request, slug, public_id)
    form = AnswerLeadForm(posted(request))
    if request.method == "POST" and refused(request, rules.can_answer(request.actor, lead)):
        return redirect(lead)
    if form.is_valid():
        answer = partial(service.answer, lead_id=lead.pk, by=request.actor, read=was_read(request))
        act = partial(answer, **form.cleaned_data)
        if attempt_form(request, form, act, _("Your answer has been sent.")):
            return redirect(lead)
    return render(request, "playbooks/leads/detail.html", lead_context(request.actor, lead) | {"form": form})


@require_POST
def lead_close(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Nothing more is to be done."""
    lead = own_lead(request, slug, public_id)
    close = partial(service.close, lead_id=lead.pk, by=request.actor, read=was_read(request))
    attempt(request, close, _("The question has been closed."))
    return redirect(lead)


@require_POST
def lead_reopen(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """There is something to do after all."""
    lead = own_lead(request, slug, public_id)
    reopen = partial(service.reopen, lead_id=lead.pk, by=request.actor, read=was_read(request))
    attempt(request, reopen, _("The question is open again."))
    return redirect(lead)
