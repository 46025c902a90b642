"""Cohorts and who teaches them: kept together, since the teachers see the students."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import changes, endings, periods, states, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.models.memberships import MembershipQuerySet
from partnerships.queries.able import Gone, ensure_enough_stay
from partnerships.services.locks import lock_organisations
from programmes.models import Cohort, CohortTeacher
from programmes.models.cohorts import CohortTeacherQuerySet
from programmes.rules.cohorts import can_add_cohort, can_edit_cohort

BEGIN = "begin"  # of a row that came along with what someone else did


@transaction.atomic
def save(
    *,
    cohort: Cohort,
    teachers: Collection[Membership],
    by: Actor,
    lead: Membership | None = None,
    version: str | None,
) -> Cohort:
    """Keep a cohort, new or changed, with these teachers and no others; of them `lead` is the one who is asked first.

    Whoever is new teaches it from today on, whoever is left out until now. Raises ValidationError when another cohort
    has the name, when `version` is not what there is now, and when nobody would be left who can act for its students.
    """
    lock_organisations([cohort.programme.school_id])
    known = Cohort.objects.for_page(by).filter(pk=cohort.pk).first()
    ensure(can_edit_cohort(by, known) if known else can_add_cohort(by, cohort.programme))
    if known and known.programme_id != cohort.programme_id:
        raise ValidationError(_("A cohort stays with its programme."))
    with explained(cohort):
        versions.claim(version, cohort)
        changes.save(cohort, by=by.person_id)
    wanted = {membership.pk for membership in teachers}
    running = {
        row.membership_id: row for row in cohort.cohort_teachers.running().select_related("membership")
    }
    to_come = cohort.cohort_teachers.filter(starts_on__gt=today(), ended_at=None)
    new = wanted - set(running)
    if new != set(_teachers_of(cohort).filter(pk__in=new).values_list("pk", flat=True)):
        raise ValidationError(_("Choose a teacher of the same school."))
    for membership in sorted(new):
        for row in to_come.filter(membership=membership):  # who was to begin later begins now
            endings.end(row, by=by.person_id)
        cohort.cohort_teachers.create(membership_id=membership)
    going = [row for membership, row in running.items() if membership not in wanted]
    ensure_enough_stay(Gone(teaching=frozenset(row.pk for row in going)))
    for row in going:
        endings.end(row, by=by.person_id)
    _let_lead(cohort, lead, by)
    return cohort


def _teachers_of(cohort: Cohort) -> MembershipQuerySet:
    school = cohort.programme.school_id
    return Membership.objects.running().filter(organisation=school, role=Role.TEACHER)


@transaction.atomic
def take_over(*, membership: Membership, successors: Mapping[int, int], by: Actor, act: StateChange) -> None:
    """Others teach the cohorts of a teacher whose role ended by `act`: for each a role of the same school, by their keys.

    From the day after the last day on, today when that is today; whoever was asked first hands that over too. Raises
    ValidationError for one that is no teacher there.
    """
    last_day = None if membership.ended_at else membership.ends_on
    first = today() if last_day is None else last_day + timedelta(days=1)
    leaving = membership.cohort_teachers.running().filter(cohort__in=successors).select_related("cohort")
    school = Membership.objects.able().filter(organisation=membership.organisation_id, role=Role.TEACHER)
    for row in leaving.order_by("cohort_id"):
        successor = school.exclude(pk=membership.pk).filter(pk=successors[row.cohort_id]).first()
        if successor is None:
            raise ValidationError(_("Choose a teacher of the same school."))
        endings.end(row, by=by.person_id, last_day=last_day, cause=act, subject=act.subject)
        new = CohortTeacher(cohort=row.cohort, membership=successor, starts_on=first, is_lead=row.is_lead)
        if not row.cohort.cohort_teachers.filter(periods.beside(new), membership=successor).exists():
            new.save()
            day, subject = first.isoformat(), successor.person.public_id
            states.record(new, BEGIN, after=day, by_id=by.person_id, cause=act, subject=subject)
        elif row.is_lead:
            _let_lead(row.cohort, successor, by)


@transaction.atomic
def come_back(*, act: StateChange, undo: StateChange) -> list[str | Promise]:
    """The end of a teacher's role by `act` is taken back, and with it that others took cohorts over.

    Gives what stays as it is, since someone changed it meanwhile.
    """
    lost: list[str | Promise] = []
    came_along = states.caused(act, CohortTeacher)
    rows = CohortTeacher.objects.select_related("cohort", "membership__person")
    for begun in came_along.filter(action=BEGIN):
        row = rows.get(pk=begun.object_id)
        if row.ends_on is None:
            endings.end(row, by=undo.by_id, cause=undo, subject=begun.subject)
        elif row.ended_at is None:
            lost.append(_stays(row))
    for ended in came_along.filter(action=endings.END):
        row = rows.get(pk=ended.object_id)
        if not endings.is_as_left(row, ended):
            continue
        if row.is_lead and _leads(row.cohort).exclude(pk=row.pk).exists():
            row.is_lead = False
            changes.save(row, by=undo.by_id, subject=ended.subject, update_fields=["is_lead"])
        endings.bring_back(row, ended, undo=undo)
    return lost


def _stays(row: CohortTeacher) -> Promise:
    words = _("{teacher} continues with {cohort}: that was changed meanwhile.")
    return format_lazy(words, teacher=str(row.membership.person), cohort=row.cohort.name)


def _leads(cohort: Cohort) -> CohortTeacherQuerySet:
    """Who is asked first, now or later."""
    return cohort.cohort_teachers.filter(periods.not_over(), is_lead=True, ended_at=None)


def _let_lead(cohort: Cohort, lead: Membership | None, by: Actor) -> None:
    """One of the teachers is asked first, or none; who was before comes first, since the database knows one."""
    if lead is not None and _leads(cohort).filter(periods.running(), membership=lead).exists():
        return  # also of who comes first later
    standing = cohort.cohort_teachers.filter(periods.not_over(), ended_at=None)
    for row in standing.select_related("membership__person").order_by("-is_lead"):
        leads = lead is not None and row.membership_id == lead.pk
        if row.is_lead != leads:
            row.is_lead = leads
            subject = row.membership.person.public_id
            changes.save(row, by=by.person_id, subject=subject, update_fields=["is_lead"])
