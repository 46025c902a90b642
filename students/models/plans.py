"""Learning plans: one open plan per enrolment, in numbered versions."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, OuterRef, Prefetch, Q, Subquery, When
from django.utils.translation import gettext_lazy as _

from core.addresses import of_row
from core.readlog import AboutSomeone
from core.versions import Versioned
from students.enums import PlanState
from students.models.enrolments import UNDO_DAYS, Enrolment

if TYPE_CHECKING:
    from partnerships.actors import Actor

# What the database refuses, in the words in which a service says it beforehand
HAS_PLAN = _("This student already has a learning plan.")


class LearningPlanQuerySet(models.QuerySet["LearningPlan"]):
    def open(self) -> Self:
        return self.exclude(state=PlanState.CLOSED)

    def visible_to(self, actor: Actor) -> Self:
        """The parties of the enrolment; coordinators never (docs/domain.md 2)."""
        return self.filter(enrolment__in=Enrolment.objects.parties_visible_to(actor))

    def for_page(self) -> Self:
        """With the enrolment, its parties and its programme: what the pages of a plan and their rules read."""
        numbers = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number").values("number")
        return self.annotate(version_number=Subquery(numbers[:1])).prefetch_related(
            Prefetch("enrolment", Enrolment.objects.for_page())
        )

    def own(self, actor: Actor) -> Self:
        """The actor's own plans, as a student."""
        return self.filter(enrolment__student__person=actor.person_id)

    def newest_first(self) -> Self:
        """The open plan before closed ones, then the newest."""
        return self.order_by(Case(When(state=PlanState.CLOSED, then=1), default=0), "-pk")

    def for_list(self) -> Self:
        return self.select_related(
            "enrolment__student__person", "enrolment__cohort__programme__school"
        ).order_by("enrolment__student__person__sort_name", "pk")


class LearningPlan(AboutSomeone, Versioned):
    """One plan per enrolment; active from the first moment all its goals are agreed, and stays so."""

    ABOUT = "enrolment"
    TRANSITIONS = {
        "activate": ({PlanState.DRAFT}, PlanState.ACTIVE),
        "close": ({PlanState.DRAFT, PlanState.ACTIVE}, PlanState.CLOSED),
        # The student came back: what was agreed before goes on as it was.
        "reopen": ({PlanState.CLOSED}, PlanState.ACTIVE),
        "redraft": ({PlanState.CLOSED}, PlanState.DRAFT),
    }
    UNDO = {"close": UNDO_DAYS}
    REFUSALS = {"close": _("This learning plan is closed.")}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.PROTECT, related_name="plans"
    )
    state = models.CharField(_("state"), max_length=6, choices=PlanState, default=PlanState.DRAFT)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    activated_at = models.DateTimeField(_("active since"), null=True, blank=True)

    objects = LearningPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning plan")
        verbose_name_plural = _("learning plans")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="plan_open_once_per_enrolment",
                fields=["enrolment"],
                condition=~Q(state=PlanState.CLOSED),
                violation_error_message=HAS_PLAN,
            ),
            models.CheckConstraint(
                name="plan_active_has_moment",
                condition=~Q(state=PlanState.ACTIVE) | Q(activated_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.enrolment)

    def get_absolute_url(self) -> str:
        return of_row("students:plan-detail", self.public_id)


class PlanVersion(models.Model):
    """The numbered set of goal texts that was put to consent."""

    plan = models.ForeignKey(
        LearningPlan, verbose_name=_("learning plan"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    goal_versions = models.ManyToManyField(
        "students.GoalVersion", verbose_name=_("goals"), related_name="plan_versions"
    )
    asked_by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("asked by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of plans")
        ordering = ["plan", "-number"]
        constraints = [models.UniqueConstraint(name="plan_version_once", fields=["plan", "number"])]

    def __str__(self) -> str:
        return f"{self.plan}, {self.number}"
