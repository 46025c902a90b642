"""What someone promised to do, by a day: from a decision, a meeting, a need, or on its own."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import endings
from core.dates import today
from core.limits import REASON
from core.versions import Versioned
from meetings.enums import ActionState
from meetings.models.agenda import AgendaItem
from meetings.models.decisions import Decision
from meetings.models.meetings import Meeting, open_to
from partnerships.models import ActionLine, Group, Initiative, Organisation, Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor

RUNNING = (ActionState.OPEN, ActionState.BUSY)
_RUNNING = set(RUNNING)


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, actor: Actor) -> Self:
        """Actions of own groups and partnerships, and all that are one's own to do."""
        return self.filter(open_to(actor) | Q(owner=actor.person_id))

    def running(self) -> Self:
        """Those that are still to be done."""
        return self.filter(state__in=RUNNING)

    def late(self) -> Self:
        """Those whose last day has passed."""
        return self.running().filter(due_on__lt=today())

    def of(self, actor: Actor) -> Self:
        """The actor's own, still to be done, the most urgent first."""
        return self.running().filter(owner=actor.person_id).for_list()

    def for_list(self) -> Self:
        """With owner and where it comes from, the most urgent first."""
        return self.select_related(
            "owner__user",
            "organisation",
            "group",
            "partnership",
            "meeting__partnership",
            "meeting__group",
            "decision",
            "initiative",
            "action_line",
        ).order_by("due_on", "pk")


class Action(Versioned):
    """One thing to do, with its owner and last day."""

    TRANSITIONS = {
        "take": ({ActionState.OPEN}, ActionState.BUSY),
        "finish": (_RUNNING, ActionState.DONE),
        "lapse": (_RUNNING, ActionState.LAPSED),
    }
    REASON_REQUIRED = frozenset({"lapse"})
    REFUSALS = dict.fromkeys(TRANSITIONS, _("This action is done or has lapsed already."))
    UNDO = dict.fromkeys(TRANSITIONS, endings.DAYS)
    ON_RECORD = ("owner", "organisation", "due_on", "title")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="actions"
    )
    group = models.ForeignKey(
        Group,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    title = models.CharField(_("what is to be done"), max_length=200)
    owner = models.ForeignKey(
        "accounts.Person", verbose_name=_("who does it"), on_delete=models.PROTECT, related_name="actions"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("for which organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    due_on = models.DateField(_("last day"))
    state = models.CharField(
        _("status"), max_length=10, choices=ActionState, default=ActionState.OPEN, db_default="open"
    )
    outcome = models.CharField(_("what became of it"), max_length=REASON, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("meeting"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("agenda item"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("decision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("for the initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    action_line = models.ForeignKey(
        ActionLine,
        verbose_name=_("for the action line"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="action_says_what", condition=~Q(title="")),
            models.CheckConstraint(
                name="action_of_a_decision_has_its_meeting",
                condition=Q(decision__isnull=True) | Q(meeting__isnull=False),
            ),
            models.CheckConstraint(
                name="action_of_an_item_has_its_meeting",
                condition=Q(item__isnull=True) | Q(meeting__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on", "id"], name="action_to_do", condition=Q(state__in=RUNNING)
            ),
            models.Index(fields=["due_on", "id"], name="action_due", condition=Q(state__in=RUNNING)),
            models.Index(fields=["partnership", "due_on", "id"], name="action_of_partnership"),
            models.Index(fields=["group", "due_on", "id"], name="action_of_group"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("meetings:action-detail", args=[self.public_id])

    @property
    def is_running(self) -> bool:
        """Whether it is still to be done."""
        return self.state in RUNNING

    @property
    def is_late(self) -> bool:
        """Whether its last day has passed and it is not done."""
        return self.is_running and self.due_on < today()

    @property
    def days_late(self) -> int:
        """How many days ago it should have been done."""
        return (today() - self.due_on).days
