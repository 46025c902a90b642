"""Where someone comes in after signing in, and everything that waits there."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.models import RoleRequest
from portal.navigation import space_for, spaces_of
from ui.next_steps import MOST, NextStep, groups_of, shown


@require_safe
def start(request: ActorRequest) -> HttpResponse:
    """The first page of a person's first role; without a role a page that says what to do.

    Whoever just accepted an invitation lands at the organisation that it was for.
    """
    place = space_for(request.actor, request.GET.get("uitnodiging", ""))
    if place:
        return redirect(place)
    spaces = spaces_of(request.actor)
    if not spaces:
        asked = RoleRequest.objects.own(request.actor).open().for_list()
        return render(request, "portal/first/none.html", {"asked": asked})
    return redirect(spaces[0].url)


def show_next_steps(
    request: ActorRequest, space: str, name: str, back: str, steps: Sequence[NextStep]
) -> HttpResponse:
    """Everything that waits in one space by kind, in the order of the first page."""
    context = {
        "space": space,
        "name": name,
        "back": back,
        "steps": shown(steps),
        "groups": groups_of(steps),
        "is_cut": len(steps) >= MOST,
    }
    return render(request, "portal/first/next_steps.html", context)
