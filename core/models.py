"""Rows that every app writes and none owns: history, outbox, ledger, read log, holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import holidays
from core.database_marks import DatabaseMark
from core.findings import Finding
from core.imports.models import ImportBatch, ImportColumn, ImportRow
from core.jobs import Job
from core.outgoing import OutgoingMail
from core.scanning import KEPT_BACK, Scan

__all__ = [
    "DatabaseMark",
    "Finding",
    "ImportBatch",
    "ImportColumn",
    "ImportRow",
    "Job",
    "OutgoingMail",
]  # of modules of their own


class StateChange(models.Model):
    """One applied transition. Never updated: the history is what happened."""

    APPEND_ONLY = True

    model = models.CharField(_("model"), max_length=80)
    object_id = models.CharField(_("object"), max_length=40)
    action = models.CharField(_("action"), max_length=40)
    from_state = models.CharField(_("from state"), max_length=40)
    to_state = models.CharField(_("to state"), max_length=40)
    by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    cause = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="caused",
        verbose_name=_("caused by"),
        help_text=_("The change that this one followed from, so that both can be taken back."),
    )
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )
    subject = models.UUIDField(_("person it is about"), null=True, blank=True)

    class Meta:
        verbose_name = _("state change")
        verbose_name_plural = _("state changes")
        indexes = (models.Index(fields=["model", "object_id", "at"], name="statechange_object"),)
        constraints = (
            models.CheckConstraint(
                condition=(Q(cause__isnull=True) | Q(cause__lt=F("id")))
                & (Q(undoes__isnull=True) | Q(undoes__lt=F("id"))),
                name="statechange_points_back",
            ),
        )

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}: {self.from_state} → {self.to_state}"


class FieldChange(models.Model):
    """One field that got another value: a right, who may see, a date, a person's own data. Written by `core.changes`.

    What a relation pointed to is kept as it read then, so that the history outlives it.
    """

    APPEND_ONLY = True

    model = models.CharField(_("model"), max_length=80)
    object_id = models.CharField(_("object"), max_length=40)
    field = models.CharField(_("field"), max_length=80)
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), null=True, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    subject = models.UUIDField(_("person it is about"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of a field")
        verbose_name_plural = _("changes of fields")
        indexes = (models.Index(fields=["model", "object_id", "at"], name="fieldchange_object"),)
        constraints = (
            models.CheckConstraint(
                condition=(Q(before__isnull=False) | Q(after__isnull=False))
                & (Q(before__isnull=True) | Q(after__isnull=True) | ~Q(before=F("after"))),
                name="fieldchange_changes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}: {self.field}"


class SentReminder(models.Model):
    """The ledger: this person was reminded of this, at this step, on this local day."""

    APPEND_ONLY = True

    kind = models.CharField(_("kind"), max_length=80)
    subject_key = models.CharField(_("subject"), max_length=80)
    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="sent_reminders", verbose_name=_("person")
    )
    step = models.CharField(_("step"), max_length=40)
    day = models.DateField(_("day"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("sent reminder")
        verbose_name_plural = _("sent reminders")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "subject_key", "person", "step", "day"], name="sentreminder_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_key} {self.step} {self.day}"


# One statement by itself: as rows of the ORM it would be three, with a transaction, for every page about someone.
_READ = """
INSERT INTO core_readlog (reader_id, subject, read_on, kind, seen_at)
SELECT %(reader)s, seen.subject, %(day)s, seen.kind, %(now)s
FROM unnest(%(subjects)s::uuid[], %(kinds)s::text[]) AS seen (subject, kind)
ON CONFLICT DO NOTHING
"""


class ReadLogQuerySet(models.QuerySet["ReadLog"]):
    """Who read of whom."""

    def add(self, *, reader_id: int, day: dt.date, seen: Sequence[tuple[UUID, str]]) -> None:
        """Note of whom was read, each with the kind, in that order; what is noted of the day stays as it is."""
        if not seen:
            return
        subjects, kinds = zip(*seen, strict=True)
        values: dict[str, Any] = {"reader": reader_id, "day": day, "now": timezone.now()}
        with connection.cursor() as cursor:
            cursor.execute(_READ, values | {"subjects": list(subjects), "kinds": list(kinds)})


class ReadLog(models.Model):
    """Someone read of someone: opened the file, or saw them in a list. One row a reader, subject, day and kind."""

    class Kind(models.TextChoices):
        LIST = "list", _("saw you in a list")
        FILE = "file", _("opened your file")

    APPEND_ONLY = True

    reader = models.ForeignKey(
        "accounts.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("reader")
    )
    subject = models.UUIDField(_("subject"))
    read_on = models.DateField(_("day"))
    kind = models.CharField(_("what was read"), max_length=4, choices=Kind)
    seen_at = models.DateTimeField(_("first seen"), default=timezone.now)

    objects = ReadLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("read of a file")
        verbose_name_plural = _("reads of files")
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "read_on", "reader", "kind"], name="readlog_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.read_on}"


class Holiday(models.Model):
    """A public holiday, by `core.calendars` or by hand; one of choice is a day off only where an organisation says so."""

    class Choice(models.TextChoices):
        GOOD_FRIDAY = holidays.GOOD_FRIDAY, _("Good Friday")
        LIBERATION_DAY = holidays.LIBERATION_DAY, _("Liberation Day")

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    choice = models.CharField(_("free where chosen"), max_length=20, choices=Choice, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Synonym(models.Model):
    """A word that people look for and another that our texts use: whoever types one finds both (`core.searching`)."""

    word = models.CharField(
        _("word"), max_length=40, help_text=_("One word, as people type it, without capitals and accents.")
    )
    meaning = models.CharField(_("means the same as"), max_length=80)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ("word", "meaning")
        constraints = [
            models.UniqueConstraint(
                fields=["word", "meaning"],
                name="synonym_once",
                violation_error_message=_("This synonym is in the list already."),
            ),
            models.CheckConstraint(
                name="synonym_is_one_plain_word",
                condition=Q(word__regex=r"^[a-z0-9]+$") & Q(meaning__regex=r"^[a-z0-9]+( [a-z0-9]+)*$"),
                violation_error_message=_(
                    "Use lower case letters and figures only, without accents; one word on the left."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} = {self.meaning}"


class SchoolHoliday(models.Model):
    """A school holiday in a region, from `core/data/school_holidays.csv`: what a school starts from and may differ in."""

    class Region(models.TextChoices):
        NORTH = "north", _("north")
        MIDDLE = "middle", _("middle")
        SOUTH = "south", _("south")

    class Period(models.TextChoices):
        AUTUMN = "autumn", _("autumn break")
        CHRISTMAS = "christmas", _("Christmas break")
        SPRING = "spring", _("spring break")
        MAY = "may", _("May break")
        SUMMER = "summer", _("summer break")

    study_year = models.PositiveSmallIntegerField(_("study year"))
    period = models.CharField(_("break"), max_length=10, choices=Period)
    region = models.CharField(_("region"), max_length=10, choices=Region)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("school holiday")
        verbose_name_plural = _("school holidays")
        ordering = ("starts_on", "region")
        constraints = (
            models.UniqueConstraint(fields=["study_year", "period", "region"], name="schoolholiday_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="schoolholiday_ends_after_start",
                violation_error_message=_("The end date must be after the start date."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_period_display()} {self.study_year} {self.get_region_display()}"


class StoredFile(models.Model):
    """A file that is kept: where, what it is to the last byte, whose, and what the scanner said of it.

    The one table with a path (`core.files`): what has a file names its row, each row for itself, and both go together.
    """

    path = models.CharField(_("path in the store"), max_length=255, unique=True)
    digest = models.CharField(_("hash"), max_length=64)
    size = models.PositiveBigIntegerField(_("size"))
    type = models.CharField(_("kind"), max_length=80, blank=True)
    # The public id of the person in whose file it is; of what nobody names any more, none.
    subject = models.UUIDField(_("about"), null=True, blank=True, db_index=True)
    scan = models.CharField(_("scan"), max_length=10, choices=Scan)
    scanned_at = models.DateTimeField(_("scanned"), null=True, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=["id"],
                condition=Q(scan__in=["pending", "not_asked"]),
                name="storedfile_waits_for_scan",
            ),
            models.Index(fields=["digest"], name="storedfile_by_digest"),
        )

    def __str__(self) -> str:
        return self.path

    @property
    def kept_back(self) -> Promise | None:
        """Why it is not handed out, for whoever may read it; None when it is."""
        return KEPT_BACK.get(self.scan)

    @property
    def is_suspect(self) -> bool:
        """Whether the scanner found something in it."""
        return self.scan == Scan.SUSPECT

    @property
    def is_lost(self) -> bool:
        """Whether nobody will ever open it again: something was found in it, or it is gone from the store."""
        return self.scan in {Scan.SUSPECT, Scan.GONE}

    def open(self) -> File[bytes]:
        """Its content. Raises FileNotFoundError where it is gone from the store."""
        return default_storage.open(self.path)
