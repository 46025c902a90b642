"""Who can do an act now: asked when a mail is written, in a few queries for a whole batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q

from accounts.models import User
from partnerships.enums import Role
from partnerships.models import Membership
from placements.enums import Signer
from placements.models import Agreement
from programmes.models import CohortTeacher

People = dict[int, list[User]]


def _by_organisation(memberships: Iterable[Membership]) -> People:
    people: dict[int, dict[int, User]] = defaultdict(dict)
    for membership in memberships:
        people[membership.organisation_id][membership.user_id] = membership.user
    return {organisation: list(users.values()) for organisation, users in people.items()}


def contacts(organisation_ids: Collection[int]) -> People:
    """Contacts and practice trainers: the employer party."""
    return _by_organisation(
        Membership.objects.running()
        .filter(
            organisation__in=organisation_ids,
            role__in=[Role.CONTACT, Role.PRACTICE_TRAINER],
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user_id", "pk")
    )


def keepers(organisation_ids: Collection[int]) -> People:
    """Who works on the places of an employer: contacts, practice trainers and managers."""
    return _by_organisation(
        Membership.objects.running()
        .filter(
            organisation__in=organisation_ids,
            role__in=[Role.CONTACT, Role.PRACTICE_TRAINER, Role.MANAGER],
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user_id", "pk")
    )


def employer_signers(organisation_ids: Collection[int]) -> People:
    """Who signs for an employer: `may_sign` in a role that sees the agreement."""
    return _by_organisation(
        Membership.objects.running()
        .filter(
            organisation__in=organisation_ids,
            role__in=[Role.CONTACT, Role.PRACTICE_TRAINER, Role.MANAGER],
            may_sign=True,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user_id", "pk")
    )


def teachers(cohort_ids: Collection[int]) -> People:
    """The teachers of cohorts, as far as their membership runs."""
    people: dict[int, dict[int, User]] = defaultdict(dict)
    for row in (
        CohortTeacher.objects.filter(
            cohort__in=cohort_ids,
            membership__in=Membership.objects.running().filter(role=Role.TEACHER),
            membership__user__is_active=True,
        )
        .select_related("membership__user")
        .order_by("membership__user_id", "pk")
    ):
        people[row.cohort_id][row.membership.user_id] = row.membership.user
    return {cohort: list(users.values()) for cohort, users in people.items()}


def school_signers(cohort_schools: Mapping[int, int]) -> People:
    """Per cohort who signs for the school: its teachers with `may_sign`, and signing managers."""
    people: dict[int, dict[int, User]] = defaultdict(dict)
    managers = _by_organisation(
        Membership.objects.running()
        .filter(
            organisation__in=set(cohort_schools.values()),
            role=Role.MANAGER,
            may_sign=True,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("user_id", "pk")
    )
    signing = Membership.objects.running().filter(Q(may_sign=True), role=Role.TEACHER)
    for row in (
        CohortTeacher.objects.filter(
            cohort__in=set(cohort_schools), membership__in=signing, membership__user__is_active=True
        )
        .select_related("membership__user")
        .order_by("membership__user_id", "pk")
    ):
        people[row.cohort_id][row.membership.user_id] = row.membership.user
    for cohort, school in cohort_schools.items():
        for user in managers.get(school, []):
            people[cohort][user.pk] = user
    return {cohort: list(users.values()) for cohort, users in people.items()}


def agreement_signers(agreements: Collection[Agreement]) -> dict[int, dict[Signer, list[User]]]:
    """Per agreement and party the people who can sign in the portal; rows need `for_list()`."""
    employers = employer_signers({row.placement.slot.organisation_id for row in agreements})
    schools = school_signers(
        {
            row.placement.enrolment.cohort_id: row.placement.enrolment.cohort.programme.school_id
            for row in agreements
        }
    )
    found = {}
    for row in agreements:
        student = row.placement.student.user
        found[row.pk] = {
            Signer.STUDENT: [student] if student is not None and student.is_active else [],
            Signer.EMPLOYER: employers.get(row.placement.slot.organisation_id, []),
            Signer.SCHOOL: schools.get(row.placement.enrolment.cohort_id, []),
        }
    return found
