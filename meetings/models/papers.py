"""Papers of a meeting, or of one item of its agenda: files for who sits at that table."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.versions import Versioned
from meetings.enums import MeetingState
from meetings.models.agenda import AgendaItem
from meetings.models.meetings import Meeting

if TYPE_CHECKING:
    from partnerships.actors import Actor


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the meetings that the actor may see: never those of a group in which one has no seat (story B-11)."""
        return self.filter(meeting__in=Meeting.objects.visible_to(actor))

    def for_list(self) -> Self:
        """With file and who put it in, in the order in which they came."""
        return self.select_related("file", "by__user").order_by("at", "pk")


class Paper(Versioned):
    """A checked file with a meeting; once the report has gone out it stands as the rest (migrations/0003_papers.py)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="papers"
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("agenda item"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="papers",
    )
    file = models.OneToOneField(
        StoredFile, verbose_name=_("file"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(_("name of the file"), max_length=150)
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("put in by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("put in at"), default=timezone.now)

    STANDS = Q(meeting__state=MeetingState.CLOSED)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a meeting")
        verbose_name_plural = _("papers of meetings")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Where it is downloaded."""
        return reverse("meetings:paper-file", args=[self.public_id])
