"""When an administrator opens someone's account: who, why, and for how long. There is no other way in."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import SecurityKind
from accounts.models.people import Person
from accounts.models.second_step import has_second_step
from core.limits import REASON

LASTS = dt.timedelta(hours=1)
SHORTEST_REASON = 15  # "telefoon kwijt" and whose word that is


def _ends() -> models.QuerySet[Any]:
    """The events that say so of an act, the row that is asked about."""
    events: Any = SupportAct._meta.get_field("events").related_model
    ends: models.QuerySet[Any] = events.objects.filter(
        support=OuterRef("pk"), kind=SecurityKind.SUPPORT_ENDED
    )
    return ends


class SupportActQuerySet(models.QuerySet["SupportAct"]):
    def of(self, person: Person) -> Self:
        """About one person; also about a row that turned out to be the same person."""
        return self.filter(Q(subject=person) | Q(subject__merged_into=person))

    def running(self) -> Self:
        """Within their hour, and not ended before."""
        return self.filter(~Exists(_ends()), until__gt=timezone.now())

    def with_ends(self) -> Self:
        """Each with the moment at which it was ended before its hour was over, or None."""
        return self.annotate(ended_at=Subquery(_ends().values("at")[:1]))

    def for_page(self) -> Self:
        """With whom it is about and by, and whether either has a second step."""
        return (
            self.with_ends()
            .select_related("subject__user", "administrator__user")
            .annotate(
                has_second_step=has_second_step("subject__user"),
                is_by_second_step=has_second_step("administrator__user"),
            )
        )

    def for_list(self) -> Self:
        """With whom it is about and by, the newest first."""
        return self.with_ends().select_related("subject", "administrator").order_by("-begun_at", "-pk")


class SupportAct(models.Model):
    """An administrator opens the account of one person for one hour, with a reason that this person reads at once.

    The row stands as it was written; what was done under it, its early end too, are the events that point here.
    """

    APPEND_ONLY = True

    ended_at: dt.datetime | None  # these three set by the queryset
    has_second_step: bool
    is_by_second_step: bool

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    administrator = models.ForeignKey(
        Person, verbose_name=_("administrator"), on_delete=models.PROTECT, related_name="given_support"
    )
    subject = models.ForeignKey(
        Person, verbose_name=_("person it is about"), on_delete=models.PROTECT, related_name="support"
    )
    reason = models.CharField(_("reason"), max_length=REASON)
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    until = models.DateTimeField(_("until"))

    objects = SupportActQuerySet.as_manager()

    class Meta:
        verbose_name = _("support act")
        verbose_name_plural = _("support acts")
        constraints = (
            models.CheckConstraint(
                name="supportact_of_another",
                condition=~Q(administrator=F("subject")),
                violation_error_message=_("You cannot open your own account like this."),
            ),
            models.CheckConstraint(
                name="supportact_at_most_an_hour",
                condition=Q(until__gt=F("begun_at"), until__lte=F("begun_at") + LASTS),
            ),
            models.CheckConstraint(
                name="supportact_has_a_reason",
                condition=GreaterThanOrEqual(Length("reason"), SHORTEST_REASON),
            ),
            # What an event points to: it repeats the person, so that a key holds the two together.
            models.UniqueConstraint(name="supportact_with_subject", fields=["id", "subject"]),
        )
        indexes = (models.Index(fields=["subject", "-begun_at"], name="supportact_subject"),)

    def __str__(self) -> str:
        return f"{self.administrator} – {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """It lasts an hour, unless a shorter time is given."""
        if self.until is None:
            self.until = self.begun_at + LASTS
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The account, as long as the act runs; then what was done."""
        return reverse("partnerships:support-detail", args=[self.public_id])

    @property
    def over_at(self) -> dt.datetime | None:
        """The moment at which it was over; None while it runs."""
        if self.ended_at is not None:
            return self.ended_at
        return self.until if self.until <= timezone.now() else None
