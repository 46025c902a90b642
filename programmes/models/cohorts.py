"""Cohorts: a group of students that starts a programme together, and its teachers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import names, periods
from core.dates import today
from core.versions import Versioned
from partnerships.models import Membership
from programmes.enums import Weekday
from programmes.models.programmes import Programme

if TYPE_CHECKING:
    from partnerships.actors import Actor


TEACHES_ALREADY = _("This teacher already teaches this cohort.")


def is_taught_by(actor: Actor, cohort: str = "pk") -> Q:
    """Whether the actor teaches the cohort that stands at that path of a row; the actor brings the ids.

    A condition on rows of another table would be weighed for each row of this one, and read whole tables of goals.
    """
    return Q(**{f"{cohort}__in": actor.cohorts})


def with_is_taught(actor: Actor, cohort: str = "pk") -> Case:
    """The same as a column."""
    return Case(
        When(is_taught_by(actor, cohort), then=True), default=False, output_field=models.BooleanField()
    )


class CohortQuerySet(models.QuerySet["Cohort"]):
    def taught_by(self, actor: Actor) -> Self:
        """Own cohorts of a teacher."""
        return self.filter(is_taught_by(actor))

    def visible_to(self, actor: Actor) -> Self:
        """Own cohorts of teachers; the school's for its managers; those of coordinated partnerships for coordinators.

        The cohort only: who may see its students is decided by `Enrolment.objects.visible_to`.
        """
        ways = is_taught_by(actor)
        if managed := actor.organisations(Role.MANAGER):
            ways |= Q(programme__school__in=managed)
        if actor.coordinates:
            ways |= Q(programme__partnership__in=actor.coordinates)
        return self.filter(ways)

    def for_list(self) -> Self:
        return self.select_related("programme__school").order_by("-starts_on", "name", "pk")

    def for_page(self, actor: Actor) -> Self:
        """With programme and school, and whether the actor teaches it, as rules ask."""
        return self.select_related("programme__school").annotate(is_taught=with_is_taught(actor))


class Cohort(Versioned):
    """A group with a start, a capacity and a school day; it keeps its programme's crebo versions (WEB 7.2.4 lid 7)."""

    ON_RECORD = ("name", "starts_on", "ends_on", "capacity")

    is_taught = False  # by the actor; `for_page` fills it in

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="cohorts"
    )
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("planned end"))
    capacity = models.PositiveSmallIntegerField(
        _("number of students at most"), validators=[MinValueValidator(1)]
    )
    school_weekday = models.PositiveSmallIntegerField(_("school day"), choices=Weekday, null=True, blank=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-starts_on", "name", "pk"]
        constraints = [
            names.constraint("cohort", "name"),
            models.UniqueConstraint(
                name="cohort_name_once",
                fields=["programme", "name"],
                violation_error_message=_("The programme already has a cohort with this name."),
            ),
            periods.ends_after_start("cohort_ends_after_start"),
            models.CheckConstraint(
                name="cohort_capacity_positive",
                condition=Q(capacity__gte=1),
                violation_error_message=_("A cohort has room for 1 student or more."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CohortTeacherQuerySet(models.QuerySet["CohortTeacher"]):
    def running(self) -> Self:
        """Those of today, as far as their own days say; they count with a running role only."""
        return self.filter(periods.running())

    def for_history(self) -> Self:
        """Those of all times with the person, in the order in which they began."""
        return self.select_related("membership__person").order_by("starts_on", "pk")


class CohortTeacher(models.Model):
    """A teacher of a cohort, by the membership of the school, from a day to a day; one of them is asked first."""

    ON_RECORD = ("is_lead",)

    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.PROTECT, related_name="cohort_teachers"
    )
    membership = models.ForeignKey(
        Membership, verbose_name=_("teacher"), on_delete=models.PROTECT, related_name="cohort_teachers"
    )
    is_lead = models.BooleanField(_("asked first"), default=False)
    starts_on = models.DateField(_("start"), default=today)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = CohortTeacherQuerySet.as_manager()

    class Meta:
        verbose_name = _("teacher of a cohort")
        verbose_name_plural = _("teachers of cohorts")
        ordering = ["pk"]
        constraints = [
            *periods.constraints("cohort_teacher", "cohort", "membership", overlap=TEACHES_ALREADY),
            periods.one_at_a_time("cohort_teacher_one_lead", "cohort", condition=Q(is_lead=True)),
        ]

    def __str__(self) -> str:
        return f"{self.membership} – {self.cohort}"
