"""Where someone comes in after signing in, and everything that waits there."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.access import Forbidden
from core.next_steps import NextStep
from partnerships.actors import ActorRequest
from partnerships.enums import Role
from partnerships.models import Organisation
from portal.navigation import spaces_of


@require_safe
def start(request: ActorRequest) -> HttpResponse:
    """The first page of a person's first role; without a role a page that says what to do."""
    spaces = spaces_of(request.actor)
    if not spaces:
        return render(request, "portal/first/none.html")
    return redirect(spaces[0].url)


def own_organisation(request: ActorRequest, slug: str, *roles: Role) -> Organisation:
    """The organisation in the path: 404 for strangers, 403 for colleagues in another role."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if organisation.pk not in request.actor.organisations():
        raise Http404
    if not request.actor.has_role(organisation.pk, *roles):
        raise Forbidden(_("Your role in this organisation does not come with this page."))
    return organisation


def show_tasks(
    request: ActorRequest, role: str, name: str, back: str, steps: Sequence[NextStep]
) -> HttpResponse:
    """Everything that waits in one space, the most urgent first."""
    context = {"role": role, "name": name, "back": back, "steps": steps}
    return render(request, "portal/first/tasks.html", context)
