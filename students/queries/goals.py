"""The goals of a plan as a reader sees them, with the answers to their newest texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from core.written import attach, written
from partnerships.actors import Actor
from students.models import Consent, Goal


def goals_of(actor: Actor, plan_id: int) -> list[Goal]:
    """Those that this reader may see, in the order of the work processes."""
    goals = _goals(actor=actor, plan=plan_id)
    with_answers(goals)
    return goals


def with_answers(goals: Iterable[Goal]) -> None:
    """Load the answers to the newest texts of these goals: `latest.consents` then costs nothing."""
    texts = [goal.latest for goal in goals if goal.latest is not None]
    attach(texts, "consents", _answers(texts=[text.pk for text in texts]), by="goal_version_id")


@written
def _goals(*, actor: Actor, plan: int) -> QuerySet[Goal]:
    return Goal.objects.visible_to(actor).filter(plan=plan).live().for_list().prefetch_related(None)


@written
def _answers(*, texts: Collection[int]) -> QuerySet[Consent]:
    found = Consent.objects.select_related("by", "organisation").filter(goal_version__in=texts)
    return found.order_by("number")
