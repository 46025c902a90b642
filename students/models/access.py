"""LearnerAccess: who may see a student's goals, from when and until when (docs/adr/0005).

The rows are not stored. They are a view over placements and who guides in them, made by the app that knows those
(`placements/migrations/0002_access_follows.py`), so that no access can outlive what it rests on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import periods
from partnerships.models import Membership, Organisation
from students.enums import AccessScope

if TYPE_CHECKING:
    from partnerships.actors import Actor


_KEYS: ArrayField[list[int], list[int]] = ArrayField(models.BigIntegerField())
_ARRAY = "ARRAY[%(expressions)s]"


def may_have_access(actor: Actor) -> bool:
    """Whether any access can be the actor's: only contacts, practice trainers and supervisors hold it."""
    return bool(actor.employer_organisations or actor.memberships(Role.SUPERVISOR))


class LearnerAccessQuerySet(models.QuerySet["LearnerAccess"]):
    def running(self) -> Self:
        """Those that hold today."""
        return self.filter(periods.running())

    def open(self) -> Self:
        """Running or still to start."""
        return self.filter(periods.not_over(), ended_at__isnull=True)

    def for_list(self) -> Self:
        """With whom they are given to, the newest first."""
        return self.select_related("organisation", "membership__person__user").order_by("-starts_on", "pk")

    def of_employers(self) -> Self:
        """Running access of organisations to whole plans, newest first: the first of a plan is its employer party."""
        return self.running().filter(scope=AccessScope.PLAN, membership=None).order_by("-starts_on", "-pk")

    def to_plans(self) -> Self:
        """To whole plans, not to some of the goals."""
        return self.filter(scope=AccessScope.PLAN)

    def to_goal(self, goal: str) -> Self:
        """For a subquery: to the goal at this path of the outer row, through the whole plan or by name."""
        return self.filter(
            Q(scope=AccessScope.PLAN)
            | Q(
                scope=AccessScope.EXCHANGE,
                goals__contains=Func(OuterRef(goal), template=_ARRAY, output_field=_KEYS),
            )
        )

    def held_by(self, actor: Actor) -> Self:
        """Running access of the actor: as contact or practice trainer of the organisation, or as supervisor."""
        return self.running().filter(
            Q(membership__isnull=True, organisation__in=actor.employer_organisations)
            | Q(membership__in=actor.memberships(Role.SUPERVISOR))
        )


class LearnerAccess(models.Model):
    """Access to the goals of one enrolment; a null membership means the organisation's contacts and trainers.

    A placement gives it to the employer from the day on which all said yes, and to who guides the student from the
    first day of that. It ends with either, and with the supervisor's role.
    """

    id = models.BigIntegerField(primary_key=True)
    enrolment = models.ForeignKey(
        "students.Enrolment", verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="access"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="learner_access"
    )
    membership = models.ForeignKey(
        Membership,
        verbose_name=_("work supervisor"),
        null=True,
        on_delete=models.PROTECT,
        related_name="learner_access",
    )
    scope = models.CharField(_("what may be seen"), max_length=10, choices=AccessScope)
    goals = ArrayField(models.BigIntegerField(), verbose_name=_("exchange goals"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = LearnerAccessQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "students_learneraccess"
        verbose_name = _("access to a student")
        verbose_name_plural = _("access to students")
        ordering = ["-starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.enrolment}"
