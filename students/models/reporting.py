"""What a reader can report because a client can be recognised in it: work situations, evidence and feedback."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.limits import REASON
from students.models.enrolments import Enrolment

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ReportableQuerySet(models.QuerySet[Row]):
    def reported(self) -> Self:
        """Those of which a reader said that a client can be recognised, and of which nothing came yet."""
        return self.filter(reported_at__isnull=False)


class Reportable(models.Model):
    """A row that whoever reads it can report, and that the school removes or lets stay.

    What was removed has no words and no file any more; that it was there, and why it went, stays. A row says with `for_…`
    who reads it: by its columns, or for everyone who sees the goal that it belongs to.
    """

    KIND = ""  # in its addresses: <kind>-report
    SHOWN_TO_HOSTS = True  # of an exchange, who see its goals

    for_teachers: Any = True
    for_supervisor: Any = True
    for_employer: Any = True

    # Who did is on record.
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True, editable=False)
    removed_because = models.CharField(
        _("why the school removed it"),
        max_length=REASON,
        blank=True,
        help_text=_("Empty when the student withdrew it."),
    )

    class Meta:
        abstract = True

    @property
    def is_reported(self) -> bool:
        """Whether a reader said that a client can be recognised in it, and nobody looked at that yet."""
        return self.reported_at is not None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing left to read."""
        raise NotImplementedError

    @property
    def of_enrolment(self) -> Enrolment:
        raise NotImplementedError

    @property
    def author_id(self) -> int | None:
        """The person whose words it holds."""
        return self.of_enrolment.student.person_id

    @property
    def author_url(self) -> str:
        """Where whoever wrote it changes it or takes it away."""
        raise NotImplementedError

    @property
    def decide_url(self) -> str:
        """Where a teacher removes it or lets it stay."""
        raise NotImplementedError
