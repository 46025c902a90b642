"""Sessions of a cohort: lessons and practice meetings."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import FieldChange
from core.versions import Versioned
from programmes.enums import SessionKind
from programmes.models.cohorts import Cohort
from programmes.models.qualifications import WorkProcess

if TYPE_CHECKING:
    from partnerships.actors import Actor


class SessionQuerySet(models.QuerySet["Session"]):
    def upcoming(self) -> Self:
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def with_former_start(self) -> Self:
        """With `former_start`: when one that was moved began before that, as it is kept on record; else None."""
        moves = FieldChange.objects.filter(
            model=Session._meta.label_lower,
            object_id=Cast(OuterRef("pk"), models.CharField()),
            field="starts_at",
        )
        return self.annotate(former_start=Subquery(moves.order_by("-at", "-pk").values("before")[:1]))

    def visible_to(self, actor: Actor) -> Self:
        """For the school's side; students reach sessions through their enrolment."""
        return self.filter(cohort__in=Cohort.objects.visible_to(actor))

    def for_list(self) -> Self:
        return self.select_related("cohort").prefetch_related("work_processes").order_by("starts_at", "pk")


class Session(Versioned):
    """A lesson or practice meeting, in which work situations are treated."""

    ON_RECORD = ("starts_at", "ends_at")

    former_start: str | None  # of `with_former_start`

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.PROTECT, related_name="sessions"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SessionKind, default=SessionKind.LESSON)
    theme = models.CharField(_("theme"), max_length=160)
    place = models.CharField(_("place"), max_length=120, blank=True)
    bring = models.CharField(_("what to bring"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    work_processes = models.ManyToManyField(
        WorkProcess, verbose_name=_("work processes"), blank=True, related_name="sessions"
    )
    material = models.TextField(_("material"), max_length=4000, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="session_once",
                fields=["cohort", "starts_at", "theme"],
                violation_error_message=_("This session is already in the timetable."),
            ),
            models.CheckConstraint(
                name="session_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The end must be after the start."),
            ),
        ]
        indexes = [models.Index(fields=["cohort", "starts_at"], name="session_cohort_start")]

    def __str__(self) -> str:
        return self.theme
