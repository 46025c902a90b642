"""Pages about students: a cohort, a plan, a student's work, an agreement."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Min, OuterRef, Prefetch, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone

from agreements.models import Agreement, AgreementVersion, Signature
from benchmarks.bare.public import LIVE
from core.dates import today
from core.models import StateChange
from placements.models import Match, Placement
from programmes.models import Cohort, Session, WorkProcess
from students.models import Consent, Enrolment, Goal, LearnerAccess, LearningPlan, WorkSituation

OPEN_GOAL = ("agreed", "busy")


def lacking(path: str = "enrolments__") -> dict[str, Count]:
    """How many of a cohort lack a place, a signed agreement, a plan or an account."""
    placed = Q(**{f"{path}placements__state__in": LIVE})
    return {
        "students": Count(path.rstrip("_"), distinct=True),
        "placed": Count(path.rstrip("_"), filter=placed, distinct=True),
        "to_sign": Count(
            path.rstrip("_"), filter=Q(**{f"{path}placements__agreements__state": "signing"}), distinct=True
        ),
        "planned": Count(path.rstrip("_"), filter=Q(**{f"{path}plans__isnull": False}), distinct=True),
        "accounts": Count(
            path.rstrip("_"), filter=Q(**{f"{path}student__person__user__isnull": False}), distinct=True
        ),
    }


def cohort(request: HttpRequest, cohort: int) -> HttpResponse:
    """The students of a cohort with employer, and what is wrong with plan, place, agreement or account; figures on top."""
    group = get_object_or_404(
        Cohort.objects.select_related("programme__school").annotate(**lacking()), pk=cohort
    )
    late = Q(plans__goals__state__in=OPEN_GOAL, plans__goals__current__due_on__lt=today())
    proposals = Match.objects.filter(enrolment=OuterRef("pk")).order_by("-proposed_at")
    signing = AgreementVersion.objects.filter(state="signing").prefetch_related("signatures")
    places = Placement.objects.filter(state__in=LIVE).select_related("slot__organisation")
    rows = (
        Enrolment.objects.filter(cohort=group)
        .select_related("student__person__user")
        .annotate(
            late=Min("plans__goals__current__due_on", filter=late),
            waiting=Count("plans__goals", filter=Q(plans__goals__state="proposed"), distinct=True),
            proposal=Subquery(proposals.values("state")[:1]),
        )
        .prefetch_related(
            Prefetch("placements", places.prefetch_related(Prefetch("agreements__versions", signing))),
            "plans",
        )
        .order_by("student__person__sort_name", "pk")
    )
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    for row in page:
        row.place = next(iter(row.placements.all()), None)
        texts = (
            [text for agreement in row.place.agreements.all() for text in agreement.versions.all()]
            if row.place
            else []
        )
        row.missing = 3 - len(texts[0].signatures.all()) if texts else 0
    context = {
        "cohort": group,
        "page": page,
        "waiting": _waiting(group),
        "next": Session.objects.filter(cohort=group, starts_at__gt=timezone.now())
        .order_by("starts_at")
        .first(),
        "employers": LearnerAccess.objects.filter(enrolment__cohort=group)
        .values_list("organisation__name", flat=True)
        .distinct(),
        "processes": WorkProcess.objects.filter(core_task__qualification__programmes=group.programme_id),
    }
    return HttpResponse(render_to_string("bare/cohort.html", context))


def _waiting(group: Cohort) -> dict[str, int]:
    """The counts on top of the page."""
    goals = Goal.objects.filter(plan__enrolment__cohort=group)
    return goals.aggregate(
        to_assess=Count("pk", filter=Q(state="demonstrated")),
        late=Count("pk", filter=Q(state__in=OPEN_GOAL, current__due_on__lt=today())),
    )


def plan(_request: HttpRequest, plan: int) -> HttpResponse:
    """One plan: its goals by how far they are, who agreed to it, and the coming dates."""
    found = get_object_or_404(
        LearningPlan.objects.select_related(
            "enrolment__student__person", "enrolment__cohort__programme__school"
        ),
        pk=plan,
    )
    goals = (
        Goal.objects.filter(plan=found)
        .exclude(state="lapsed")
        .select_related("work_process", "current", "latest")
        .order_by("work_process__number", "position", "pk")
    )
    sessions = Session.objects.filter(cohort=found.enrolment.cohort, starts_at__gt=timezone.now())
    consents = Consent.objects.filter(goal_version__goal__plan=found, goal_version__plan_versions__plan=found)
    context = {
        "plan": found,
        "goals": goals,
        "qualification": found.enrolment.cohort.programme.qualifications.first(),
        "sessions": sessions.order_by("starts_at")[:2],
        "places": Placement.objects.filter(enrolment=found.enrolment, state__in=LIVE).select_related(
            "organisation"
        ),
        "access": LearnerAccess.objects.filter(enrolment=found.enrolment).select_related("organisation"),
        "agreed": consents.order_by("party", "-at").distinct("party").select_related("by"),
        "versions": found.versions.order_by("-number"),
    }
    return HttpResponse(render_to_string("bare/plan.html", context))


def work(_request: HttpRequest, student: int) -> HttpResponse:
    """A student's place and agreement, open proposals, and what was run into at work."""
    enrolment = Enrolment.objects.filter(student=student).order_by("-pk").select_related("cohort").first()
    places = Placement.objects.filter(student=student, state__in=LIVE)
    context = {
        "enrolment": enrolment,
        "places": places.select_related("slot__organisation", "slot__location").prefetch_related(
            "supervisions__membership__person"
        ),
        "agreements": Agreement.objects.filter(placement__in=places).select_related(
            "placement__slot__organisation"
        ),
        "matches": Match.objects.filter(
            enrolment__student=student, state__in=("proposed", "employer_agreed")
        ).select_related("slot__organisation"),
        "situations": WorkSituation.objects.filter(enrolment=enrolment)
        .select_related("work_process")
        .prefetch_related("treatments__session"),
    }
    return HttpResponse(render_to_string("bare/work.html", context))


def agreement(_request: HttpRequest, agreement: int) -> HttpResponse:
    """An agreement: its text, who signed, on which accreditation, its versions and what happened."""
    signatures = Signature.objects.select_related("person").order_by("pk")
    found = get_object_or_404(
        Agreement.objects.select_related(
            "placement__student__person",
            "placement__slot__organisation",
            "placement__enrolment__cohort__programme__school",
        ),
        pk=agreement,
    )
    versions = (
        found.versions.select_related("location", "trainer__person", "contact__person")
        .prefetch_related(Prefetch("signatures", signatures), "grounds__accreditation")
        .order_by("number")
    )
    history = StateChange.objects.filter(model="agreements.Agreement", object_id=str(found.pk))
    context = {
        "agreement": found,
        "versions": versions,
        "history": history.select_related("by").order_by("at"),
    }
    return HttpResponse(render_to_string("bare/agreement.html", context))
