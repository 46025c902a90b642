"""Cohorts and who teaches them: kept together, since the teachers see the students."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import changes, endings, versions
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.queries.able import Gone, ensure_enough_stay
from partnerships.services.locks import lock_organisations
from programmes.models import Cohort


@transaction.atomic
def save(
    *,
    cohort: Cohort,
    teachers: Collection[Membership],
    by: Actor,
    lead: Membership | None = None,
    version: str | None = None,
) -> Cohort:
    """Keep a cohort, new or changed, with these teachers and no others; of them `lead` is the one who is asked first.

    Whoever is new teaches it from today on, whoever is left out until now. Raises ValidationError when another cohort
    has the name, when `version` is not what there is now, and when nobody would be left who can act for its students.
    """
    lock_organisations([cohort.programme.school_id])
    with explained(cohort):
        versions.claim(version, cohort)
        changes.save(cohort, by=by.person_id)
    wanted = {membership.pk for membership in teachers}
    running = {
        row.membership_id: row for row in cohort.cohort_teachers.running().select_related("membership")
    }
    for membership in sorted(wanted - set(running)):
        cohort.cohort_teachers.create(membership_id=membership)
    going = [row for membership, row in running.items() if membership not in wanted]
    ensure_enough_stay(Gone(teaching=frozenset(row.pk for row in going)))
    for row in going:
        endings.end(row, by=by.person_id)
    _let_lead(cohort, lead, by)
    return cohort


@transaction.atomic
def take_over(*, membership: Membership, successors: Mapping[int, int], by: Actor) -> None:
    """Others teach the cohorts of a teacher who leaves: for each cohort a role of the same school, by their keys.

    Whoever was asked first hands that over too. Raises ValidationError for one that is no teacher there.
    """
    leaving = membership.cohort_teachers.running().filter(cohort__in=successors).select_related("cohort")
    school = Membership.objects.able().filter(organisation=membership.organisation_id, role=Role.TEACHER)
    for row in leaving.order_by("cohort_id"):
        successor = school.exclude(pk=membership.pk).filter(pk=successors[row.cohort_id]).first()
        if successor is None:
            raise ValidationError(_("Choose a teacher of the same school."))
        teaching = row.cohort.cohort_teachers
        if not teaching.running().filter(membership=successor).exists():
            teaching.create(membership=successor)
        if row.is_lead:
            _let_lead(row.cohort, successor, by)


def _let_lead(cohort: Cohort, lead: Membership | None, by: Actor) -> None:
    """One of the teachers is asked first, or none; who was before comes first, since the database knows one."""
    for row in cohort.cohort_teachers.running().select_related("membership__person").order_by("-is_lead"):
        leads = lead is not None and row.membership_id == lead.pk
        if row.is_lead != leads:
            row.is_lead = leads
            subject = row.membership.person.public_id
            changes.save(row, by=by.person_id, subject=subject, update_fields=["is_lead"])
