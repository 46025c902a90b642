"""The employer's first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.enums import Role
from core.dates import today
from partnerships.actors import Actor, ActorRequest, HeldRole
from placements.models import Placement, Slot
from placements.presenters.slots import SlotRow
from placements.rules import placements as placement_rules
from portal import next_steps as placement_steps
from portal.views.start import own_organisation, show_next_steps
from programmes.models import Accreditation
from students.presenters import next_steps as student_steps
from ui.next_steps import NextStep, by_urgency, first_of

ROLES = (Role.MANAGER, Role.CONTACT, Role.PRACTICE_TRAINER)
MOST_ROWS = 8


def _steps(actor: Actor, organisation: HeldRole) -> list[NextStep]:
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
        "space": "employer",
        "organisation": organisation,
        "first_step": first_of(
            _steps(request.actor, organisation), reverse("employer-next-steps", args=[organisation.slug])
        ),
        "slots": [SlotRow(slot) for slot in slots.for_list()[:MOST_ROWS]],
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
def employer_next_steps(request: ActorRequest, slug: str) -> HttpResponse:
    organisation = own_organisation(request, slug, *ROLES)
    back = reverse("employer-start", args=[slug])
    return show_next_steps(request, "employer", organisation.name, back, _steps(request.actor, organisation))
