"""LearnerAccess: the dated fact that lets an organisation or supervisor see a student's goals (ADR 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import periods
from partnerships.models import Membership, Organisation
from students.enums import AccessScope

if TYPE_CHECKING:
    from partnerships.actors import Actor


def may_have_access(actor: Actor) -> bool:
    """Whether any access can be the actor's: only contacts, practice trainers and supervisors hold it."""
    return bool(actor.employer_organisations or actor.memberships(Role.SUPERVISOR))


class LearnerAccessQuerySet(models.QuerySet["LearnerAccess"]):
    def running(self) -> Self:
        return self.filter(periods.within())

    def open(self) -> Self:
        """Running or still to start: what counts for the employer party of a plan being made."""
        return self.filter(periods.not_over())

    def of_employers(self) -> Self:
        """Running access of organisations to whole plans, newest first: the first of a plan is its employer party."""
        return self.running().filter(scope=AccessScope.PLAN, membership=None).order_by("-starts_on", "-pk")

    def to_plans(self) -> Self:
        """To whole plans, not to some of the goals."""
        return self.filter(scope=AccessScope.PLAN)

    def to_goal(self, goal: str) -> Self:
        """For a subquery: to the goal at this path of the outer row, through the whole plan or by name."""
        return self.filter(
            Q(scope=AccessScope.PLAN) | Q(scope=AccessScope.EXCHANGE, goals=models.OuterRef(goal))
        )

    def held_by(self, actor: Actor) -> Self:
        """Running access of the actor: as contact or practice trainer of the organisation, or as supervisor."""
        return self.running().filter(
            Q(membership__isnull=True, organisation__in=actor.employer_organisations)
            | Q(membership__in=actor.memberships(Role.SUPERVISOR))
        )


class LearnerAccess(models.Model):
    """Access to the goals of one enrolment; a null membership means the organisation's contacts and trainers."""

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
        blank=True,
        on_delete=models.PROTECT,
        related_name="learner_access",
    )
    scope = models.CharField(
        _("what may be seen"), max_length=10, choices=AccessScope, default=AccessScope.PLAN
    )
    goals = models.ManyToManyField(
        "students.Goal", verbose_name=_("exchange goals"), blank=True, related_name="access"
    )
    reason = models.CharField(_("reason"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = LearnerAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access to a student")
        verbose_name_plural = _("access to students")
        ordering = ["-starts_on", "pk"]
        constraints = [
            periods.ends_after_start("learner_access_ends_after_start", may_be_one_day=True),
            models.UniqueConstraint(
                name="learner_access_once",
                fields=["enrolment", "organisation", "membership", "scope", "starts_on"],
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "enrolment"], name="learner_access_org"),
            models.Index(fields=["membership", "enrolment"], name="learner_access_member"),
            models.Index(fields=["starts_on"], name="learner_access_start"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.enrolment}"
