"""Qualification files, qualifications, core tasks and work processes, imported and versioned."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from core import periods

CREBO_FORMAT = r"^\d{5}$"
CORE_TASK_FORMAT = r"^[BP]\d-K\d$"
WORK_PROCESS_FORMAT = r"^[BP]\d-K\d-W\d{1,2}$"
_CREBO_MESSAGE = _("A crebo code has 5 digits.")


class QualificationFile(models.Model):
    """A version of a qualification file (kwalificatiedossier); a cohort keeps the one it started with."""

    crebo = models.CharField(
        _("crebo of the file"), max_length=5, validators=[RegexValidator(CREBO_FORMAT, _CREBO_MESSAGE)]
    )
    name = models.CharField(_("name"), max_length=160)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    is_example = models.BooleanField(_("example data"), default=False)

    class Meta:
        verbose_name = _("qualification file")
        verbose_name_plural = _("qualification files")
        ordering = ["crebo", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(name="qualification_file_version_once", fields=["crebo", "valid_from"]),
            models.CheckConstraint(
                name="qualification_file_crebo_format",
                condition=Q(crebo__regex=CREBO_FORMAT),
                violation_error_message=_CREBO_MESSAGE,
            ),
            periods.ends_after_start("qualification_file_ends_after_start", "valid_from", "valid_until"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.crebo})"


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def for_list(self) -> Self:
        return self.select_related("file").order_by("name", "crebo", "pk")


class Qualification(models.Model):
    """What a diploma is for: own crebo and level, inside one version of a file."""

    file = models.ForeignKey(
        QualificationFile,
        verbose_name=_("qualification file"),
        on_delete=models.PROTECT,
        related_name="qualifications",
    )
    crebo = models.CharField(
        _("crebo"), max_length=5, validators=[RegexValidator(CREBO_FORMAT, _CREBO_MESSAGE)]
    )
    name = models.CharField(_("name"), max_length=160)
    level = models.PositiveSmallIntegerField(
        _("level"), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )

    objects = QualificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["name", "crebo", "pk"]
        constraints = [
            models.UniqueConstraint(name="qualification_once_per_file", fields=["file", "crebo"]),
            models.CheckConstraint(
                name="qualification_crebo_format",
                condition=Q(crebo__regex=CREBO_FORMAT),
                violation_error_message=_CREBO_MESSAGE,
            ),
            models.CheckConstraint(
                name="qualification_level_1_to_4", condition=Q(level__gte=1, level__lte=4)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.crebo})"


class CoreTask(models.Model):
    """A coherent set of professional activities (kerntaak), such as B1-K1."""

    qualification = models.ForeignKey(
        Qualification, verbose_name=_("qualification"), on_delete=models.PROTECT, related_name="core_tasks"
    )
    code = models.CharField(_("code"), max_length=5)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("core task")
        verbose_name_plural = _("core tasks")
        ordering = ["qualification", "code", "pk"]
        constraints = [
            models.UniqueConstraint(name="core_task_once", fields=["qualification", "code"]),
            models.CheckConstraint(name="core_task_code_format", condition=Q(code__regex=CORE_TASK_FORMAT)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


def in_order(path: str = "") -> tuple[str, ...]:
    """The one order of work processes, for `order_by`: crebo, core task, number.

    `path` leads from the row that is sorted to its work process and ends in "__".
    """
    keys = (
        "core_task__qualification__crebo",
        "core_task__qualification__pk",
        "core_task__code",
        "number",
        "pk",
    )
    return tuple(f"{path}{key}" for key in keys)


def qualification_name(path: str, programme: OuterRef | int) -> Case:
    """The name of a work process's qualification where the programme has more than one, otherwise an empty text.

    Two qualifications have work processes with the same code, so that the code alone does not say which one is meant.
    `path` leads from the row to its work process and ends in "__"; `programme` is the key of the programme in which
    the row stands, or the path to it as an `OuterRef`.
    """
    qualification = f"{path}core_task__qualification"
    second = Qualification.objects.filter(programmes=programme).order_by()[1:2]
    return Case(
        When(Exists(second), then=F(f"{qualification}__name")),
        default=Value(""),
        output_field=models.CharField(),
    )


class WorkProcessQuerySet(models.QuerySet["WorkProcess"]):
    def of_programme(self, programme_id: int) -> Self:
        """Those of the programme's qualifications: each once, in the one order, named apart where there are two.

        The one answer for plans, coverage, the cohort page, filters, forms and the programme's own page. A work
        process is told from another by its key, never by its code.
        """
        return (
            self.filter(core_task__qualification__programmes=programme_id)
            .select_related("core_task__qualification")
            .annotate(named=qualification_name("", programme_id))
            .order_by(*in_order())
        )


class WorkProcess(models.Model):
    """A recognisable activity within a core task (werkproces), such as B1-K1-W3."""

    # The qualification's name where the programme has more than one; `of_programme` and `named_as` fill it in.
    named: str | None = ""

    core_task = models.ForeignKey(
        CoreTask, verbose_name=_("core task"), on_delete=models.PROTECT, related_name="work_processes"
    )
    code = models.CharField(_("code"), max_length=9)
    # W10 must come after W2: a number sorts, text does not.
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)

    objects = WorkProcessQuerySet.as_manager()

    class Meta:
        verbose_name = _("work process")
        verbose_name_plural = _("work processes")
        ordering = list(in_order())
        constraints = [
            models.UniqueConstraint(name="work_process_once", fields=["core_task", "code"]),
            models.CheckConstraint(
                name="work_process_code_format", condition=Q(code__regex=WORK_PROCESS_FORMAT)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title} ({self.named})" if self.named else f"{self.code} {self.title}"

    def named_as(self, qualification: str | None) -> Self:
        """The same work process, for a row that asked for `qualification_name` itself."""
        self.named = qualification
        return self
