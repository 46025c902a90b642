"""Work situations: what a student ran into at work, brought to the lesson."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Q
from django.utils.translation import gettext_lazy as _

from programmes.models import Session, WorkProcess
from programmes.models.qualifications import qualification_name
from students.enums import SituationState, VisibleFor
from students.models.enrolments import Enrolment
from students.models.sharing import is_shared_with

if TYPE_CHECKING:
    from partnerships.actors import Actor


class WorkSituationQuerySet(models.QuerySet["WorkSituation"]):
    def visible_to(self, actor: Actor) -> Self:
        """The student; teachers and the own supervisor as the student chose (story A-09)."""
        return self.filter(is_shared_with(actor, "enrolment"))

    def for_list(self) -> Self:
        """With student, session and work process, newest first."""
        return (
            self.select_related("enrolment__student", "session", "work_process")
            .annotate(named=qualification_name("work_process__", OuterRef("enrolment__cohort__programme")))
            .order_by("-created_at", "-pk")
        )


class WorkSituation(models.Model):
    """A question from practice; put in a session, and the asker hears back. No client data."""

    named: str | None = (
        ""  # the qualification's name where the programme has more than one; `for_list` fills it in
    )

    TRANSITIONS = {
        "plan": ({SituationState.SUBMITTED, SituationState.PLANNED}, SituationState.PLANNED),
        "treat": ({SituationState.SUBMITTED, SituationState.PLANNED}, SituationState.TREATED),
    }
    REFUSALS = dict.fromkeys(TRANSITIONS, _("This work situation has been treated."))

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, verbose_name=_("enrolment"), on_delete=models.CASCADE, related_name="situations"
    )
    text = models.TextField(_("what did you run into at work"), max_length=2000)
    work_process = models.ForeignKey(
        WorkProcess,
        verbose_name=_("work process"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="situations",
    )
    visible_for = models.CharField(
        _("who may read this"), max_length=22, choices=VisibleFor, default=VisibleFor.TEACHER
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SituationState, default=SituationState.SUBMITTED
    )
    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="situations",
    )
    answer = models.TextField(_("what came out of it"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("brought in at"), auto_now_add=True)

    objects = WorkSituationQuerySet.as_manager()

    class Meta:
        verbose_name = _("work situation")
        verbose_name_plural = _("work situations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="situation_planned_has_session",
                condition=~Q(state=SituationState.PLANNED) | Q(session__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["enrolment", "-created_at"], name="situation_enrolment")]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def process(self) -> WorkProcess | None:
        """The work process, if one was chosen, named with its qualification where the programme has more than one."""
        return self.work_process.named_as(self.named) if self.work_process else None
