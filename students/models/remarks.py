"""Short feedback on a goal: it stands as it was given, and whoever gave it can take it back or correct it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import local_day
from core.readlog import AboutSomeone
from students.enums import Party
from students.models.enrolments import Enrolment
from students.models.goals import Goal
from students.models.reporting import Reportable, ReportableQuerySet

if TYPE_CHECKING:
    from partnerships.actors import Actor

DAYS = 14  # in which feedback can be taken back
# What the database refuses, in the words in which a service says it beforehand
WRITE_FEEDBACK = _("Write your feedback.")


class GoalRemarkQuerySet(ReportableQuerySet["GoalRemark"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees a goal reads the feedback on it."""
        return self.filter(goal__in=Goal.objects.visible_to(actor))


class GoalRemark(AboutSomeone, Reportable):
    """Short feedback on a goal, by anyone who may see it.

    What was taken back, or removed by the school, has no words any more; that it was given and went stays. What is
    corrected stays to be read beside the row that `corrects` it.
    """

    ABOUT, KIND = "goal", "remark"
    ON_RECORD = ("reported_at", "removed_because")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(
        Goal, verbose_name=_("learning goal"), on_delete=models.CASCADE, related_name="remarks"
    )
    party = models.CharField(_("party"), max_length=8, choices=Party)
    text = models.CharField(_("feedback"), max_length=1000)
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("corrects"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = GoalRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback on a goal")
        verbose_name_plural = _("feedback on goals")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="remark_empty_when_taken_back",
                condition=Q(taken_back_at__isnull=True, removed_because="") & ~Q(text="")
                | Q(taken_back_at__isnull=False, reported_at=None) & Q(text=""),
                violation_error_message=WRITE_FEEDBACK,
            ),
            models.UniqueConstraint(
                name="remark_corrected_once", fields=["corrects"], condition=Q(taken_back_at=None)
            ),
            models.CheckConstraint(
                name="remark_corrects_an_earlier_one",
                condition=Q(corrects__isnull=True) | Q(corrects__lt=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(_("Feedback that was taken back"))

    @property
    def is_empty(self) -> bool:
        return self.taken_back_at is not None

    @property
    def is_taken_back(self) -> bool:
        """Whether whoever gave it took it away; what a teacher removed has a reason."""
        return self.is_empty and not self.removed_because

    @property
    def of_enrolment(self) -> Enrolment:
        return self.goal.plan.enrolment

    @property
    def author_id(self) -> int | None:
        return self.by_id

    @property
    def author_url(self) -> str:
        return f"{self.goal.get_absolute_url()}#feedback-{self.public_id}"

    @property
    def decide_url(self) -> str:
        return reverse("students:remark-take-away", args=[self.public_id])

    @property
    def last_day_to_take_back(self) -> dt.date:
        """Until when whoever gave it can take it back; after that day it is corrected."""
        return local_day(self.at) + dt.timedelta(days=DAYS)
