"""A list that someone hands in, from the file to what was written of it: what was shown is on its rows."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.versions import Versioned

UNDO_FOR = dt.timedelta(hours=24)  # after the commit
UNFINISHED_FOR = dt.timedelta(hours=24)  # what nobody went on with is thrown away
WIPED_AFTER = dt.timedelta(days=30)


class Verdict(models.TextChoices):
    """What becomes of a row."""

    READ = "read", _("not checked yet")
    NEW = "new", _("new")
    CHANGED = "changed", _("changes")
    SAME = "same", _("stays the same")
    SKIPPED = "skipped", _("skipped")
    WAITS = "waits", _("waits")  # cannot go on without something that the school has to find out
    WRONG = "wrong", _("to put right")


class Work(models.TextChoices):
    """What a worker does for a batch, or is asked to do."""

    READ = "read", _("reading the file")
    CHECK = "check", _("checking the rows")
    COMMIT = "commit", _("saving")
    UNDO = "undo", _("taking back")


class BatchState(models.TextChoices):
    UPLOADED = "uploaded", _("columns to be chosen")
    MAPPED = "mapped", _("to be checked")
    CHECKED = "checked", _("checked")
    COMMITTED = "committed", _("saved")
    UNDONE = "undone", _("taken back")


FINISHED = (BatchState.COMMITTED, BatchState.UNDONE)


class ImportBatch(Versioned):
    """A list in one file. `kind` is its importer, `target` the key of what it goes into, `owner` of whom the columns are.

    Both are texts, since what they point to belongs to apps above this one.
    """

    TRANSITIONS: ClassVar[dict[str, Any]] = {
        "map": ({BatchState.UPLOADED, BatchState.MAPPED, BatchState.CHECKED}, BatchState.MAPPED),
        "check": ({BatchState.MAPPED, BatchState.CHECKED}, BatchState.CHECKED),
        "commit": ({BatchState.CHECKED}, BatchState.COMMITTED),
        "undo": ({BatchState.COMMITTED}, BatchState.UNDONE),
    }
    REFUSALS: ClassVar[dict[str, Any]] = {
        "map": _("This list has been saved already."),
        "check": _("This list has been saved already."),
        "commit": _("This list has been saved already, or has not been checked yet."),
        "undo": _("This list has been taken back already, or was never saved."),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    target = models.CharField(_("goes into"), max_length=40, blank=True)
    owner = models.CharField(_("columns of"), max_length=40, blank=True)
    by = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="import_batches", verbose_name=_("by")
    )
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.UPLOADED)
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(_("content"), null=True, editable=False)  # until its rows have been read
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    header_line = models.PositiveIntegerField(_("line of the header"), default=0)
    columns = models.JSONField(_("columns"), default=list)  # as `core.imports.columns.Found`
    questions = models.JSONField(_("questions about the whole list"), default=list)
    answers = models.JSONField(_("answers"), default=dict)
    language = models.CharField(_("language"), max_length=5, default="nl")
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    counts = models.JSONField(_("rows by verdict"), default=dict)
    totals = models.JSONField(_("what the check says of the whole"), default=dict)
    work = models.CharField(_("asked of a worker"), max_length=10, choices=Work, blank=True)
    work_by = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    work_since = models.DateTimeField(_("taken by a worker"), null=True, blank=True)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    fault = models.TextField(_("what went wrong"), blank=True)
    created_at = models.DateTimeField(_("handed in"), default=timezone.now)
    committed_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    wiped_at = models.DateTimeField(_("rows wiped at"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported list")
        verbose_name_plural = _("imported lists")
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=["kind", "target", "-created_at"], name="importbatch_target"),
            models.Index(fields=["created_at"], condition=~Q(work=""), name="importbatch_work"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["committed", "undone"]) ^ Q(committed_at__isnull=True),
                name="importbatch_committed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="undone") ^ Q(undone_at__isnull=True), name="importbatch_undone_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(work="") | Q(work_by=None, work_since=None),
                name="importbatch_no_work_no_worker",
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def undo_until(self) -> dt.datetime | None:
        """Until when all of it can be taken back; None when it was not saved."""
        return self.committed_at + UNDO_FOR if self.committed_at else None

    def count(self, *verdicts: str) -> int:
        """How many rows have one of these verdicts."""
        return sum(int(self.counts.get(str(verdict), 0)) for verdict in verdicts)


class ImportRow(models.Model):
    """A row of a list: what stood there, what people put in its place, and what becomes of it as it was shown."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows", verbose_name=_("list"))
    number = models.PositiveIntegerField(_("line"))
    raw = models.JSONField(_("cells"), null=True)
    typed = models.JSONField(_("put right"), default=dict)  # by field
    answers = models.JSONField(_("answers"), default=dict)  # by question
    is_skipped = models.BooleanField(_("skipped by hand"), default=False)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict, default=Verdict.READ)
    name = models.CharField(_("name"), max_length=250, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    values = models.JSONField(_("values"), null=True)
    problems = models.JSONField(_("problems"), default=list)
    changes = models.JSONField(_("old and new"), default=list)
    object_id = models.BigIntegerField(_("object"), null=True, blank=True)
    object_version = models.CharField(_("version of the object"), max_length=40, blank=True)
    before = models.JSONField(_("before"), null=True)  # what is put back when it is taken back
    subject = models.UUIDField(_("person it is about"), null=True, blank=True)
    is_undone = models.BooleanField(_("taken back"), default=False)

    class Meta:
        verbose_name = _("row of an imported list")
        verbose_name_plural = _("rows of imported lists")
        ordering = ("batch", "number")
        constraints = (models.UniqueConstraint(fields=["batch", "number"], name="importrow_once"),)
        indexes = (models.Index(fields=["batch", "verdict", "number"], name="importrow_verdict"),)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


# What is written over a row of which nothing may be known any more: by the clock, or as someone in it is erased.
NO_CELLS: dict[str, Any] = {
    "raw": None,
    "typed": {},
    "answers": {},
    "values": None,
    "before": None,
    "problems": [],
    "changes": [],
    "name": "",
    "note": "",
}


class ImportColumn(models.Model):
    """What a column is for a school (or for whoever keeps reference data), as someone chose it once."""

    kind = models.CharField(_("kind"), max_length=40)
    owner = models.CharField(_("columns of"), max_length=40, blank=True)
    heading = models.CharField(_("heading"), max_length=100)
    field = models.CharField(_("field"), max_length=40)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("remembered column")
        verbose_name_plural = _("remembered columns")
        constraints = (
            models.UniqueConstraint(fields=["kind", "owner", "heading"], name="importcolumn_once"),
        )

    def __str__(self) -> str:
        return f"{self.heading}: {self.field}"
