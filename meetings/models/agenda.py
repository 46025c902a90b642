"""What a meeting talks about, item by item, and what was said of each."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.versions import Versioned
from meetings.enums import ItemKind
from meetings.models.meetings import Meeting
from partnerships.models import Initiative

ONE_PLACE = _("Two items cannot have the same position.")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def for_meeting(self, meeting: Meeting) -> Self:
        """Those of a meeting in their order, each with its needs, decisions and actions."""
        return self.filter(meeting=meeting).order_by("position", "pk")


class AgendaItem(Versioned):
    """One item: what is asked of the table, and the minutes of it.

    Once the report has gone out neither changes any more (migrations/0002_reports_stand.py).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(
        _("what you ask"), max_length=10, choices=ItemKind, default=ItemKind.DISCUSS, db_default="discuss"
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("explanation"), max_length=2000, blank=True)
    minutes = models.TextField(_("minutes"), max_length=4000, blank=True)
    # An action whose state is asked for; what else it came from stands in the needs that point here.
    action = models.ForeignKey(
        "meetings.Action",
        verbose_name=_("about the action"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="discussed_in",
    )

    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("about the initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="discussed_in",
    )

    proposal = models.ForeignKey(
        "meetings.ImprovementProposal",
        verbose_name=_("about the improvement proposal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="discussed_in",
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="agenda_item_one_place",
                fields=["meeting", "position"],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=ONE_PLACE,
            ),
            models.UniqueConstraint(
                name="agenda_item_action_once",
                fields=["meeting", "action"],
                violation_error_message=_("This action is on the agenda already."),
            ),
            models.CheckConstraint(
                name="agenda_item_about_one_thing",
                condition=Q(action__isnull=True) | Q(initiative__isnull=True),
            ),
            models.CheckConstraint(
                name="agenda_item_of_a_proposal_alone",
                condition=Q(proposal__isnull=True) | Q(action__isnull=True, initiative__isnull=True),
            ),
            models.UniqueConstraint(
                name="agenda_item_proposal_once",
                fields=["meeting", "proposal"],
                violation_error_message=_("This proposal is on the agenda already."),
            ),
            models.UniqueConstraint(name="agenda_item_of_its_meeting", fields=["id", "meeting"]),
        ]

    def __str__(self) -> str:
        return self.title
