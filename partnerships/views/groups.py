"""Groups for those who sit in them: the mandate, who is there, who is missing."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.models import Group, GroupSeat, Member
from ui.pages import paginate


@require_safe
def group_list(request: ActorRequest) -> HttpResponse:
    """Own groups."""
    own = Group.objects.filter(pk__in=request.actor.groups).for_list()
    return render(
        request, "partnerships/groups/list.html", {"space": "coordinator", "page": paginate(request, own)}
    )


@require_safe
def group_detail(request: ActorRequest, public_id: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.visible_to(request.actor).for_list(), public_id=public_id)
    seats = list(GroupSeat.objects.running().filter(group=group).for_list())
    members = Member.objects.running().filter(partnership=group.partnership_id).for_list()
    coordinates = group.partnership_id in request.actor.coordinates
    context = {
        "space": "coordinator",
        "belongs_under": (
            reverse("partnerships:coordination-groups", args=[group.partnership.slug])
            if coordinates
            else reverse("partnerships:group-list")
        ),
        "group": group,
        "seats": seats,
        "missing": group.missing(members, seats),
        "coordinates": coordinates,
    }
    return render(request, "partnerships/groups/detail.html", context)
