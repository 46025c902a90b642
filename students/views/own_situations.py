"""A student's work situations: brought in, changed, shown to others, withdrawn."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from partnerships.actors import Actor, ActorRequest
from students.forms.situations import SituationForm
from students.models import Enrolment, WorkSituation
from students.queries.own import situations, situations_by_key
from students.rules import situations as rules
from students.services import situations as service
from students.views.guards import own_enrolment, own_situation_or_404
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.history import trail
from ui.pages import Known, paginate

PER_PAGE = 10


def situations_context(actor: Actor, request: ActorRequest, enrolment: Enrolment) -> dict[str, Any]:
    """What "students/situations/_list.html" draws: own work situations with their state and answers."""
    mine = WorkSituation.objects.own(actor).newest_first()
    first = partial(situations, PER_PAGE, person=actor.person_id)
    return {
        "situations": paginate(request, mine, PER_PAGE, rows=situations_by_key, known=Known(first=first)),
        "may_bring_in": rules.can_bring_in(actor, enrolment),
        "enrolment": enrolment,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def situation_add(request: ActorRequest) -> HttpResponse:
    """One text is enough: in under a minute."""
    enrolment = own_enrolment(request.actor)
    if refused(request, rules.can_bring_in(request.actor, enrolment)):
        return redirect(_own_list())
    form = SituationForm(posted(request), enrolment=enrolment)
    if form.is_valid():
        act = partial(service.bring_in, enrolment_id=enrolment.pk, by=request.actor, **form.written)
        if attempt_form(request, form, act, _what_comes):
            return redirect(_own_list())
    return render(request, "students/situations/add.html", {"form": form, "space": "student"})


@require_http_methods(["GET", "HEAD", "POST"])
def situation_edit(request: ActorRequest, situation: UUID) -> HttpResponse:
    """Change the text until something came out of it, and choose other readers at any time."""
    row = own_situation_or_404(request, situation)
    if refused(request, rules.can_share(request.actor, row)):
        return redirect(_own_list())
    text_stands = not rules.can_edit(request.actor, row)
    form = SituationForm(posted(request), instance=row, enrolment=row.enrolment, text_stands=text_stands)
    if form.is_valid():
        verb = service.share if text_stands else service.edit
        act = partial(verb, situation_id=row.pk, by=request.actor, version=form.read, **form.written)
        if attempt_form(request, form, act, _what_comes):
            return redirect(_own_list())
    context = {"form": form, "situation": row, "text_stands": text_stands, "space": "student"}
    context["history"] = trail(row)
    return render(
        request, "students/situations/edit.html", context | {"belongs_under": reverse("student-work")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def situation_withdraw(request: ActorRequest, situation: UUID) -> HttpResponse:
    """Say what goes for good before it does; what was withdrawn already stays so."""
    row = own_situation_or_404(request, situation)
    if request.method == "POST":
        act = partial(service.withdraw, situation_id=row.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("Withdrawn. Nobody can read it any more."))
        return redirect(_own_list())
    if refused(request, rules.can_withdraw(request.actor, row)):
        return redirect(_own_list())
    context = {"situation": row, "space": "student", "belongs_under": reverse("student-work")}
    return render(request, "students/situations/withdraw.html", context)


def _own_list() -> str:
    return f"{reverse('student-work')}#situaties"


def _what_comes(row: WorkSituation) -> str | Promise:
    """What happens next with a situation, as far as its readers can do something with it."""
    if row.for_teachers:
        return _("Saved. Your teacher can put it in a lesson; you hear what comes out of it.")
    if row.readers:
        return _("Saved. Show it to your teachers too when you want to talk about it in a lesson.")
    return _("Saved, for you alone.")
