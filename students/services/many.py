"""What a teacher does to many students at once: each by its own rule, done or refused by itself (`core.bulk`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from core import versions
from core.access import ensure
from core.bulk import Outcome, Picked, each
from partnerships.actors import Actor
from programmes.models import WorkProcess
from students import rules
from students.models import Enrolment, LearningPlan
from students.queries.drafts import read_of
from students.rules import enrolments as enrolment_rules
from students.services import drafts, enrolments, locks, plans


@transaction.atomic
def make_plans(*, picked: Sequence[Picked], known: Mapping[str, int], by: Actor) -> list[Outcome]:
    """A plan for each enrolment with what its programme suggests today: a goal for every work process.

    `known` are the keys of the enrolments by those of the page. What takes a plan back names it and its goals as made.
    """
    for pk in sorted(known.values()):
        locks.enrolment(pk, by)
    suggested: dict[int, list[int]] = {}

    def make(one: Picked) -> str:
        enrolment = Enrolment.objects.with_parties().select_related("cohort").get(pk=known[one.key])
        ensure(rules.can_create_plan(by, enrolment))
        versions.ensure(one.read, enrolment)
        programme = enrolment.cohort.programme_id
        if programme not in suggested:
            suggested[programme] = list(
                WorkProcess.objects.of_programme(programme).values_list("pk", flat=True)
            )
        plan = plans.create(enrolment_id=enrolment.pk, by=by, work_process_ids=suggested[programme])
        return f"{plan.pk}:{read_of(plan.goals.order_by('pk'))}"

    return each(picked, make)


@transaction.atomic
def discard_plans(*, outcomes: Sequence[Outcome], by: Actor) -> list[Outcome]:
    """Throw away the plans that were just made, as long as nobody was asked about any and none was changed."""
    known = {one.key: one.undo.partition(":") for one in outcomes}
    locks.plans([int(plan) for plan, _colon, _read in known.values()])

    def discard(one: Picked) -> str:
        plan, _colon, read = known[one.key]
        row = LearningPlan.objects.filter(enrolment__public_id=one.key).get(pk=int(plan))
        ensure(rules.can_edit_plan(by, locks.locked(row.pk)))
        drafts.plan(plan_id=row.pk, by=by, read=read)
        return ""

    return each([Picked(one.key, "") for one in outcomes], discard)


@transaction.atomic
def invite(*, picked: Sequence[Picked], known: Mapping[str, int], by: Actor) -> list[Outcome]:
    """Mail each student a new link to make an account; every mail is about one student, since the link is secret."""
    for pk in sorted(known.values()):
        locks.enrolment(pk, by)

    def send(one: Picked) -> str:
        enrolment = locks.enrolment(known[one.key], by)
        ensure(enrolment_rules.can_invite(by, enrolment.cohort, enrolment))
        enrolment = enrolments.invite(enrolment_id=enrolment.pk, by=by, read=one.read)
        invitation = enrolment.student.invitation
        if invitation is None:
            return ""
        invitation.refresh_from_db(fields=["row_version"])
        return f"{invitation.pk}:{invitation.row_version}"

    return each(picked, send)


@transaction.atomic
def uninvite(*, outcomes: Sequence[Outcome], by: Actor) -> list[Outcome]:
    """The links that were just mailed work no more; a mail that still waits does not go."""
    known = {one.key: one.undo.partition(":") for one in outcomes}
    locks.enrolments(Enrolment.objects.filter(public_id__in=known))

    def withdraw(one: Picked) -> str:
        found = locks.enrolment(Enrolment.objects.get(public_id=one.key).pk, by)
        ensure(enrolment_rules.can_invite(by, found.cohort, found))
        invitation, _colon, read = known[one.key]
        enrolments.uninvite(enrolment_id=found.pk, invitation_id=int(invitation), by=by, read=read)
        return ""

    return each([Picked(one.key, "") for one in outcomes], withdraw)
