"""Students as those at the workplace look at them."""

from __future__ import annotations

from itertools import groupby, islice

from django.db.models import Prefetch, Q

from accounts.enums import Role
from core.lookups import keys_of
from core.mail import MOST_ASKED
from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.queries.contacts import each_once, with_cards
from partnerships.roles import EMPLOYER_PARTY
from programmes.models import CohortTeacher
from students.models import Enrolment, LearningPlan
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
    """Whom a work supervisor asks: who speaks for the employer, then who teaches the own students; each person once.

    Two of each at most, by name: the page of a student names all.
    """
    guided = Enrolment.objects.supervised_by(actor)
    taught = CohortTeacher.objects.running().filter(cohort__in=keys_of(guided, "cohort"))
    of = Q(organisation__in=actor.organisations(Role.SUPERVISOR), role__in=EMPLOYER_PARTY) | Q(
        role=Role.TEACHER, pk__in=keys_of(taught, "membership")
    )
    rows = with_cards(Membership.objects.filter(of).exclude(person=actor.person_id))
    found = each_once(rows, (*EMPLOYER_PARTY, Role.TEACHER))
    sides = groupby(found, key=lambda row: row.role == Role.TEACHER)
    return [row for _side, rows in sides for row in islice(rows, MOST_ASKED)]
