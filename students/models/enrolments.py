"""Enrolments: a student in a cohort."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.dates import today
from partnerships.enums import Role
from programmes.models import Cohort, CohortTeacher
from students.enums import EnrolmentState
from students.models.grants import LearnerAccess
from students.models.students import Student

if TYPE_CHECKING:
    from partnerships.actors import Actor


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def running(self) -> Self:
        return self.filter(state=EnrolmentState.ENROLLED)

    def own(self, actor: Actor) -> Self:
        return self.filter(student__user=actor.user_id)

    def taught_by(self, actor: Actor) -> Self:
        """Enrolments in own cohorts of a teacher."""
        assigned = CohortTeacher.objects.filter(
            cohort=OuterRef("cohort"), membership__in=actor.memberships(Role.TEACHER)
        )
        return self.filter(Exists(assigned))

    def granted_to(self, actor: Actor) -> Self:
        """Enrolments of which a running grant lets the actor see the goals."""
        return self.filter(Exists(LearnerAccess.objects.held_by(actor).filter(enrolment=OuterRef("pk"))))

    def parties_visible_to(self, actor: Actor) -> Self:
        """Those in which the actor is student, teacher, employer or supervisor: never the coordinator."""
        assigned = CohortTeacher.objects.filter(
            cohort=OuterRef("cohort"), membership__in=actor.memberships(Role.TEACHER)
        )
        granted = LearnerAccess.objects.held_by(actor).filter(enrolment=OuterRef("pk"))
        return self.filter(Q(student__user=actor.user_id) | Exists(assigned) | Exists(granted))

    def visible_to(self, actor: Actor) -> Self:
        """Name, programme, town and wishes: the parties, and coordinators of the programme's partnership."""
        assigned = CohortTeacher.objects.filter(
            cohort=OuterRef("cohort"), membership__in=actor.memberships(Role.TEACHER)
        )
        granted = LearnerAccess.objects.held_by(actor).filter(enrolment=OuterRef("pk"))
        return self.filter(
            Q(student__user=actor.user_id)
            | Exists(assigned)
            | Exists(granted)
            | Q(cohort__programme__partnership__in=actor.partnerships)
        )

    def for_list(self) -> Self:
        return self.select_related("student", "cohort__programme__school").order_by(
            "student__sort_name", "pk"
        )


class Enrolment(models.Model):
    """A student in a cohort: the basis of plan, placement and agreement (domain.md 3.6)."""

    TRANSITIONS = {
        "admit": ({EnrolmentState.WAITING}, EnrolmentState.ENROLLED),
        "complete": ({EnrolmentState.ENROLLED}, EnrolmentState.COMPLETED),
        "drop_out": ({EnrolmentState.WAITING, EnrolmentState.ENROLLED}, EnrolmentState.DROPPED_OUT),
    }
    REASON_REQUIRED = frozenset({"drop_out"})

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(
        Student, verbose_name=_("student"), on_delete=models.CASCADE, related_name="enrolments"
    )
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.PROTECT, related_name="enrolments"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=EnrolmentState, default=EnrolmentState.ENROLLED
    )
    starts_on = models.DateField(_("start"), default=today)
    ends_on = models.DateField(_("planned end"))
    wishes = models.CharField(_("wishes for a workplace"), max_length=300, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["student__sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="enrolment_once_per_cohort",
                fields=["student", "cohort"],
                violation_error_message=_("This student is already in this cohort."),
            ),
            models.CheckConstraint(
                name="enrolment_ends_after_start",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The end date must be after the start date."),
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state"], name="enrolment_cohort_state")]

    def __str__(self) -> str:
        return f"{self.student} – {self.cohort}"
