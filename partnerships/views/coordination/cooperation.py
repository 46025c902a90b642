"""The coordinator writes versions of the cooperation agreement, puts them up for signature and records what paper says."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import versions
from partnerships.actors import ActorRequest
from partnerships.forms.cooperation import CooperationForm, RecordForm
from partnerships.models import CooperationVersion, Partnership
from partnerships.presenters import closings
from partnerships.presenters import cooperation as pages
from partnerships.queries.cooperation import in_force, open_version
from partnerships.rules import cooperation as rules
from partnerships.services import cooperation as service
from partnerships.views.coordination.closings import THROWN_AWAY
from partnerships.views.guards import coordinated_cooperation, coordinated_partnership, party_in
from ui.acts import attempt, attempt_form, confirm, posted, refused, was_read
from ui.forms import ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Make a next version, which begins with the text in force."""
    partnership = coordinated_partnership(request, slug)
    waiting = open_version(partnership)
    if waiting is not None and request.method != "POST":
        waiting.partnership = partnership
        return redirect(waiting)
    if refused(request, rules.can_begin(request.actor, partnership, has_open=False)):
        return redirect("partnerships:cooperation-list", slug)
    row = CooperationVersion(partnership=partnership)
    form = CooperationForm(posted(request), instance=row, base=in_force(partnership))
    back = reverse("partnerships:cooperation-list", args=[slug])
    return _edit(request, partnership, form, back)


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Change a draft."""
    partnership, version = coordinated_cooperation(request, slug, public_id)
    if refused(request, rules.can_change(request.actor, version)):
        return redirect(version)
    form = CooperationForm(posted(request), instance=version)
    return _edit(request, partnership, form, version.get_absolute_url())


def _edit(request: ActorRequest, partnership: Partnership, form: CooperationForm, back: str) -> HttpResponse:
    if form.is_valid():
        form.save(commit=False)
        save = partial(service.save, version=form.instance, by=request.actor, read=form.read, **form.said())
        kept: list[CooperationVersion] = []
        if attempt_form(request, form, lambda: kept.append(save()), _("The draft has been saved.")):
            kept[0].partnership = partnership
            return redirect(kept[0])
    context = {"space": "coordinator", "partnership": partnership, "form": form, "back": back}
    return render(request, "partnerships/coordination/cooperation/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_discard(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    partnership = coordinated_partnership(request, slug)
    if request.method == "POST" and not partnership.cooperation_versions.filter(public_id=public_id).exists():
        messages.success(request, THROWN_AWAY)  # the button a second time
        return redirect("partnerships:cooperation-list", slug)
    _partnership, version = coordinated_cooperation(request, slug, public_id)
    if refused(request, rules.can_discard(request.actor, version)):
        return redirect(version)
    if request.method == "POST":
        act = partial(service.discard, version_id=version.pk, by=request.actor, read=was_read(request))
        done = attempt(request, act, THROWN_AWAY)
        return redirect("partnerships:cooperation-list", slug) if done else redirect(version)
    page = closings.discarding(version, version.get_absolute_url())
    return confirm(request, **page, read=versions.of(version))


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_ask(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Put a draft up for signature."""
    _partnership, version = coordinated_cooperation(request, slug, public_id)
    if request.method == "POST":
        act = partial(service.ask, version_id=version.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The organisations have been asked to sign."))
        return redirect(version)
    verdict = rules.can_ask(request.actor, version, parties=len(version.parties.all()))
    if refused(request, verdict):
        return redirect(version)
    return confirm(request, **pages.asking(version), read=versions.of(version))


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_withdraw(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Ask no longer, and say why."""
    partnership, version = coordinated_cooperation(request, slug, public_id)
    form = ReasonForm(posted(request), help_text=_("Whoever was asked to sign reads this."))
    if form.is_valid():
        withdraw = partial(service.withdraw, version_id=version.pk, by=request.actor)
        act = partial(withdraw, read=was_read(request), **form.cleaned_data)
        if attempt_form(
            request, form, act, _("The version has been withdrawn. Who was asked gets an email.")
        ):
            return redirect(version)
    elif request.method != "POST" and refused(request, rules.can_withdraw(request.actor, version)):
        return redirect(version)
    context = {"space": "coordinator", "partnership": partnership, "version": version, "form": form}
    return render(request, "partnerships/coordination/cooperation/withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cooperation_record(request: ActorRequest, slug: str, public_id: UUID, organisation: str) -> HttpResponse:
    """Write down a signature that stands on paper."""
    partnership, version = coordinated_cooperation(request, slug, public_id)
    party = party_in(version, organisation)
    form = RecordForm(posted(request))
    if form.is_valid():
        record = partial(service.record, version_id=version.pk, party_id=party.pk, by=request.actor)
        act = partial(record, read=was_read(request), **form.cleaned_data)
        if attempt_form(request, form, act, _("The signature has been recorded.")):
            return redirect(version)
    elif request.method != "POST" and refused(request, rules.can_record(request.actor, version, party)):
        return redirect(version)
    context = {"space": "coordinator", "partnership": partnership, "version": version, "party": party}
    return render(request, "partnerships/coordination/cooperation/record.html", context | {"form": form})
