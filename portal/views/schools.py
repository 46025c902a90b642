"""The teacher's first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.enums import Role
from core.dates import local_day
from partnerships.actors import Actor, ActorRequest, HeldRole
from portal import next_steps as placement_steps
from portal.views.start import own_organisation, show_next_steps
from programmes.models import Cohort, Session
from programmes.rules.accreditations import can_check_accreditations
from students.presenters import next_steps as student_steps
from ui.components import AgendaItem
from ui.formats import span
from ui.next_steps import NextStep, by_urgency, first_of

ROLES = (Role.TEACHER, Role.MANAGER)


def _steps(actor: Actor, organisation: HeldRole) -> list[NextStep]:
    return by_urgency(
        [
            *student_steps.for_teacher(actor, organisation.organisation_id),
            *placement_steps.for_teacher(actor, organisation.organisation_id),
        ]
    )


@require_safe
def school_start(request: ActorRequest, slug: str) -> HttpResponse:
    """What waits, own cohorts and the coming lessons; for a manager who teaches nothing the way to the school's."""
    organisation = own_organisation(request, slug, *ROLES)
    cohorts = Cohort.objects.taught_by(request.actor).filter(programme__school=organisation.organisation_id)
    sessions = Session.objects.filter(cohort__in=cohorts).upcoming().select_related("cohort")
    context = {
        "space": "teacher",
        "organisation": organisation,
        "first_step": first_of(
            _steps(request.actor, organisation), reverse("school-next-steps", args=[organisation.slug])
        ),
        "cohorts": cohorts.for_list()[:20],
        "teaches": request.actor.has_role(organisation.organisation_id, Role.TEACHER),
        "may_check": can_check_accreditations(request.actor),
        "dates": [
            AgendaItem(
                local_day(row.starts_at),
                row.theme,
                [span(row.starts_at, row.ends_at), row.cohort.name],
            )
            for row in sessions[:4]
        ],
    }
    return render(request, "portal/first/school.html", context)


@require_safe
def school_next_steps(request: ActorRequest, slug: str) -> HttpResponse:
    organisation = own_organisation(request, slug, *ROLES)
    back = reverse("school-start", args=[slug])
    return show_next_steps(request, "teacher", organisation.name, back, _steps(request.actor, organisation))
