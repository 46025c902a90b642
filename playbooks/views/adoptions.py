"""A partnership begins with the playbook of another; those inside read it, its coordinators take over and keep."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from core.for_everyone import for_everyone
from partnerships.actors import ActorRequest
from playbooks.enums import PartKind
from playbooks.forms.adoptions import AdoptedPartForm, ChoicesForm, StartForm
from playbooks.forms.playbooks import KindForm
from playbooks.models import AdoptedPart, PlaybookVersion
from playbooks.presenters import adoptions as pages
from playbooks.queries import adoptions as queries
from playbooks.rules import adoptions as rules
from playbooks.services import adoptions as service
from playbooks.views.guards import coordinated_adoption, own_adoption
from playbooks.views.playbooks import form_page
from ui.acts import attempt, attempt_form, posted, refused, was_read

DETAIL = "playbooks:adoption-detail"


@login_not_required
@require_safe
@for_everyone
def playbook_family(request: HttpRequest) -> HttpResponse:
    """Who began from whom."""
    return render(request, "playbooks/public/family.html", {"family": pages.family()})


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_start(request: ActorRequest, slug: str) -> HttpResponse:
    """Begin with the newest version, for a partnership that one coordinates."""
    rows = PlaybookVersion.objects.current().with_parts()
    version = get_object_or_404(rows, playbook__slug=slug)
    require(rules.can_start_any(request.actor))
    choices = list(queries.may_begin_with(request.actor, version))
    form = StartForm(posted(request), choices=choices)
    if form.is_valid():
        partnership = form.cleaned_data["partnership"]
        start = partial(service.start, version_id=version.pk, partnership_id=partnership.pk, by=request.actor)
        if attempt_form(request, form, start, _("The playbook has been taken over. Make it your own.")):
            return redirect(DETAIL, partnership.slug)
    context = {"space": "coordinator", "version": version, "form": form, "choices": choices}
    return render(request, "playbooks/adoptions/start.html", context)


@require_safe
def adoption_detail(request: ActorRequest, slug: str) -> HttpResponse:
    """What a partnership works by, for those inside."""
    adoption = own_adoption(request, slug)
    context = pages.adopted_context(request.actor, adoption, queries.newest_for(adoption))
    return render(request, "playbooks/adoptions/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def adopted_part_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Add a piece of one's own."""
    adoption = coordinated_adoption(request, slug)
    kind = request.GET.get("soort", "")
    if kind not in PartKind.values:
        chosen = KindForm(posted(request))
        if chosen.is_valid():
            return redirect(f"{request.path}?soort={chosen.cleaned_data['kind']}")
        return form_page(request, adoption.partnership, chosen, _("Add a part"), _("Go on"))
    return _edit(request, AdoptedPart(adoption=adoption, kind=kind))


@require_http_methods(["GET", "HEAD", "POST"])
def adopted_part_change(request: ActorRequest, slug: str, piece: UUID) -> HttpResponse:
    """Change a piece."""
    adoption = coordinated_adoption(request, slug)
    part = get_object_or_404(adoption.parts.filter(is_left=False), key=piece)
    part.adoption = adoption
    return _edit(request, part)


def _edit(request: ActorRequest, part: AdoptedPart) -> HttpResponse:
    partnership = part.adoption.partnership
    if refused(request, rules.can_work_on(request.actor, partnership)):
        return redirect(part.adoption)
    form = AdoptedPartForm(posted(request), instance=part)
    if form.is_valid():
        form.save(commit=False)
        save = partial(service.save_part, part=form.instance, by=request.actor, read=form.read)
        if attempt_form(request, form, save, _("The part has been saved.")):
            return redirect(part.adoption)
    return form_page(request, partnership, form, PartKind(part.kind).label.capitalize())


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_differences(request: ActorRequest, slug: str) -> HttpResponse:
    """What differs between one's own and the newest, to be taken over or kept piece by piece."""
    adoption = coordinated_adoption(request, slug)
    newest = queries.newest_for(adoption)
    own = list(adoption.parts.for_list())
    rows = queries.differing(own, list(newest.parts.all())) if newest else []
    if newest is None or refused(request, rules.can_work_on(request.actor, adoption.partnership)):
        return redirect(adoption)
    form = ChoicesForm(posted(request), rows=rows)
    if form.is_valid():
        choose = partial(service.choose, adoption_id=adoption.pk, choices=form.cleaned_data, by=request.actor)
        attempt(request, partial(choose, read=was_read(request)), _chosen)
        return redirect(adoption)
    context = {"space": "coordinator", "adoption": adoption, "partnership": adoption.partnership}
    context |= {"newest": newest, "form": form, "rows": pages.compared(rows, form)}
    context["edition"] = queries.edition(newest, own)
    return render(request, "playbooks/adoptions/differences.html", context)


def _chosen(number: int) -> str:
    if not number:
        return _("You chose nothing, so all stays as it is.")
    words = ngettext(
        "Your choice about %(number)d part has been saved.",
        "Your choices about %(number)d parts have been saved.",
        number,
    )
    return words % {"number": number}


@require_POST
def choice_undo(request: ActorRequest, slug: str, number: int) -> HttpResponse:
    """Bring a piece back to how it was before a choice."""
    adoption = coordinated_adoption(request, slug)
    choice = get_object_or_404(queries.choices_of(adoption), pk=number)
    attempt(
        request,
        partial(service.undo, choice_id=choice.pk, by=request.actor),
        _("The part is as it was before."),
    )
    return redirect(adoption)
