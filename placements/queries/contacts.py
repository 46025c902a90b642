"""Whom one asks about a proposal or a placement: at work and at school, in one query."""

from __future__ import annotations

from django.db.models import Q

from accounts.enums import Role
from partnerships.models import Membership
from partnerships.queries.contacts import each_once, with_cards
from partnerships.roles import EMPLOYER_PARTY
from placements.models import Match, Placement
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


def _around(organisation_id: int, cohort_id: int) -> Q:
    return Q(organisation=organisation_id, role__in=EMPLOYER_PARTY) | teach(cohort_id)
