"""Evidence: add, change, show, share, remove. Files leave as downloads that nothing in a browser will run."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import versions
from partnerships.actors import ActorRequest
from students import rules
from students.forms.evidence import EvidenceEditForm, EvidenceForm, OtherFileForm, ShareForm
from students.models import Evidence
from students.presenters.spaces import space_of_enrolment
from students.services import evidence as service
from students.views.guards import evidence_or_404, goal_or_404, uuid_read
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.downloads import download
from ui.history import field_lines


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """A text, a file or both."""
    goal = goal_or_404(request, public_id)
    if refused(request, rules.can_add_evidence(request.actor, goal)):
        return redirect(goal)
    form = EvidenceForm(posted(request), request.FILES or None)
    if form.is_valid():
        act = partial(service.add, goal_id=goal.pk, by=request.actor, **form.evidence)
        if attempt_form(request, form, act, _("Your evidence has been added.")):
            return redirect(goal)
    context = {"goal": goal, "form": form, **space_of_enrolment(request.actor, goal.plan.enrolment)}
    return render(request, "students/evidence/add.html", context)


@require_safe
def evidence_file(request: ActorRequest, public_id: UUID) -> HttpResponseBase:
    """A download, whatever it is: never shown inside our own site."""
    evidence = evidence_or_404(request, public_id)
    return download(evidence.file, name=evidence.file_name)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_edit(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The student writes it anew, or gives another file, until it is handed in."""
    evidence = evidence_or_404(request, public_id)
    if refused(request, rules.can_edit_evidence(request.actor, evidence)):
        return redirect(evidence.goal)
    form = EvidenceEditForm(posted(request), request.FILES or None, instance=evidence)
    if form.is_valid():
        act = partial(service.edit, evidence_id=evidence.pk, by=request.actor, version=form.read)
        if attempt_form(request, form, partial(act, **form.evidence), _("Saved.")):
            return redirect(evidence.goal)
    context = {"evidence": evidence, "goal": evidence.goal, "form": form, "space": "student"}
    return render(
        request, "students/evidence/edit.html", context | {"belongs_under": reverse("student-start")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_replace(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The student gives another file for one that nobody can open any more."""
    evidence = evidence_or_404(request, public_id)
    if refused(request, rules.can_replace_file(request.actor, evidence)):
        return redirect(evidence.goal)
    form = OtherFileForm(posted(request), request.FILES or None, over=versions.of(evidence))
    if form.is_valid():
        act = partial(service.replace_file, evidence_id=evidence.pk, by=request.actor, version=form.read)
        if attempt_form(request, form, partial(act, **form.cleaned_data), _("The file has been replaced.")):
            return redirect(evidence.goal)
    context = {"evidence": evidence, "goal": evidence.goal, "form": form, "space": "student"}
    context["may_remove"] = rules.can_remove_evidence(request.actor, evidence)
    context["belongs_under"] = reverse("student-start")
    return render(request, "students/evidence/replace.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_share(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The student decides who may read it from now on."""
    evidence = evidence_or_404(request, public_id)
    may = rules.can_share_evidence(request.actor, evidence.goal, is_reported=evidence.is_reported)
    if refused(request, may):
        return redirect(evidence.goal)
    form = ShareForm(posted(request), evidence=evidence)
    if form.is_valid():
        act = partial(service.share, evidence_id=evidence.pk, by=request.actor, version=form.read)
        act = partial(act, **form.cleaned_data)
        if attempt_form(request, form, act, _("Saved.")):
            return redirect(evidence.goal)
    context = {"evidence": evidence, "goal": evidence.goal, "form": form, "space": "student"}
    context["may_edit"] = rules.can_edit_evidence(request.actor, evidence)
    context["may_remove"] = rules.can_remove_evidence(request.actor, evidence)
    context["may_replace"] = rules.can_replace_file(request.actor, evidence)
    context["history"] = field_lines(evidence)
    context["belongs_under"] = reverse("student-start")
    return render(request, "students/evidence/share.html", context)


@require_POST
def evidence_remove(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take it away for good. Once it is gone, the page that the button was on says of which goal it was."""
    goal = request.POST.get("goal", "")
    if goal and not Evidence.objects.filter(public_id=public_id).exists():
        messages.success(request, _("The evidence has been removed."))
        return redirect(goal_or_404(request, uuid_read(goal)))
    evidence = evidence_or_404(request, public_id)
    if not refused(request, rules.can_remove_evidence(request.actor, evidence)):
        act = partial(service.remove, evidence_id=evidence.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The evidence has been removed."))
    return redirect(evidence.goal)
