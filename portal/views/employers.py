"""The employer's first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.dates import today
from core.next_steps import NextStep, as_task, by_urgency
from partnerships.actors import Actor, ActorRequest, Grant
from partnerships.enums import Role
from placements.models import Accreditation, Placement, Slot
from placements.rules import placements as placement_rules
from placements.services import next_steps as placement_steps
from placements.views.shown import ShownSlot
from portal.views.start import own_organisation, show_tasks
from students.services import next_steps as student_steps

ROLES = (Role.MANAGER, Role.CONTACT, Role.PRACTICE_TRAINER)
MOST_ROWS = 8


def _steps(actor: Actor, organisation: Grant) -> list[NextStep]:
    return by_urgency(
        [
            *placement_steps.for_employer(actor, organisation.organisation_id),
            *student_steps.for_employer(actor, organisation.organisation_id),
        ]
    )


@require_safe
def employer_start(request: ActorRequest, slug: str) -> HttpResponse:
    """What waits, the places, who learns where, and the accreditations."""
    organisation = own_organisation(request, slug, *ROLES)
    slots = Slot.objects.own(request.actor).filter(
        organisation=organisation.organisation_id, ends_on__gte=today()
    )
    students = Placement.objects.visible_to(request.actor).filter(
        slot__organisation=organisation.organisation_id
    )
    context = {
        "role": "employer",
        "organisation": organisation,
        "task": as_task(
            _steps(request.actor, organisation), reverse("employer-tasks", args=[organisation.slug])
        ),
        "slots": [ShownSlot(slot) for slot in slots.for_list()[:MOST_ROWS]],
        "placements": students.live()
        .for_list()
        .order_by("slot__location__name", "student__sort_name", "pk")[:MOST_ROWS],
        "sees_students": placement_rules.can_see_students(request.actor, organisation.organisation_id),
        "accreditations": Accreditation.objects.filter(organisation=organisation.organisation_id).order_by(
            "crebo", "pk"
        )[:20],
    }
    return render(request, "portal/first/employer.html", context)


@require_safe
def employer_tasks(request: ActorRequest, slug: str) -> HttpResponse:
    organisation = own_organisation(request, slug, *ROLES)
    back = reverse("employer-start", args=[slug])
    return show_tasks(request, "employer", organisation.name, back, _steps(request.actor, organisation))
