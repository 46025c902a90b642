"""What someone wants a mail about when something new fits: asked for with an address, whoever it is."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from core import emails
from partnerships.enums import SearchedList, SearchRhythm

LONGEST_QUERY = 600
# A turn that comes an hour early is of that day all the same: the clock that starts it is not exact.
EARLY = dt.timedelta(hours=2)
RESTS = {SearchRhythm.DAILY: dt.timedelta(days=1), SearchRhythm.WEEKLY: dt.timedelta(days=7)}


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def standing(self) -> Self:
        """Those that were not ended."""
        return self.filter(stopped_at__isnull=True)

    def due(self, now: dt.datetime) -> Self:
        """Those of which one may be mailed again."""
        turns = Q()
        for rhythm, rest in RESTS.items():
            turns |= Q(rhythm=rhythm, told_until__lte=now - rest + EARLY)
        return self.standing().filter(turns, confirmed_at__isnull=False)


class SavedSearch(models.Model):
    """A list that everyone can read with the filters that were chosen, and the address that hears what is new in it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Who asked while signed in, for the own address; a visitor is known by that address alone.
    person = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    email = emails.EmailField(_("email"))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    searched = models.CharField(_("list"), max_length=12, choices=SearchedList)
    # As in the address of the list, in one order, so that who ask the same are asked for once.
    query = models.CharField(_("filters"), max_length=LONGEST_QUERY, blank=True)
    rhythm = models.CharField(_("how often"), max_length=6, choices=SearchRhythm, default=SearchRhythm.WEEKLY)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True, editable=False)
    # What was published up to then has been told, or was there already.
    told_until = models.DateTimeField(_("told until"), default=timezone.now, editable=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-asked_at", "pk"]
        indexes = (
            models.Index(
                fields=["rhythm", "told_until"],
                name="saved_search_due",
                condition=Q(confirmed_at__isnull=False, stopped_at__isnull=True),
            ),
        )
        constraints = [
            models.CheckConstraint(name="saved_search_has_an_address", condition=~Q(email="")),
            models.CheckConstraint(
                name="saved_search_confirmed_after_asked",
                condition=Q(confirmed_at__isnull=True) | Q(confirmed_at__gte=F("asked_at")),
            ),
            models.UniqueConstraint(
                name="saved_search_once",
                fields=["email", "searched", "query"],
                condition=Q(stopped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_searched_display()}: {self.query or '–'}"

    @property
    def is_on(self) -> bool:
        """Whether mails go out."""
        return self.confirmed_at is not None and self.stopped_at is None
