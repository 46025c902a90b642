"""Evidence that a student adds to a goal: a text or a checked file, private by default."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.core.files.base import File
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import files
from core.models import StoredFile
from core.readlog import AboutSomeone
from students.models.enrolments import Enrolment
from students.models.goals import Goal
from students.models.reporting import Reportable, ReportableQuerySet
from students.models.sharing import Shown, is_shared_with

if TYPE_CHECKING:
    from partnerships.actors import Actor


def evidence_path(evidence: Evidence, filename: str) -> str:  # noqa: ARG001  # Django gave both
    """Where a file was kept when the table had a path of its own: its first migration names it."""
    return f"evidence/{evidence.public_id}"


class EvidenceQuerySet(ReportableQuerySet["Evidence"]):
    def visible_to(self, actor: Actor) -> Self:
        """The student; teachers, supervisor and employer as the student chose; coordinators never.

        Who sees only some of the goals reads what is shown with those.
        """
        return self.filter(is_shared_with(actor, "goal__plan__enrolment", goal="goal"))

    def with_hand_ins(self) -> Self:
        """With whether each is part of the hand-in that stands, and of any that was not taken back: for rules."""
        parts = apps.get_model("students", "HandIn").evidence.through.objects
        mine = parts.filter(evidence=OuterRef("pk"), handin__taken_back_at=None)
        return self.annotate(
            was_handed_in=Exists(mine), is_handed_in=Exists(mine.filter(handin__closed_at=None))
        )


class Evidence(AboutSomeone, Shown, Reportable):
    """Something that shows how far a goal is; no client data (docs/domain.md 8, Privacy).

    The student writes it anew until it is handed in. That this was done is on record, and what it said before is kept
    nowhere: what should not have been in it must be able to go. What was handed in stands, but for a file in which the
    scanner found something: nobody reads that, and another one may take its place. The school
    removes what tells of a client, handed in or not.
    """

    ABOUT, KIND = "goal", "evidence"
    ON_RECORD = (*Shown.ON_RECORD, "edited_at", "file_replaced_at", "reported_at", "removed_because")

    # Filled in by the page of its goal
    may_report = False
    may_remove = False

    # Filled in by `with_hand_ins`
    is_handed_in: bool
    was_handed_in: bool

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(
        Goal, verbose_name=_("learning goal"), on_delete=models.PROTECT, related_name="evidence"
    )
    text = models.TextField(_("what you did and learned"), max_length=4000, blank=True)
    file = models.OneToOneField(
        StoredFile,
        verbose_name=_("file"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    file_name = models.CharField(_("name of the file"), max_length=150, blank=True)
    # When another one took the place of a file in which something was found
    file_replaced_at = models.DateTimeField(_("file replaced"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)
    edited_at = models.DateTimeField(_("changed at"), null=True, blank=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_text_or_file",
                condition=Q(removed_because="") & (~Q(text="") | Q(file__isnull=False))
                | ~Q(removed_because="") & Q(text="", file=None, file_name="", reported_at=None),
                violation_error_message=_("Write a text or add a file."),
            ),
            models.CheckConstraint(
                name="evidence_replaced_has_file",
                condition=Q(file_replaced_at=None) | Q(file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or self.text[:60] or str(_("Evidence that the school removed"))

    @property
    def is_empty(self) -> bool:
        return bool(self.removed_because)

    @property
    def of_enrolment(self) -> Enrolment:
        return self.goal.plan.enrolment

    @property
    def author_url(self) -> str:
        return reverse("students:evidence-share", args=[self.public_id])

    @property
    def decide_url(self) -> str:
        return reverse("students:evidence-take-away", args=[self.public_id])

    def holds(self, file: File[bytes]) -> bool:
        """Whether the file that is kept is, to the last byte, this one."""
        return self.file is not None and files.is_same(self.file, file)
