"""First pages, and the two lists of matching."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone

from agreements.models import AgreementVersion
from benchmarks.bare.learning import lacking
from benchmarks.bare.public import LIVE
from core.dates import today
from partnerships.models import Call, Initiative, Membership, Organisation, Partnership
from placements.models import Match, Placement, Slot
from programmes.models import AccreditationCheck, Cohort, Session
from students.models import Enrolment, Goal, LearningPlan

WAITING = ("proposed", "employer_agreed")


def _with_first(rows: QuerySet[Any]) -> tuple[int, object]:
    """How many there are, and the first."""
    return rows.count(), rows.first()


def _to_sign(signer: str, **of: object) -> tuple[int, object]:
    """Texts that this party has yet to sign."""
    rows = AgreementVersion.objects.filter(state="signing", **of).exclude(signatures__signer=signer)
    people = "agreement__placement__student__person", "agreement__placement__slot__organisation"
    return _with_first(rows.select_related(*people).order_by("pk"))


def employer(_request: HttpRequest, organisation: int) -> HttpResponse:
    """What waits, the places by location with who is there, the accreditations, and the school's contacts."""
    found = get_object_or_404(Organisation, pk=organisation)
    guides = Prefetch("supervisions", to_attr="guides")
    students = Placement.objects.filter(slot__organisation=found, state__in=LIVE)
    slots = (
        Slot.objects.filter(organisation=found, ends_on__gte=today())
        .select_related("location")
        .order_by("location__name", "title")[:12]
    )
    placed = "cohort_teachers__cohort__enrolments__placements"
    teachers = Membership.objects.filter(
        **{f"{placed}__slot__organisation": found, f"{placed}__state__in": LIVE}
    )
    context = {
        "organisation": found,
        "slots": slots,
        "students": students.select_related("student__person")
        .prefetch_related(guides)
        .order_by("ends_on")[:16],
        "to_sign": _to_sign("employer", agreement__placement__slot__organisation=found),
        "unguided": _with_first(
            students.filter(supervisions=None).select_related("student__person").order_by("pk")
        ),
        "matches": _with_first(
            Match.objects.filter(slot__organisation=found, state="proposed").order_by("answer_by")
        ),
        "accreditations": AccreditationCheck.objects.filter(organisation=found).select_related("school"),
        "contacts": teachers.distinct().select_related("person__user", "organisation"),
    }
    return HttpResponse(render_to_string("bare/employer.html", context))


def school(_request: HttpRequest, teacher: int) -> HttpResponse:
    """What waits, the cohorts of a teacher with what lacks in each, and the coming lessons."""
    member = get_object_or_404(Membership.objects.select_related("organisation"), pk=teacher)
    cohorts = list(Cohort.objects.filter(cohort_teachers__membership=member).order_by("name"))
    goals = Goal.objects.filter(plan__enrolment__cohort__in=cohorts)
    named = goals.select_related("plan__enrolment__student__person", "latest")
    context = {
        "organisation": member.organisation,
        "cohorts": Cohort.objects.filter(pk__in=[row.pk for row in cohorts])
        .annotate(**lacking())
        .order_by("name"),
        "to_sign": _to_sign("school", agreement__placement__enrolment__cohort__in=cohorts),
        "to_assess": _with_first(named.filter(state="demonstrated").order_by("pk")),
        "to_answer": _with_first(
            named.filter(state="proposed").exclude(latest__consents__party="school").order_by("pk")
        ),
        "dates": Session.objects.filter(cohort__in=cohorts, starts_at__gt=timezone.now())
        .select_related("cohort")
        .order_by("starts_at")[:4],
    }
    return HttpResponse(render_to_string("bare/school.html", context))


def coordinator(_request: HttpRequest, partnership: int) -> HttpResponse:
    """The figures of a partnership, its places per qualification, open calls and oldest initiatives."""
    found = get_object_or_404(Partnership, pk=partnership)
    enrolled = Enrolment.objects.filter(cohort__programme__partnership=found, state="enrolled")
    online = Slot.objects.filter(partnership=found, state="online", ends_on__gte=today())
    sums = online.aggregate(seats=Sum("seats"), given=Sum("taken"))
    matches = Match.objects.filter(slot__partnership=found, state__in=WAITING)
    per_qualification = online.values("qualifications__name", "qualifications__crebo").annotate(
        seats=Sum("seats")
    )
    looking = Count("pk", filter=~Q(placements__state__in=LIVE))
    students = enrolled.values("cohort__programme__qualifications__crebo").annotate(
        number=Count("pk"), looking=looking
    )
    calls = Call.objects.filter(partnership=found, deadline__gte=today()).annotate(
        firm=Sum("sign_ups__places", filter=Q(sign_ups__state__in=("pledged", "signed", "started"))),
        maybe=Sum("sign_ups__places", filter=Q(sign_ups__state="conditional")),
    )
    context = {
        "partnership": found,
        **sums,
        "students": enrolled.count(),
        "placed": enrolled.filter(placements__state__in=LIVE).distinct().count(),
        "plans": LearningPlan.objects.filter(enrolment__in=enrolled, state="active").count(),
        "matches": matches.count(),
        "rows": per_qualification.order_by("qualifications__name"),
        "demand": {row["cohort__programme__qualifications__crebo"]: row for row in students},
        "calls": calls.order_by("deadline"),
        "initiatives": Initiative.objects.filter(partnership=found)
        .exclude(state__in=("finished", "stopped"))
        .order_by("refreshed_on", "pk")[:6],
    }
    return HttpResponse(render_to_string("bare/coordinator.html", context))


def matching(request: HttpRequest, partnership: int) -> HttpResponse:
    """Fifteen students without a place, and fifteen places with room."""
    found = get_object_or_404(Partnership, pk=partnership)
    seeking = (
        Enrolment.objects.filter(cohort__programme__partnership=found, state="enrolled")
        .exclude(placements__state__in=LIVE)
        .select_related("student__person", "cohort__programme")
        .annotate(proposed=Count("matches", filter=Q(matches__state__in=WAITING)))
        .order_by("student__person__sort_name", "pk")
    )
    slots = (
        Slot.objects.filter(partnership=found, state="online", ends_on__gte=today())
        .select_related("organisation", "location")
        .prefetch_related("qualifications")
        .filter(taken__lt=F("seats"))
        .order_by("starts_on", "title", "pk")
    )
    students = Paginator(seeking, 15).get_page(request.GET.get("studenten"))
    page = Paginator(slots, 15).get_page(request.GET.get("plekken"))
    for row in page:
        row.free = row.seats - row.taken
    context = {"partnership": found, "students": students, "slots": page}
    return HttpResponse(render_to_string("bare/matching.html", context))
