"""Two organisations, or two locations of one, that turn out to be one: found, looked at beside each other, and merged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import versions
from core.access import Verdict, require
from core.merging import Merging
from partnerships.actors import ActorRequest
from partnerships.forms.merging import StaysForm
from partnerships.models import Organisation
from partnerships.presenters.merging import Line, location_lines, organisation_lines
from partnerships.presenters.spaces import space_of_organisation
from partnerships.queries import apart
from partnerships.queries import merging as queries
from partnerships.queries.likeness import organisations_alike
from partnerships.rules import memberships as membership_rules
from partnerships.rules import merging as rules
from partnerships.services import apart as apart_service
from partnerships.services import locations, organisations
from partnerships.views.guards import location_or_404
from ui.acts import attempt, number_read, posted, refused, tell, was_read
from ui.pages import paginate, paginate_list


@dataclass(frozen=True)
class _Page:
    """What differs between the two kinds: the rows with their facts, the verb, who may, and where it stands."""

    pair: tuple[Any, Any]
    lines: list[Line]
    merge: Callable[..., Merging]
    looked_at: Callable[..., Merging]
    may: Callable[..., Verdict]
    back: str
    context: dict[str, Any]


@require_safe
def organisation_alike_list(request: ActorRequest) -> HttpResponse:
    """Organisations that may be one, the likeliest first, and those of which was said that they are two."""
    require(rules.can_look_for_doubles(request.actor))
    said = apart.said(Organisation.objects.all())
    page = paginate_list(request, apart.without(organisations_alike(), said))
    apart_page = paginate_list(request, said, parameter="twee")
    found = queries.organisations_beside(page, apart_page)
    context = {
        "page": page,
        "apart_page": apart_page,
        "pairs": [row for row in found if row.act is None],
        "apart": [row for row in found if row.act is not None],
        "space": "administrator",
    }
    return render(request, "partnerships/merging/alike.html", context)


@require_POST
def organisation_apart(request: ActorRequest, slug: str, other: str) -> HttpResponse:
    """Two organisations that look alike are two, or that is taken back."""
    require(rules.can_look_for_doubles(request.actor))
    rows = Organisation.objects.standing()
    pair = get_object_or_404(rows, slug=slug), get_object_or_404(rows, slug=other)
    return _apart(request, pair, reverse("partnerships:organisation-alike-list"))


@require_safe
def organisation_merge_find(request: ActorRequest, slug: str) -> HttpResponse:
    """The other one, found by name."""
    require(rules.can_look_for_doubles(request.actor))
    organisation = get_object_or_404(Organisation.objects.standing(), slug=slug)
    name = request.GET.get("naam", "").replace("\x00", "")[:120]
    found = paginate(request, queries.others_named(name, organisation))
    context = {"organisation": organisation, "name": name, "found": found, "space": "administrator"}
    return render(request, "partnerships/merging/find.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_merge(request: ActorRequest, slug: str, other: str) -> HttpResponse:
    """Two organisations beside each other, what merging them does, and the act."""
    require(rules.can_look_for_doubles(request.actor))
    rows = queries.beside_each_other()
    pair = get_object_or_404(rows, slug=slug), get_object_or_404(rows, slug=other)
    page = _Page(
        pair=pair,
        lines=organisation_lines(*pair),
        merge=organisations.merge,
        looked_at=organisations.looked_at,
        may=rules.can_merge,
        back=reverse("partnerships:organisation-alike-list"),
        context={"space": "administrator", "back_label": _("Organisations that look alike")},
    )
    return _merge(request, page)


@require_safe
def location_merge_find(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """The other locations of the organisation, to choose the one that is the same."""
    organisation, location = location_or_404(request, slug, public_id)
    require(membership_rules.can_manage(request.actor, organisation))
    page = paginate(request, queries.other_locations(location))
    context = {"organisation": organisation, "location": location, "page": page}
    context |= space_of_organisation(organisation)
    return render(request, "partnerships/merging/locations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def location_merge(request: ActorRequest, slug: str, public_id: UUID, other: UUID) -> HttpResponse:
    """Two locations of an organisation beside each other, what merging them does, and the act."""
    organisation, one = location_or_404(request, slug, public_id)
    _same, two = location_or_404(request, slug, other)
    require(membership_rules.can_manage(request.actor, organisation))
    one.organisation = two.organisation = organisation
    page = _Page(
        pair=(one, two),
        lines=location_lines(one, two),
        merge=locations.merge,
        looked_at=locations.looked_at,
        may=rules.can_merge_locations,
        back=reverse("partnerships:location-list", args=[slug]),
        context=space_of_organisation(organisation) | {"back_label": _("Locations")},
    )
    return _merge(request, page)


@require_POST
def location_apart(request: ActorRequest, slug: str, public_id: UUID, other: UUID) -> HttpResponse:
    """Two locations that look alike are two, or that is taken back."""
    organisation, one = location_or_404(request, slug, public_id)
    _same, two = location_or_404(request, slug, other)
    require(membership_rules.can_manage(request.actor, organisation))
    return _apart(request, (one, two), reverse("partnerships:location-list", args=[slug]))


def _apart(request: ActorRequest, pair: tuple[Any, Any], back: str) -> HttpResponse:
    """With an act that was said to be taken back, without one to say it."""
    one, other = pair
    values = {"one": one, "other": other, "by": request.actor}
    if not refused(request, rules.can_tell_apart(request.actor, one, other)):
        if "act" in request.POST:
            act = partial(apart_service.take_back, act_id=number_read(request.POST["act"]), **values)
            attempt(request, act, _("These two are shown again among those that look alike."))
        else:
            act = partial(apart_service.say, read=was_read(request), **values)
            attempt(request, act, _("Noted: these are two. They are not shown as alike any more."))
    return redirect(back)


def _merge(request: ActorRequest, page: _Page) -> HttpResponse:
    """The choice of which one stays, then what moves, then the act; each is asked again under the lock."""
    kept, dropped = page.pair
    either = page.may(request.actor, kept, dropped) or page.may(request.actor, dropped, kept)
    if refused(request, either):
        return redirect(page.back)
    form = StaysForm(posted(request), rows=page.pair)
    shown = None
    if form.is_valid():
        kept, dropped = form.chosen()
        if "digest" in request.POST and _done(request, page, kept, dropped):
            return redirect(page.back)
        shown = _shown(request, page, kept, dropped)
    context = {"form": form, "lines": page.lines, "pair": page.pair, "back": page.back, **page.context}
    context |= {"merging": shown, "kept": kept, "dropped": dropped, "read": versions.of(kept, dropped)}
    return render(request, "partnerships/merging/merge.html", context)


def _done(request: ActorRequest, page: _Page, kept: Any, dropped: Any) -> bool:
    sent = {"read": request.POST.get("read", ""), "digest": request.POST["digest"]}
    act = partial(page.merge, kept_id=kept.pk, dropped_id=dropped.pk, by=request.actor, **sent)
    words = _("%(dropped)s and %(kept)s are one now. Everything is at %(kept)s.")
    return attempt(request, act, words % {"dropped": dropped.name, "kept": kept.name})


def _shown(request: ActorRequest, page: _Page, kept: Any, dropped: Any) -> Merging | None:
    """What would happen; nothing, with the reason in a message, when these two cannot be one."""
    try:
        return page.looked_at(kept_id=kept.pk, dropped_id=dropped.pk, by=request.actor)
    except ValidationError as refusal:
        tell(request, refusal)
        return None
