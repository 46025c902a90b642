"""Where people with a distance to the labour market take part, as initiatives and SROI activities count them."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast

from core.written import written
from partnerships.models import (
    Indicator,
    InitiativePartner,
    Measurement,
    Member,
    SocialReturnActivity,
)

INITIATIVE, ACTIVITY = "initiative", "activity"


@written
def in_partnership(*, partnership: int) -> QuerySet[Any, Any]:
    """Of a partnership: each published initiative by title, then the activities of its members by their kind."""
    indicators = Indicator.objects.filter(initiative__partnership=partnership)
    members = Member.objects.running().filter(partnership=partnership).order_by().values("organisation")
    return _counted(indicators, SocialReturnActivity.objects.filter(obligation__organisation__in=members))


@written
def at_organisation(*, organisation: int) -> QuerySet[Any, Any]:
    """The same of the initiatives that an organisation takes part in, and of its own activities."""
    partners = InitiativePartner.objects.joined().filter(organisation=organisation)
    indicators = Indicator.objects.filter(Exists(partners.filter(initiative=OuterRef("initiative"))))
    return _counted(indicators, SocialReturnActivity.objects.filter(obligation__organisation=organisation))


def _counted(
    indicators: QuerySet[Indicator], activities: QuerySet[SocialReturnActivity]
) -> QuerySet[Any, Any]:
    """Which of the two, its title or kind, its slug, and how many people; the last measurement that stands counts."""
    standing = Measurement.objects.filter(
        indicator=OuterRef("pk"), value__isnull=False, corrected_by__isnull=True
    )
    last = standing.order_by("-measured_on", "-pk").values("value")[:1]
    counting = indicators.filter(counts_distance=True, initiative__is_published=True).annotate(
        people=Cast(Subquery(last), IntegerField())
    )
    of_initiatives = (
        counting.filter(people__gt=0)
        .order_by()
        .values_list(_text(INITIATIVE), "initiative__title", "initiative__slug", "people")
    )
    of_activities = (
        activities.filter(counts=True, people__gt=0)
        .order_by()
        .values_list(_text(ACTIVITY), "kind", _text(""))
        .annotate(number=Sum("people"))
    )
    return of_initiatives.union(of_activities, all=True)


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())
