"""Meetings of a group, or of a whole partnership: planned, invited to, held, and closed with a report."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import local_day
from core.versions import Versioned
from meetings.enums import MeetingKind, MeetingState
from partnerships.models import Call, Group, Partnership

if TYPE_CHECKING:
    import datetime as dt

    from partnerships.actors import Actor

_COMING = {MeetingState.DRAFT, MeetingState.INVITED}
# Nobody heard of it: calling off a meeting that was invited to raises its sequence.
NOT_SENT = Q(state=MeetingState.DRAFT) | Q(state=MeetingState.CANCELLED, sequence=0)
ENDS_AFTER_START = _("The end must be after the start.")
NEEDS_A_PLACE = _("Say where it is, or give a link, before you invite people.")


def open_to(actor: Actor, *, partnership: str = "partnership", group: str = "group") -> Q:
    """A condition: a row of a group is for its seats and the coordinators, one of a whole partnership for its members."""
    return (
        Q(**{f"{partnership}__in": actor.coordinates})
        | Q(**{f"{group}__in": actor.groups})
        | Q(**{f"{group}__isnull": True, f"{partnership}__in": actor.inside})
    )


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor) -> Self:
        """Meetings of own groups and partnerships; one in preparation is for who plans it (docs/domain.md 2).

        It stays so when it was called off before anyone was invited.
        """
        plans = (
            Q(partnership__in=actor.coordinates)
            | Q(group__in=actor.presides)
            | Q(group__isnull=True, partnership__in=actor.writes_for)
        )
        return self.filter(open_to(actor) & (plans | ~NOT_SENT))

    def coming(self) -> Self:
        """Those that are still to be held."""
        return self.filter(state__in=_COMING)

    def never_held(self) -> Self:
        """Those whose time has passed and of which no report was begun."""
        return self.coming().filter(ends_at__lt=timezone.now())

    def for_list(self) -> Self:
        """With group, partnership and where the report was adopted, the latest first."""
        return self.select_related("group", "partnership", "adoption__meeting").order_by("-starts_at", "-pk")

    def soonest_first(self) -> Self:
        """The same, the first to come first."""
        return self.for_list().order_by("starts_at", "pk")


class Meeting(Versioned):
    """A table that meets at a time and a place, with an agenda, and afterwards a report that stands."""

    TRANSITIONS = {
        "invite": ({MeetingState.DRAFT}, MeetingState.INVITED),
        "hold": ({MeetingState.DRAFT, MeetingState.INVITED}, MeetingState.HELD),
        "close": ({MeetingState.HELD}, MeetingState.CLOSED),
        "cancel": (_COMING, MeetingState.CANCELLED),
        "reopen": ({MeetingState.CLOSED}, MeetingState.HELD),
    }
    REASON_REQUIRED = frozenset({"cancel", "reopen"})
    REFUSALS = {
        "invite": _("Invitations have gone out already, or this meeting is over."),
        "hold": _("This meeting is over, or was cancelled."),
        "close": _("First start the report, then send it."),
        "cancel": _("This meeting was held or cancelled already."),
        "reopen": _("The report of this meeting has not gone out."),
    }
    ON_RECORD = ("starts_at", "ends_at", "place", "link")
    COUNTED = ("sequence",)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="meetings"
    )
    # Of this partnership (migrations/0001_initial.py). Without it the whole partnership meets.
    group = models.ForeignKey(
        Group,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    # Of which it is the kick-off.
    call = models.ForeignKey(
        Call,
        verbose_name=_("call"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    kind = models.CharField(
        _("kind"), max_length=15, choices=MeetingKind, default=MeetingKind.MEETING, db_default="meeting"
    )
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(
        _("link to an online meeting"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
    )
    remark = models.TextField(_("what people should know beforehand"), max_length=1000, blank=True)
    state = models.CharField(
        _("status"), max_length=10, choices=MeetingState, default=MeetingState.DRAFT, db_default="draft"
    )
    # Of the entry in people's own agendas (RFC 5545, SEQUENCE): raised with each change that was mailed.
    sequence = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    previous = models.ForeignKey(
        "self",
        verbose_name=_("previous meeting"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="following",
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=ENDS_AFTER_START,
            ),
            models.CheckConstraint(
                name="meeting_invited_to_has_a_place",
                condition=Q(state__in=(MeetingState.DRAFT, MeetingState.CANCELLED))
                | ~Q(place="")
                | ~Q(link=""),
                violation_error_message=NEEDS_A_PLACE,
            ),
            models.CheckConstraint(
                name="meeting_of_a_group_or_a_call", condition=Q(group__isnull=True) | Q(call__isnull=True)
            ),
            # What rows of a meeting name beside it, so that they are of the same partnership.
            models.UniqueConstraint(name="meeting_of_its_partnership", fields=["id", "partnership"]),
        ]
        indexes = [
            models.Index(fields=["partnership", "-starts_at", "-id"], name="meeting_of_partnership"),
            models.Index(fields=["group", "-starts_at", "-id"], name="meeting_of_group"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the meeting: its agenda before, its report afterwards."""
        return reverse("meetings:meeting-detail", args=[self.public_id])

    @property
    def day(self) -> dt.date:
        """On which day it is, in the Netherlands."""
        return local_day(self.starts_at)

    @property
    def is_coming(self) -> bool:
        """Whether it is still to be held."""
        return self.state in _COMING

    @property
    def is_not_sent(self) -> bool:
        """Whether nobody was told of it, so that it is for who plans it alone."""
        return self.state == MeetingState.DRAFT or (
            self.state == MeetingState.CANCELLED and self.sequence == 0
        )

    @property
    def is_adopted(self) -> bool:
        """Whether a later meeting adopted its report; of a row of `for_list`."""
        return hasattr(self, "adoption")

    @property
    def status(self) -> str:
        """How it stands, in words; a report that went out is a concept until it is adopted. Of a row of `for_list`."""
        return str(_("report adopted")) if self.is_adopted else str(self.get_state_display())

    @property
    def has_begun(self) -> bool:
        """Whether its time has come."""
        return self.starts_at <= timezone.now()

    @property
    def table(self) -> str:
        """Whose meeting it is: the group, or the whole partnership."""
        return self.group.name if self.group else self.partnership.name
