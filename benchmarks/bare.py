"""The yardstick: what a Django developer writes to show the same rows, without account, rights, filters or words.

Each view reads the rows that our page shows, with the ORM and its usual preloading, and prints the same cells in a
template. No middleware, no context processors, no translation: HTML around a table.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone

from core.dates import today
from partnerships.models import Call, Initiative, Partnership
from placements.models import Match, Placement, Slot
from programmes.models import Cohort, Session
from students.models import Consent, Enrolment, Goal, LearnerAccess, LearningPlan

PARTIES = ("student", "employer", "school")


def initiatives(request: HttpRequest) -> HttpResponse:
    """The first twelve initiatives with themes and partners."""
    rows = (
        Initiative.objects.filter(is_published=True)
        .prefetch_related("themes", "partners__organisation")
        .order_by("-refreshed_on", "title", "pk")
    )
    page = Paginator(rows, 12).get_page(request.GET.get("page"))
    for row in page:
        kinds = [partner.organisation.kind for partner in row.partners.all()]
        row.employers = len([kind for kind in kinds if kind in ("care_provider", "welfare")])
        row.schools = kinds.count("school")
    return HttpResponse(render_to_string("bare/initiatives.html", {"page": page}))


def cohort(request: HttpRequest, cohort: int) -> HttpResponse:
    """The students of a cohort with goals, answers, workplace and dates."""
    group = get_object_or_404(Cohort.objects.select_related("programme"), pk=cohort)
    goals = Goal.objects.select_related("work_process", "latest").prefetch_related("latest__consents")
    access = LearnerAccess.objects.filter(ends_on__gte=today()).select_related("organisation")
    rows = (
        Enrolment.objects.filter(cohort=group)
        .select_related("student__person")
        .prefetch_related(Prefetch("plans__goals", goals), Prefetch("access", access))
        .order_by("student__person__sort_name", "pk")
    )
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    for row in page:
        row.plan = next(iter(row.plans.all()), None)
        row.goals = list(row.plan.goals.all()) if row.plan else []
        answers = [{c.party for c in g.latest.consents.all() if c.answer == "yes"} for g in row.goals]
        row.signs = [(party, all(party in given for given in answers)) for party in PARTIES]
        times = [c.at for g in row.goals for c in g.latest.consents.all() if c.party == "student"]
        row.active_at = max(times, default=None)
        due = [g.latest.due_on for g in row.goals if g.state in ("proposed", "agreed", "busy")]
        row.next_on = min(due, default=None)
    context = {"cohort": group, "page": page, "waiting": _waiting(group)}
    return HttpResponse(render_to_string("bare/cohort.html", context))


def _waiting(group: Cohort) -> dict[str, int]:
    """The counts on top of the page."""
    goals = Goal.objects.filter(plan__enrolment__cohort=group)
    answered = Consent.objects.filter(goal_version__goal__plan__enrolment__cohort=group, party="school")
    return {
        "to assess": goals.filter(state="demonstrated").count(),
        "late": goals.filter(state__in=("agreed", "busy"), current__due_on__lt=today()).count(),
        "to answer": goals.filter(state="proposed").exclude(latest__in=answered.values("goal_version")).count(),
    }  # fmt: skip


def plan(_request: HttpRequest, plan: int) -> HttpResponse:
    """One plan: its goals per work process with answers and last remark, and the coming dates."""
    found = get_object_or_404(
        LearningPlan.objects.select_related("enrolment__student__person", "enrolment__cohort__programme"),
        pk=plan,
    )
    goals = (
        Goal.objects.filter(plan=found)
        .exclude(state="lapsed")
        .select_related("work_process", "current", "latest")
        .prefetch_related("latest__consents__by", "remarks__by")
        .order_by("work_process__number", "position", "pk")
    )
    sessions = Session.objects.filter(cohort=found.enrolment.cohort, starts_at__gt=timezone.now()).order_by(
        "starts_at"
    )
    access = LearnerAccess.objects.filter(enrolment=found.enrolment).select_related("organisation")
    context = {"plan": found, "goals": goals, "sessions": sessions[:3], "access": access}
    return HttpResponse(render_to_string("bare/plan.html", context))


def slots(request: HttpRequest, province: str) -> HttpResponse:
    """The first 25 places online in a region, with what is free."""
    rows = (
        Slot.objects.filter(state="online", ends_on__gte=today(), partnership__provinces__contains=[province])
        .select_related("organisation", "location")
        .prefetch_related("qualifications")
        .annotate(
            taken=Count("placements", filter=Q(placements__state__in=("confirmed", "running", "ending")))
        )
        .order_by("starts_on", "title", "pk")
    )
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    for row in page:
        row.free = row.seats - row.taken
    return HttpResponse(render_to_string("bare/slots.html", {"page": page}))


def coordinator(_request: HttpRequest, partnership: int) -> HttpResponse:
    """The figures of a partnership, its places per qualification, open calls and oldest initiatives."""
    found = get_object_or_404(Partnership, pk=partnership)
    enrolled = Enrolment.objects.filter(cohort__programme__partnership=found, state="enrolled")
    online = Slot.objects.filter(partnership=found, state="online", ends_on__gte=today())
    live = Placement.objects.filter(slot__partnership=found, state__in=("confirmed", "running", "ending"))
    matches = Match.objects.filter(slot__partnership=found, state__in=("proposed", "employer_agreed"))
    per_qualification = online.values("qualifications__name", "qualifications__crebo").annotate(
        seats=Sum("seats")
    )
    students = enrolled.values("cohort__programme__qualifications__crebo").annotate(number=Count("pk"))
    calls = Call.objects.filter(partnership=found, deadline__gte=today()).annotate(
        firm=Sum("sign_ups__places", filter=Q(sign_ups__state__in=("pledged", "signed", "started")))
    )
    context = {
        "partnership": found,
        "seats": online.aggregate(seats=Sum("seats"))["seats"],
        "given": live.count(),
        "students": enrolled.count(),
        "placed": enrolled.filter(placements__state__in=("confirmed", "running", "ending"))
        .distinct()
        .count(),
        "plans": LearningPlan.objects.filter(enrolment__in=enrolled, state="active").count(),
        "matches": matches.count(),
        "rows": per_qualification.order_by("qualifications__name"),
        "demand": {row["cohort__programme__qualifications__crebo"]: row["number"] for row in students},
        "calls": calls.order_by("deadline"),
        "initiatives": Initiative.objects.filter(partnership=found).order_by("refreshed_on")[:6],
    }
    return HttpResponse(render_to_string("bare/coordinator.html", context))
