"""What waits for who carries an initiative, and what nobody carries: for the coordinator of its partnership."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from core.limits import MOST_STEPS
from partnerships.models import ActionLine, Funding, Milestone
from partnerships.queries.action_lines import roles_in

COLUMNS = ("step", "id", "public_id", "title", "when", "slug", "table")


def of_person(person: int, inside: Collection[int]) -> list[QuerySet[Any, dict[str, Any]]]:
    """Own milestones that are late or due within a week, and money of own initiatives that ends without a plan.

    In the partnerships that the person knows from within. With the same columns, so that what waits elsewhere joins them.
    """
    milestones = Milestone.objects.due_soon().filter(owner=person, initiative__partnership__in=inside)
    money = Funding.objects.unplanned().filter(initiative__owner=person, initiative__partnership__in=inside)
    return [
        _columns(milestones, "milestone", title=F("title"), when=F("due_on"), table=F("initiative__title")),
        _money(money),
    ]


def of_nobody(partnership: int) -> list[QuerySet[Any, dict[str, Any]]]:
    """Money that ends without a plan in initiatives, and action lines, that nobody owns who works for a member; as above."""
    working = roles_in(partnership)
    money = Funding.objects.unplanned().filter(
        ~Exists(working.filter(person=OuterRef("initiative__owner"))), initiative__partnership=partnership
    )
    lines = ActionLine.objects.not_over().filter(
        ~Exists(working.filter(person=OuterRef("owner"))), partnership=partnership
    )
    return [_money(money), _columns(lines, "line", title=F("title"), when=None, table=F("partnership__name"))]


def _money(rows: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    when = Coalesce("plan_due_on", "ends_on")
    return _columns(rows, "money", title=F("initiative__title"), when=when, table=F("source"))


def _columns(
    rows: QuerySet[Any], step: str, *, title: Any, when: Any, table: Any
) -> QuerySet[Any, dict[str, Any]]:
    slug = F("partnership__slug") if rows.model is ActionLine else F("initiative__slug")
    day = Cast(Value(None) if when is None else when, DateTimeField())
    kind = Value(step, CharField())
    named = rows.order_by().annotate(step=kind, of=title, when=day, slug=slug, table=table)
    shown: QuerySet[Any, dict[str, Any]] = named.values(
        "step", "id", "public_id", "of", "when", "slug", "table"
    )
    return shown.order_by("when", "id")[:MOST_STEPS]
