"""Evidence: add, show, share, remove. Files leave as downloads that nothing in a browser will run."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from students import rules
from students.forms.evidence import EvidenceForm, ShareForm
from students.models import Evidence, Goal
from students.presenters.spaces import frame_of
from students.services import evidence as service
from students.views.guards import goal_or_404, note_read
from ui.acts import attempt


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: ActorRequest, public_id: UUID) -> HttpResponse:
    goal = goal_or_404(request, public_id)
    require(rules.can_add_evidence(request.actor, goal))
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _added(request, goal, form):
        return redirect(goal)
    context = {"goal": goal, "form": form, **frame_of(request.actor, goal.plan.enrolment)}
    return render(request, "students/evidence/add.html", context)


def _added(request: ActorRequest, goal: Goal, form: EvidenceForm) -> bool:
    accepted = form.accepted
    try:
        service.add(
            goal_id=goal.pk,
            by=request.actor,
            text=form.cleaned_data["text"],
            visible_for=form.cleaned_data["visible_for"],
            file=form.cleaned_data["file"],
            file_name=accepted.name if accepted else "",
            content_type=accepted.content_type if accepted else "",
            size=accepted.size if accepted else 0,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("Your evidence has been added."))
    return True


def _visible(request: ActorRequest, public_id: UUID) -> Evidence:
    rows = Evidence.objects.visible_to(request.actor).select_related("goal__plan__enrolment__student")
    return get_object_or_404(rows, public_id=public_id)


def _own(request: ActorRequest, public_id: UUID) -> Evidence:
    evidence = _visible(request, public_id)
    require(rules.can_work_on(request.actor, evidence.goal))
    return evidence


@require_safe
def evidence_file(request: ActorRequest, public_id: UUID) -> HttpResponseBase:
    """A download, whatever it is: never shown inside our own site."""
    evidence = _visible(request, public_id)
    note_read(request.actor, evidence.goal.plan.enrolment)
    if not evidence.file:
        raise Http404
    try:
        content = evidence.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(
        content,
        as_attachment=True,
        filename=evidence.file_name,
        content_type=evidence.content_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_share(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The student decides who may read it from now on."""
    evidence = _own(request, public_id)
    form = ShareForm(request.POST or None, instance=evidence)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(evidence.goal)
    context = {"evidence": evidence, "goal": evidence.goal, "form": form, "space": "student"}
    context["belongs_under"] = reverse("student-start")
    return render(request, "students/evidence/share.html", context)


@require_POST
def evidence_remove(request: ActorRequest, public_id: UUID) -> HttpResponse:
    evidence = _own(request, public_id)
    goal = evidence.goal
    attempt(
        request,
        lambda: service.remove(evidence_id=evidence.pk, by=request.actor),
        _("The evidence has been removed."),
    )
    return redirect(goal)
