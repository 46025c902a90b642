"""A cohort that a coordinator asks a school for: nobody is enrolled before the school has made it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import endings, names
from core.limits import REASON
from core.versions import Versioned
from programmes.enums import CohortRequestState
from programmes.models.cohorts import Cohort
from programmes.models.programmes import Programme

if TYPE_CHECKING:
    from partnerships.actors import Actor

# Who answers for the school.
CONFIRMS = (Role.TEACHER, Role.MANAGER)
MOST_STUDENTS = 200


class CohortRequestQuerySet(models.QuerySet["CohortRequest"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of partnerships that one coordinates, and those that one answers for a school."""
        return self.filter(
            Q(programme__partnership__in=actor.coordinates)
            | Q(programme__school__in=actor.organisations(*CONFIRMS))
        )

    def waiting(self) -> Self:
        """Those that the school has not answered."""
        return self.filter(state=CohortRequestState.ASKED)

    def for_list(self) -> Self:
        """With the programme and its school, the first to start first."""
        return self.select_related(
            "programme__school", "programme__partnership", "asked_by__user", "cohort"
        ).order_by("starts_on", "pk")


class CohortRequest(Versioned):
    """A start and a largest number that a partnership asks for; the school makes the cohort of it, or says no."""

    TRANSITIONS = {
        "confirm": ({CohortRequestState.ASKED}, CohortRequestState.CONFIRMED),
        "decline": ({CohortRequestState.ASKED}, CohortRequestState.DECLINED),
        "withdraw": ({CohortRequestState.ASKED}, CohortRequestState.WITHDRAWN),
    }
    REASON_REQUIRED = frozenset({"decline"})
    REFUSALS = dict.fromkeys(TRANSITIONS, _("This request has been answered or withdrawn already."))
    UNDO = {"decline": endings.DAYS}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="cohort_requests"
    )
    name = models.CharField(_("name of the cohort"), max_length=120)
    starts_on = models.DateField(_("first day"))
    capacity = models.PositiveSmallIntegerField(
        _("number of students at most"), validators=[MinValueValidator(1), MaxValueValidator(MOST_STUDENTS)]
    )
    remark = models.CharField(_("remark"), max_length=REASON, blank=True)
    asked_by = models.ForeignKey(
        "accounts.Person", verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("status"),
        max_length=10,
        choices=CohortRequestState,
        default=CohortRequestState.ASKED,
        editable=False,
    )
    cohort = models.OneToOneField(
        Cohort,
        verbose_name=_("cohort"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="request",
    )
    decline_reason = models.CharField(_("reason"), max_length=REASON, blank=True, editable=False)

    objects = CohortRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a cohort")
        verbose_name_plural = _("requests for cohorts")
        ordering = ["starts_on", "pk"]
        constraints = [
            names.constraint("cohort_request", "name"),
            models.CheckConstraint(
                name="cohort_request_confirmed_has_a_cohort",
                condition=Q(state=CohortRequestState.CONFIRMED, cohort__isnull=False)
                | ~Q(state=CohortRequestState.CONFIRMED) & Q(cohort__isnull=True),
            ),
            models.CheckConstraint(
                name="cohort_request_declined_has_a_reason",
                condition=~Q(state=CohortRequestState.DECLINED) | ~Q(decline_reason=""),
            ),
            models.CheckConstraint(
                name="cohort_request_capacity", condition=Q(capacity__gte=1, capacity__lte=MOST_STUDENTS)
            ),
            models.UniqueConstraint(
                name="cohort_request_once",
                fields=["programme", "name"],
                condition=Q(state=CohortRequestState.ASKED),
                violation_error_message=_("A cohort with this name has been asked for already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("programmes:cohort-request-detail", args=[self.public_id])
