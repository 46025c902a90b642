"""What an initiative wants to have reached by a day, on the way to its aim."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.versions import Versioned
from partnerships.enums import MilestoneState
from partnerships.models.initiatives import GOING_ON, Initiative

# From so long before its day, its owner is asked for it.
ASK_BEFORE = dt.timedelta(days=7)


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def for_list(self) -> Self:
        """With who answers for them, in the order of their days."""
        return self.select_related("owner__user").order_by("due_on", "pk")

    def due_soon(self) -> Self:
        """What is to be there within a week or should have been, of initiatives that go on."""
        awaited = self.filter(state=MilestoneState.OPEN, due_on__lte=today() + ASK_BEFORE)
        return awaited.filter(initiative__state__in=GOING_ON)


class Milestone(Versioned):
    """Something that is there or is not, by a day, with someone who answers for it."""

    ON_RECORD = ("title", "due_on", "owner")
    TRANSITIONS = {
        "reach": ({MilestoneState.OPEN}, MilestoneState.REACHED),
        "drop": ({MilestoneState.OPEN}, MilestoneState.DROPPED),
        "reopen": ({MilestoneState.REACHED, MilestoneState.DROPPED}, MilestoneState.OPEN),
    }
    REFUSALS = {
        **dict.fromkeys(("reach", "drop"), _("This milestone was reached or dropped already.")),
        "reopen": _("This milestone is open already."),
    }
    REASON_REQUIRED = frozenset({"drop"})

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.PROTECT, related_name="milestones"
    )
    title = models.CharField(_("what is there then"), max_length=120)
    due_on = models.DateField(_("to be reached by"))
    owner = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=8, choices=MilestoneState, default=MilestoneState.OPEN, editable=False
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["initiative", "due_on", "id"], name="milestone_by_day")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page; its initiative is loaded."""
        return reverse("partnerships:milestone", args=[self.initiative.slug, self.public_id])

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not there."""
        return self.state == MilestoneState.OPEN and self.due_on < today()

    @property
    def days_late(self) -> int:
        """For how many days it is late."""
        return (today() - self.due_on).days
