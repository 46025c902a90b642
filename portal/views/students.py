"""Pages of a student that join learning with place and agreement: one's own, and what the school sees of it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.enums import AgreementState
from agreements.models import Agreement, AgreementQuerySet
from agreements.presenters.agreements import Row, row_of
from agreements.presenters.status import word_of
from agreements.queries import own as own_agreements
from partnerships.actors import Actor, ActorRequest
from partnerships.queries.initiative_participants import joined_by
from placements.models import Match, Placement
from placements.models.placements import PlacementQuerySet
from placements.presenters.placements import PlacementRow
from placements.queries import own
from placements.queries.placed import live_of
from portal import journey, next_steps
from portal.own_plan import open_plan
from portal.sight import PARTIES
from students.enums import EnrolmentState
from students.models import Enrolment, LearnerAccess
from students.presenters.enrolments import enrolment_url, head_of
from students.presenters.own_status import status_context
from students.presenters.plans import plan_context
from students.views.guards import cohort_enrolment_or_404, own_enrolment
from students.views.own_situations import situations_context


@require_safe
def student_start(request: ActorRequest) -> HttpResponse:
    """Mijn leerplan, with what waits for the student anywhere in the portal."""
    actor = request.actor
    mine = {"takes_part": joined_by(actor.person_id) if actor.joins else ()}
    steps, enrolment = next_steps.beside_plan(actor), own_enrolment(actor)
    plan = open_plan(enrolment)
    if plan is None:
        agreed = Agreement.objects.filter(state=AgreementState.ACTIVE)
        standing = list(
            live_of(enrolment).annotate(has_agreement=Exists(agreed.filter(placement=OuterRef("pk"))))
        )
        context = status_context(enrolment, steps, has_place=bool(standing)) | mine
        context["journey"] = journey.without_plan(enrolment, standing)
        context["ahead"] = journey.ahead(enrolment)
        return render(request, _template_of(enrolment, context), context)
    context = plan_context(actor, plan, steps) | mine
    context |= {"no_place": not vars(plan)["here"], "again": enrolment.continues_id}
    context["journey"] = journey.with_plan(enrolment, plan, context["achieved"], context["total"])
    return render(request, "students/plans/detail.html", context)


def _template_of(enrolment: Enrolment, context: Mapping[str, Any]) -> str:
    """Who has heard of no place yet reads what Leerpact is, and tells what place to look for."""
    is_new = enrolment.state == EnrolmentState.ENROLLED and not context["has_place"] and not context["plan"]
    if is_new and not Match.objects.filter(enrolment=enrolment).exists():
        return "portal/first/student.html"
    return "students/student/status.html"


@require_safe
def student_next_steps(request: ActorRequest) -> HttpResponse:
    """Everything that waits for the student, the most urgent first."""
    own_enrolment(request.actor)
    context = {"steps": next_steps.for_student(request.actor), "space": "student"}
    return render(request, "students/student/next_steps.html", context)


@require_safe
def student_sight(request: ActorRequest) -> HttpResponse:
    """Who sees what of a student, in plain words; the same for every student."""
    own_enrolment(request.actor)
    return render(request, "portal/student_sight.html", {"parties": PARTIES, "space": "student"})


@require_safe
def student_work(request: ActorRequest) -> HttpResponse:
    """Werk: own place and agreement, proposals, and what I ran into at work."""
    enrolment = own_enrolment(request.actor)
    person = request.actor.person_id
    context = {
        **situations_context(request.actor, request, enrolment),
        "placements": own.places(person),
        "agreements": [(row, word_of(row)) for row in own_agreements.of_places(person=person)],
        "matches": own.proposals(person=person),
        "space": "student",
    }
    return render(request, "portal/first/student_work.html", context)


@require_safe
def student_placements(request: ActorRequest) -> HttpResponse:
    """Every place one ever had, with its agreements: what was agreed stays there for ever."""
    own_enrolment(request.actor)
    places = Placement.objects.visible_to(request.actor).filter(student__person=request.actor.person_id)
    rows = _with_agreements(places, _own_agreements(request.actor))
    context = {"rows": rows, "space": "student", "belongs_under": reverse("student-work")}
    return render(request, "portal/student_placements.html", context)


@require_safe
def enrolment_placements(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """The same of a student in a cohort, for its teachers, as far as they may see it."""
    group, row = cohort_enrolment_or_404(request, school, cohort, enrolment)
    placements = Placement.objects.visible_to(request.actor).filter(student=row.student)
    agreements = Agreement.objects.visible_to(request.actor).filter(placement__student=row.student)
    context = head_of(group) | {
        "enrolment": row,
        "enrolment_url": enrolment_url(group, row),
        "rows": _with_agreements(placements, agreements.with_lost().for_list().order_by("-number")),
        "access": LearnerAccess.objects.filter(enrolment=row).for_list(),
    }
    return render(request, "portal/enrolment_placements.html", context)


def _with_agreements(
    placements: PlacementQuerySet, agreements: AgreementQuerySet
) -> list[tuple[Placement, PlacementRow, list[Row]]]:
    """Placements, the newest first, each with its state in words and its agreements."""
    found: dict[int, list[Row]] = defaultdict(list)
    for agreement in agreements:
        found[agreement.placement_id].append(row_of(agreement))
    rows = placements.for_list().order_by("-starts_on", "-pk")
    return [(placement, PlacementRow(placement), found[placement.pk]) for placement in rows]


def _own_agreements(actor: Actor) -> AgreementQuerySet:
    own = Agreement.objects.visible_to(actor).filter(placement__student__person=actor.person_id)
    return own.with_lost().for_list().order_by("-placement__starts_on", "-number")
