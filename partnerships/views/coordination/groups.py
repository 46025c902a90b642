"""Groups of a partnership: make, change, give and end seats."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.actors import ActorRequest
from partnerships.forms.governance import GroupForm, SeatForm
from partnerships.models import Group, GroupSeat, Member, Partnership
from partnerships.services import governance as service
from partnerships.views.guards import coordinated_partnership
from ui.pages import paginate


@require_safe
def group_list(request: ActorRequest, slug: str) -> HttpResponse:
    """Every group with who is missing; members and seats are read once for all."""
    partnership = coordinated_partnership(request, slug)
    page = paginate(request, Group.objects.filter(partnership=partnership).for_list())
    groups = list(page)
    members = list(Member.objects.running().filter(partnership=partnership).for_list())
    seats = list(GroupSeat.objects.running().filter(group__in=groups).for_list())
    rows = []
    for group in groups:
        own = [seat for seat in seats if seat.group_id == group.pk]
        rows.append((group, len(own), group.missing(members, own)))
    context = {"space": "coordinator", "partnership": partnership, "page": page, "rows": rows}
    return render(request, "partnerships/coordination/groups/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def group_create(request: ActorRequest, slug: str) -> HttpResponse:
    return _edit(request, coordinated_partnership(request, slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
def group_change(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    partnership, group = _group(request, slug, public_id)
    return _edit(request, partnership, group)


def _edit(request: ActorRequest, partnership: Partnership, group: Group | None) -> HttpResponse:
    form = GroupForm(request.POST or None, instance=group or Group(partnership=partnership))
    if form.is_valid() and form.save_or_explain("name"):
        messages.success(request, _("The group has been saved."))
        return redirect(form.instance)
    context = {"space": "coordinator", "partnership": partnership, "group": group, "form": form}
    return render(request, "partnerships/coordination/groups/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_give(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    partnership, group = _group(request, slug, public_id)
    form = SeatForm(request.POST or None, group=group)
    if form.is_valid():
        try:
            service.give_seat(group_id=group.pk, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("membership", error)
        else:
            messages.success(request, _("The seat has been given."))
            return redirect(group)
    context = {"space": "coordinator", "partnership": partnership, "group": group, "form": form}
    return render(request, "partnerships/coordination/groups/seat.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_end(request: ActorRequest, slug: str, public_id: str, seat: str) -> HttpResponse:
    partnership, group = _group(request, slug, public_id)
    found = GroupSeat.objects.running().for_list().filter(group=group, public_id=seat).first()
    if found is None:
        messages.info(request, _("This seat had already ended."))
        return redirect(group)
    if request.method != "POST":
        context = {"space": "coordinator", "partnership": partnership, "group": group, "seat": found}
        return render(request, "partnerships/coordination/groups/seat_end.html", context)
    try:
        service.end_seat(group_id=group.pk, public_id=seat)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The seat has ended."))
    return redirect(group)


def _group(request: ActorRequest, slug: str, public_id: str) -> tuple[Partnership, Group]:
    partnership = coordinated_partnership(request, slug)
    return partnership, get_object_or_404(Group.objects.filter(partnership=partnership), public_id=public_id)
