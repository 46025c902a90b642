"""Students as those at the workplace look at them."""

from __future__ import annotations

from django.db.models import Prefetch

from accounts.enums import Role
from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.queries.contacts import holding
from partnerships.roles import EMPLOYER_PARTY
from students.models import LearningPlan
from students.models.enrolments import EnrolmentQuerySet


def with_open_plan(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """With parties, programme and the open plan (`open_plans`, none or one), in the order of names."""
    plans = Prefetch("plans", LearningPlan.objects.open().order_by("-pk"), to_attr="open_plans")
    return (
        enrolments.with_parties()
        .select_related("cohort__programme")
        .prefetch_related(plans)
        .order_by("student__person__sort_name", "pk")
    )


def asked_by_supervisor(actor: Actor) -> list[Membership]:
    """Whom a work supervisor asks about students to come: who speaks for the employers, each person once."""
    return holding(actor.organisations(Role.SUPERVISOR), EMPLOYER_PARTY)
