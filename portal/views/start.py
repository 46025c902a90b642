"""Where someone comes in after signing in, and everything that waits there."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.enums import Role
from core.access import Forbidden
from partnerships.actors import ActorRequest, HeldRole
from portal.navigation import spaces_of
from ui.next_steps import NextStep


@require_safe
def start(request: ActorRequest) -> HttpResponse:
    """The first page of a person's first role; without a role a page that says what to do."""
    spaces = spaces_of(request.actor)
    if not spaces:
        return render(request, "portal/first/none.html")
    return redirect(spaces[0].url)


def own_organisation(request: ActorRequest, slug: str, *roles: Role) -> HeldRole:
    """The organisation in the path, as one of the actor's roles there names it.

    404 for strangers, 403 for colleagues in another role.
    """
    here = [held for held in request.actor.held if held.slug == slug]
    if not here:
        raise Http404
    fitting = [held for held in here if held.role in roles]
    if not fitting:
        raise Forbidden(_("Your role in this organisation does not come with this page."))
    return fitting[0]


def show_next_steps(
    request: ActorRequest, role: str, name: str, back: str, steps: Sequence[NextStep]
) -> HttpResponse:
    """Everything that waits in one space, the most urgent first."""
    context = {"space": role, "name": name, "back": back, "steps": steps}
    return render(request, "portal/first/next_steps.html", context)
