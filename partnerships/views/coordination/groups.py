"""Groups of a partnership: make and change them, give and end seats."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.actors import ActorRequest
from partnerships.forms.groups import AffiliateForm, GroupForm, NewcomerForm, OfficeForm, SeatForm
from partnerships.models import Group, Partnership
from partnerships.presenters import sheets
from partnerships.presenters.groups import rows_of
from partnerships.rules import groups as rules
from partnerships.rules.partnerships import goes_on
from partnerships.services import affiliations, returns
from partnerships.services import groups as service
from partnerships.views.guards import coordinated_group, coordinated_partnership, group_in
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def group_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """Every group with who is missing."""
    partnership = coordinated_partnership(request, slug)
    found = Group.objects.filter(partnership=partnership).with_expected().for_list()
    if file := asked(request, found, sheets.GROUPS):
        return file
    page = paginate(request, found)
    context = {"space": "coordinator", "partnership": partnership, "page": page, "rows": rows_of(list(page))}
    return render(request, "partnerships/coordination/groups/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def group_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Make a group."""
    partnership = coordinated_partnership(request, slug)
    back = reverse("partnerships:coordination-groups", args=[slug])
    if refused(request, goes_on(partnership)):
        return redirect(back)
    return _edit(request, partnership, None, {"back": back})


@require_http_methods(["GET", "HEAD", "POST"])
def group_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Change a group."""
    partnership, group = group_in(request, slug, public_id)
    if refused(request, rules.can_change(request.actor, group)):
        return redirect(group)
    context = {"back": group.get_absolute_url()}
    if group.pk in request.actor.presides:  # comes from the own groups
        context["belongs_under"] = reverse("partnerships:group-list")
    return _edit(request, partnership, group, context)


def _edit(
    request: ActorRequest, partnership: Partnership, group: Group | None, context: dict[str, Any]
) -> HttpResponse:
    row = group or Group(partnership=partnership)
    may_change_kind = bool(rules.can_change_kind(request.actor, row))
    form = GroupForm(posted(request), instance=row, may_change_kind=may_change_kind)
    if form.is_valid():
        form.save(commit=False)
        act = partial(service.save, group=row, by=request.actor, version=form.read, **form.expected())
        if attempt_form(request, form, act, _("The group has been saved."), field="name"):
            return redirect(form.instance)
    context |= {"space": "coordinator", "partnership": partnership, "group": group, "form": form}
    return render(request, "partnerships/coordination/groups/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_give(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Give someone of a member organisation a seat."""
    partnership, group = coordinated_group(request, slug, public_id)
    form = SeatForm(posted(request), group=group)
    if form.is_valid():
        act = partial(service.give_seat, group_id=group.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _("Member added."), field="membership"):
            return redirect(group)
    context = {"space": "coordinator", "partnership": partnership, "group": group, "form": form}
    return render(request, "partnerships/coordination/groups/seat.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_affiliate(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Give a student, client, carer or expert a seat who takes part already."""
    partnership, group = coordinated_group(request, slug, public_id)
    form = AffiliateForm(posted(request), group=group)
    if form.is_valid():
        act = partial(service.seat_affiliate, group_id=group.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _("Member added."), field="affiliation"):
            return redirect(group)
    context = {"space": "coordinator", "partnership": partnership, "group": group, "form": form}
    return render(request, "partnerships/coordination/groups/affiliate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_newcomer(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Give a client, carer or expert a seat by name and address."""
    partnership, group = coordinated_group(request, slug, public_id)
    form = NewcomerForm(posted(request), group=group)
    if form.is_valid():
        act = partial(service.seat_newcomer, group_id=group.pk, by=request.actor, **form.newcomer())
        if attempt_form(request, form, act, _("Member added. Who has no account gets an invitation.")):
            return redirect(group)
    context = {"space": "coordinator", "partnership": partnership, "group": group, "form": form}
    return render(request, "partnerships/coordination/groups/newcomer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def affiliation_end(request: ActorRequest, slug: str, public_id: UUID, seat: UUID) -> HttpResponse:
    """Let whoever sits there without working for a member take part no more, in any group of the partnership."""
    partnership, group = coordinated_group(request, slug, public_id)
    found = get_object_or_404(group.seats.for_list().filter(affiliation__isnull=False), public_id=seat)
    affiliation = get_object_or_404(group.partnership.affiliations, seats=found)
    if request.method == "POST":
        end = partial(affiliations.end, affiliation_id=affiliation.pk, by=request.actor)
        act = partial(end, read=was_read(request))
        attempt(request, act, _("This person no longer takes part."))
        return redirect(group)
    context = {"space": "coordinator", "partnership": partnership, "group": group, "seat": found}
    context["affiliation"] = affiliation
    return render(request, "partnerships/coordination/groups/affiliation_end.html", context)


@require_POST
def seat_invite_again(request: ActorRequest, slug: str, public_id: UUID, seat: UUID) -> HttpResponse:
    """Mail a new link to who sits there without an account."""
    _partnership, group = coordinated_group(request, slug, public_id)
    again = partial(service.invite_again, group_id=group.pk, public_id=seat, by=request.actor)
    act = partial(again, read=was_read(request))
    attempt(request, act, _("A new link is on its way."))
    return redirect(group)


@require_POST
def affiliation_take_back(request: ActorRequest, slug: str, public_id: UUID, seat: UUID) -> HttpResponse:
    """Let whoever sits there take part again, whose taking part ended lately."""
    _partnership, group = coordinated_group(request, slug, public_id)
    row = get_object_or_404(group.partnership.affiliations, seats__public_id=seat, seats__group=group)
    act = partial(returns.affiliation, affiliation_id=row.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("This person takes part again."))
    return redirect(group)


@require_POST
def seat_take_back(request: ActorRequest, slug: str, public_id: UUID, seat: UUID) -> HttpResponse:
    """Let someone whose seat ended lately sit in the group again."""
    _partnership, group = coordinated_group(request, slug, public_id)
    found = get_object_or_404(group.seats.all(), public_id=seat)
    back = partial(returns.seat, group_id=group.pk, public_id=found.public_id, by=request.actor)
    act = partial(back, read=was_read(request))
    attempt(request, act, _("The seat continues as it was."))
    return redirect(group)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_end(request: ActorRequest, slug: str, public_id: UUID, seat: UUID) -> HttpResponse:
    """End a seat; one that ended meanwhile may have left no trace."""
    partnership, group = coordinated_group(request, slug, public_id)
    found = group.seats.for_list().filter(public_id=seat).first()
    if refused(request, rules.can_end_seat(found)):
        return redirect(group)
    if request.method == "POST":
        end = partial(service.end_seat, group_id=group.pk, public_id=seat, by=request.actor)
        act = partial(end, read=was_read(request))
        attempt(request, act, _("The seat has ended."))
        return redirect(group)
    context = {"space": "coordinator", "partnership": partnership, "group": group, "seat": found}
    return render(request, "partnerships/coordination/groups/seat_end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_office(request: ActorRequest, slug: str, public_id: UUID, seat: UUID) -> HttpResponse:
    """Make who sits there chair or secretary, or no longer so."""
    partnership, group = coordinated_group(request, slug, public_id)
    found = get_object_or_404(group.seats.for_list(), public_id=seat)
    if refused(request, rules.can_change_office(found)):
        return redirect(group)
    form = OfficeForm(posted(request), seat=found)
    if form.is_valid():
        change = partial(service.change_office, group_id=group.pk, public_id=seat, by=request.actor)
        act = partial(change, read=was_read(request), **form.cleaned_data)
        if attempt_form(request, form, act, _("Saved.")):
            return redirect(group)
    context = {"space": "coordinator", "partnership": partnership, "group": group, "form": form}
    return render(request, "partnerships/coordination/groups/office.html", context | {"seat": found})
