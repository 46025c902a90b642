"""Calls for employers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import endings, periods
from core.dates import study_year_label, today
from core.versions import Versioned
from partnerships.enums import CallState
from partnerships.models.initiatives import Initiative
from partnerships.models.partnerships import Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor


class CallQuerySet(models.QuerySet["Call"]):
    def published(self) -> Self:
        """Those that everyone may read, open or closed."""
        return self.filter(is_published=True)

    def visible_to(self, actor: Actor) -> Self:
        """Published ones, and all of the partnerships that the actor writes for."""
        return self.filter(Q(is_published=True) | Q(partnership__in=actor.writes_for))

    def open(self) -> Self:
        """Those one can sign up for today."""
        going_on = Partnership.objects.filter(periods.running(may_lack_start=True))
        return self.filter(
            partnership__in=going_on, is_published=True, deadline__gte=today(), state=CallState.OPEN
        )

    def for_list(self) -> Self:
        """With their partnership, the latest deadline first."""
        return self.select_related("partnership").order_by("-deadline", "pk")


class Call(Versioned):
    """A call for employers with targets per study year (docs/domain.md 11: ten partners of about ten places)."""

    ON_RECORD = ("kick_off_on", "deadline", "is_published")
    TRANSITIONS = {"close": ({CallState.OPEN}, CallState.CLOSED)}
    UNDO = {"close": endings.DAYS}
    REFUSALS = {"close": _("This call is closed already.")}

    figures: dict[str, int] | None  # set by `queries.calls.first_to_end`

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="calls"
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="calls",
    )
    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300)
    text = models.TextField(_("text"), max_length=6000, blank=True)
    study_year = models.PositiveSmallIntegerField(
        _("study year"), help_text=_("The year in which it starts.")
    )
    partners_target = models.PositiveSmallIntegerField(
        _("partners wanted"), validators=[MinValueValidator(1)]
    )
    places_target = models.PositiveSmallIntegerField(
        _("training places wanted"), validators=[MinValueValidator(1)]
    )
    kick_off_on = models.DateField(_("kick-off"), null=True, blank=True)
    deadline = models.DateField(_("deadline"))
    state = models.CharField(
        _("state"), max_length=6, choices=CallState, default=CallState.OPEN, editable=False
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    is_published = models.BooleanField(_("published"), default=False)
    # Kept by a database trigger (0063_calls_published_at), whatever is written here: when everyone could read it first.
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    is_example = models.BooleanField(_("example data"), default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for employers")
        verbose_name_plural = _("calls for employers")
        ordering = ["-deadline", "pk"]
        constraints = [
            models.CheckConstraint(
                name="call_targets_positive",
                condition=Q(partners_target__gte=1, places_target__gte=1),
                violation_error_message=_("A target is 1 or more."),
            ),
            models.CheckConstraint(
                name="call_days_near_study_year",
                condition=Q(
                    deadline__year__gte=F("study_year") - 2,
                    deadline__year__lte=F("study_year") + 1,
                )
                & (
                    Q(kick_off_on__isnull=True)
                    | Q(
                        kick_off_on__year__gte=F("study_year") - 2,
                        kick_off_on__year__lte=F("study_year") + 1,
                    )
                ),
                violation_error_message=_(
                    "The days and the study year do not fit together. Check the years."
                ),
            ),
            models.CheckConstraint(
                name="call_closed_has_day",
                condition=Q(state=CallState.CLOSED, closed_on__isnull=False)
                | Q(state=CallState.OPEN, closed_on__isnull=True),
            ),
            models.UniqueConstraint(
                "partnership",
                "study_year",
                Lower("title"),
                name="call_title_once_a_year",
                violation_error_message=_("There is a call with this title already. Look in the list."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("partnerships:call-detail", args=[self.slug])

    @property
    def is_open(self) -> bool:
        """Whether one can sign up today: not once it or its partnership has closed."""
        over = self.is_closed or periods.is_over(self.partnership)
        return self.is_published and self.deadline >= today() and not over

    @property
    def open_until(self) -> dt.date:
        """The last day on which one can or could sign up."""
        return self.deadline if self.closed_on is None else min(self.closed_on, self.deadline)

    @property
    def is_closed(self) -> bool:
        """Whether it was closed before its last day."""
        return self.state == CallState.CLOSED

    @property
    def study_year_label(self) -> str:
        """The study year as people write it: 2026-2027."""
        return study_year_label(self.study_year)
