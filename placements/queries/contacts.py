"""Whom one asks about a proposal or a placement: at work and at school, in one query."""

from __future__ import annotations

from itertools import groupby, islice

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet

from accounts.enums import Role
from core.mail import MOST_ASKED
from core.written import written
from partnerships.enums import COORDINATING
from partnerships.models import Member, Membership
from partnerships.queries.contacts import each_once, with_cards
from partnerships.roles import EMPLOYER_PARTY
from placements.models import Match, Placement
from programmes.models import CohortTeacher
from programmes.queries.contacts import teach

BY_ROLE = (Role.SUPERVISOR, Role.CONTACT, Role.PRACTICE_TRAINER, Role.TEACHER)  # who is asked first


def around_placement(placement: Placement) -> list[Membership]:
    """The supervisor of today, who speaks for the employer, and the teachers; who has no account is not among them."""
    of = _around(placement.organisation_id, placement.enrolment.cohort_id)
    if placement.supervisor is not None:
        of |= Q(pk=placement.supervisor.pk)
    return each_once(with_cards(Membership.objects.filter(of)), BY_ROLE)


def around_match(match: Match) -> list[Membership]:
    """Who speaks for the employer, and the teachers."""
    of = _around(match.slot.organisation_id, match.enrolment.cohort_id)
    return each_once(with_cards(Membership.objects.filter(of)), BY_ROLE)


def around_employer(organisation_id: int, *, with_managers: bool = False) -> list[Membership]:
    """Whom an employer asks: who coordinates its partnerships, and who teaches the students that have a place with it.

    Two of each at most, by name: the page of a student or a partnership names all. `with_managers`: before them its own
    managers, for who cannot see to something.
    """
    rows = _around_employer(with_managers, organisation=organisation_id)
    found = each_once(rows, (Role.MANAGER, Role.COORDINATOR, Role.TEACHER))
    return [
        row for _role, rows in groupby(found, key=lambda row: row.role) for row in islice(rows, MOST_ASKED)
    ]


@written
def _around_employer(with_managers: bool, *, organisation: int) -> QuerySet[Membership]:
    of_it = Member.objects.running().filter(organisation=organisation).values("partnership")
    leading = Member.objects.running().filter(partnership__in=ArraySubquery(of_it), role__in=COORDINATING)
    placed = Placement.objects.live().filter(slot__organisation=organisation).values("enrolment__cohort")
    taught = CohortTeacher.objects.running().filter(cohort__in=ArraySubquery(placed))
    of = Q(role=Role.COORDINATOR, organisation__in=ArraySubquery(leading.values("organisation"))) | Q(
        role=Role.TEACHER, pk__in=ArraySubquery(taught.values("membership"))
    )
    if with_managers:
        of |= Q(role=Role.MANAGER, organisation=organisation)
    return with_cards(Membership.objects.filter(of))


def _around(organisation_id: int, cohort_id: int) -> Q:
    return Q(organisation=organisation_id, role__in=EMPLOYER_PARTY) | teach(cohort_id)
