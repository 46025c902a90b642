"""The lists of this app as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from programmes.models import CoreTask, Qualification, WorkProcess
from ui.sheets import Column, Sheet

PROGRAMMES = Sheet(
    _("Programmes"),
    (
        Column(_("Programme"), lambda row: row.name),
        Column(_("Learning route"), lambda row: row.get_route_display()),
        Column(_("Qualifications"), lambda row: ", ".join(str(one) for one in row.qualifications.all())),
        Column(_("Cohorts"), lambda row: row.cohort_count),
    ),
)


class _Line(NamedTuple):
    """A work process with all it stands under; a qualification without any has a line of its own, and so has a core task."""

    qualification: Qualification
    task: CoreTask | None = None
    process: WorkProcess | None = None


def _lines(qualifications: list[Any]) -> Iterator[_Line]:
    prefetch_related_objects(qualifications, "file", "core_tasks__work_processes")
    for qualification in qualifications:
        tasks = qualification.core_tasks.all()
        if not tasks:
            yield _Line(qualification)
        for task in tasks:
            processes = task.work_processes.all()
            yield from (_Line(qualification, task, process) for process in processes or (None,))


# Under the headings that the import of qualifications asks for, so that a file that was taken can be handed in again.
QUALIFICATIONS = Sheet(
    _("Qualifications"),
    (
        Column("crebo", lambda row: row.qualification.crebo),
        Column("dossier_crebo", lambda row: row.qualification.file.crebo),
        Column("kerntaak_code", lambda row: row.task and row.task.code),
        Column("kerntaak_title", lambda row: row.task and row.task.title),
        Column("werkproces_code", lambda row: row.process and row.process.code),
        Column("werkproces_title", lambda row: row.process and row.process.title),
        Column("valid_from", lambda row: row.qualification.file.valid_from),
        Column("valid_to", lambda row: row.qualification.file.valid_until),
        Column("source", lambda row: row.qualification.file.source),
        Column("kwalificatie", lambda row: row.qualification.name),
        Column("niveau", lambda row: row.qualification.level),
        Column("dossier", lambda row: row.qualification.file.name),
    ),
    _lines,
)
