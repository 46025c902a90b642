"""Coordinators write the playbook of their partnership: its text and parts as a draft, then published."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import versions
from partnerships.actors import ActorRequest
from partnerships.models import Partnership
from partnerships.views.coordination.closings import THROWN_AWAY
from partnerships.views.guards import coordinated_partnership
from playbooks.enums import PartKind
from playbooks.forms.playbooks import KindForm, PartForm, VersionForm
from playbooks.models import PlaybookPart, PlaybookVersion
from playbooks.presenters import playbooks as pages
from playbooks.queries.playbooks import playbook_of
from playbooks.rules import playbooks as rules
from playbooks.services import playbooks as service
from playbooks.views.guards import has_draft, own_draft, own_part
from ui.acts import attempt, attempt_form, confirm, posted, refused, was_read

OWN = "playbooks:playbook-own"


@require_safe
def playbook_own(request: ActorRequest, slug: str) -> HttpResponse:
    """What is being written, and what was published."""
    partnership = coordinated_partnership(request, slug)
    context = pages.workbench(request.actor, partnership, playbook_of(partnership))
    return render(request, "playbooks/own/detail.html", context)


def form_page(
    request: ActorRequest, partnership: Partnership, form: BaseForm, heading: str, word: str = ""
) -> HttpResponse:
    """The page of a form about the playbook of a partnership."""
    context = {"space": "coordinator", "partnership": partnership, "form": form}
    context |= {"heading": heading, "word": word or _("Save")}
    return render(request, "playbooks/own/form.html", context)


@require_POST
def playbook_begin(request: ActorRequest, slug: str) -> HttpResponse:
    """Begin the playbook, or its next version."""
    partnership = coordinated_partnership(request, slug)
    begin = partial(service.begin, partnership_id=partnership.pk, by=request.actor)
    attempt(request, begin, _("The draft is there. Read each part before you publish it."))
    return redirect(OWN, slug)


@require_http_methods(["GET", "HEAD", "POST"])
def playbook_change(request: ActorRequest, slug: str) -> HttpResponse:
    """Change what the draft says of itself."""
    partnership, draft = own_draft(request, slug)
    form = VersionForm(posted(request), instance=draft)
    if form.is_valid():
        form.save(commit=False)
        save = partial(service.save, version=draft, by=request.actor, read=form.read)
        if attempt_form(request, form, save, _("The draft has been saved.")):
            return redirect(OWN, slug)
    return form_page(request, partnership, form, _("What the playbook says of itself"))


@require_POST
def playbook_bring_over(request: ActorRequest, slug: str) -> HttpResponse:
    """Add what the partnership has by now."""
    _partnership, draft = own_draft(request, slug)
    act = partial(service.bring_over, version_id=draft.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _brought)
    return redirect(OWN, slug)


def _brought(number: int) -> str:
    if not number:
        return _("The partnership has nothing that is not in the draft.")
    return ngettext("%(number)d part was added.", "%(number)d parts were added.", number) % {"number": number}


@require_http_methods(["GET", "HEAD", "POST"])
def part_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Add a part: first of which kind, then what it says."""
    partnership, draft = own_draft(request, slug)
    if refused(request, rules.can_add_part(request.actor, draft, parts=len(draft.parts.all()))):
        return redirect(OWN, slug)
    kind = request.GET.get("soort", "")
    if kind not in PartKind.values:
        chosen = KindForm(posted(request))
        if chosen.is_valid():
            return redirect(f"{request.path}?soort={chosen.cleaned_data['kind']}")
        return form_page(request, partnership, chosen, _("Add a part"), _("Go on"))
    return _edit(request, draft, PlaybookPart(version=draft, kind=kind))


@require_http_methods(["GET", "HEAD", "POST"])
def part_change(request: ActorRequest, slug: str, piece: UUID) -> HttpResponse:
    """Change a part of the draft."""
    draft, part = own_part(request, slug, piece)
    return _edit(request, draft, part)


def _edit(request: ActorRequest, draft: PlaybookVersion, part: PlaybookPart) -> HttpResponse:
    partnership = draft.playbook.partnership
    form = PartForm(posted(request), instance=part)
    if form.is_valid():
        form.save(commit=False)
        save = partial(service.save_part, part=form.instance, by=request.actor, read=form.read)
        if attempt_form(request, form, save, _("The part has been saved.")):
            return redirect(OWN, partnership.slug)
    return form_page(request, partnership, form, PartKind(part.kind).label.capitalize())


@require_http_methods(["GET", "HEAD", "POST"])
def part_remove(request: ActorRequest, slug: str, piece: UUID) -> HttpResponse:
    """Leave a part out."""
    _partnership, draft = own_draft(request, slug)
    if request.method == "POST" and not draft.parts.filter(key=piece).exists():
        messages.success(request, THROWN_AWAY)  # the button a second time
        return redirect(OWN, slug)
    draft, part = own_part(request, slug, piece)
    if request.method == "POST":
        remove = partial(service.remove_part, version_id=draft.pk, part_id=part.pk, by=request.actor)
        attempt(request, partial(remove, read=was_read(request)), THROWN_AWAY)
        return redirect(OWN, slug)
    return confirm(request, **pages.removing(part, reverse(OWN, args=[slug])), read=versions.of(part))


@require_http_methods(["GET", "HEAD", "POST"])
def playbook_publish(request: ActorRequest, slug: str) -> HttpResponse:
    """Publish the draft for good."""
    _partnership, draft = own_draft(request, slug)
    back = reverse(OWN, args=[slug])
    if request.method == "POST":
        publish = partial(service.publish, version_id=draft.pk, by=request.actor, read=was_read(request))
        attempt(request, publish, _("The version has been published."))
        return redirect(back)
    if refused(request, rules.can_publish(request.actor, draft, parts=len(draft.parts.all()))):
        return redirect(back)
    return confirm(request, **pages.publishing(draft, back), read=versions.of(draft))


@require_http_methods(["GET", "HEAD", "POST"])
def playbook_discard(request: ActorRequest, slug: str) -> HttpResponse:
    """Throw the draft away."""
    back = reverse(OWN, args=[slug])
    if request.method == "POST" and not has_draft(request, slug):
        messages.success(request, THROWN_AWAY)  # the button a second time
        return redirect(back)
    _partnership, draft = own_draft(request, slug)
    if request.method == "POST":
        discard = partial(service.discard, version_id=draft.pk, by=request.actor, read=was_read(request))
        attempt(request, discard, THROWN_AWAY)
        return redirect(back)
    return confirm(request, **pages.discarding(draft, back), read=versions.of(draft))
