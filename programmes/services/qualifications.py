"""Bringing qualification files in: versions are added, and one that a cohort uses keeps its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.csv_files import CsvError
from programmes.models import Cohort, CoreTask, Qualification, QualificationFile, WorkProcess

EXAMPLE_SOURCE = "voorbeeld"  # a source with this word in it marks the file as example data
_IMPORT_LOCK = 72_410_001  # one import at a time: two would make the same version twice


@dataclass(frozen=True, slots=True)
class QualificationRow:
    """One line of the import: a work process in its core task, qualification and version of a file.

    Without `work_process_code` it is a core task only, without `core_task_code` too a qualification only.
    """

    line: int
    crebo: str
    file_crebo: str
    core_task_code: str
    core_task_title: str
    work_process_code: str
    work_process_title: str
    valid_from: date
    valid_until: date | None
    source: str
    name: str
    level: int
    file_name: str


@dataclass(slots=True)
class ImportResult:
    """What an import writes (or, when it was only checked, would write)."""

    files: int = 0
    qualifications: int = 0
    core_tasks: int = 0
    work_processes: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[CsvError] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (
            self.files or self.qualifications or self.core_tasks or self.work_processes or self.changed
        )


class ImportRefused(Exception):
    """Nothing was written; `errors` says which rows are in the way."""

    def __init__(self, errors: Sequence[CsvError]) -> None:
        super().__init__("; ".join(f"{error.line} {error.column}: {error.message}" for error in errors[:5]))
        self.errors = list(errors)


class _DryRun(Exception):
    """Takes back what a check has written."""


@transaction.atomic
def import_rows(*, rows: Sequence[QualificationRow]) -> ImportResult:
    """Write all rows or none; running the same rows again changes nothing.

    A version is a file with its first day of validity. Rows that are not in `rows` stay. In a version that a cohort
    follows, things may be added and its last day set, but no code, title or level changes (WEB 7.2.4 lid 7).
    """
    result = _write(rows)
    if result.errors:
        raise ImportRefused(result.errors)
    return result


@transaction.atomic
def check_rows(*, rows: Sequence[QualificationRow]) -> ImportResult:
    """What `import_rows` would do, without doing it."""
    result = ImportResult()
    try:
        with transaction.atomic():
            result = _write(rows)
            raise _DryRun
    except _DryRun:
        return result


def _write(rows: Sequence[QualificationRow]) -> ImportResult:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])
    result = ImportResult(errors=list(_contradictions(rows)))
    if result.errors:
        return result
    used = _files_in_use(rows)
    store = _Store(result, used)
    store.load(rows)
    for row in rows:
        store.take(row)
    return result


def _files_in_use(rows: Sequence[QualificationRow]) -> frozenset[int]:
    """Files that a cohort follows through its programme."""
    files = QualificationFile.objects.filter(crebo__in={row.file_crebo for row in rows})
    followed = Cohort.objects.filter(programme__qualifications__file=models.OuterRef("pk"))
    return frozenset(files.filter(models.Exists(followed)).values_list("pk", flat=True))


class _Store:
    """The existing rows by their natural keys, so that an import reads four times, not once a row."""

    def __init__(self, result: ImportResult, used: frozenset[int]) -> None:
        self.result, self.used = result, used
        self.files: dict[tuple[str, date], QualificationFile] = {}
        self.qualifications: dict[tuple[int, str], Qualification] = {}
        self.core_tasks: dict[tuple[int, str], CoreTask] = {}
        self.work_processes: dict[tuple[int, str], WorkProcess] = {}

    def load(self, rows: Sequence[QualificationRow]) -> None:
        files = QualificationFile.objects.filter(crebo__in={row.file_crebo for row in rows})
        self.files = {(item.crebo, item.valid_from): item for item in files}
        for qualification in Qualification.objects.filter(file__in=files):
            self.qualifications[qualification.file_id, qualification.crebo] = qualification
        for task in CoreTask.objects.filter(qualification__file__in=files):
            self.core_tasks[task.qualification_id, task.code] = task
        for process in WorkProcess.objects.filter(core_task__qualification__file__in=files):
            self.work_processes[process.core_task_id, process.code] = process

    def take(self, row: QualificationRow) -> None:
        """Make or change what the row names, from the file down."""
        file = self._file(row)
        locked = file.pk in self.used
        key = (file.pk, row.crebo)
        qualification = self.qualifications.get(key)
        if qualification is None:
            qualification = Qualification.objects.create(
                file=file, crebo=row.crebo, name=row.name, level=row.level
            )
            self.qualifications[key] = qualification
            self.result.qualifications += 1
        else:
            self._change(row, qualification, locked, {"kwalificatie": "name", "niveau": "level"})
        if row.core_task_code:
            self._core_task(row, qualification, locked)

    def _file(self, row: QualificationRow) -> QualificationFile:
        key = (row.file_crebo, row.valid_from)
        file = self.files.get(key)
        if file is None:
            file = self.files[key] = QualificationFile.objects.create(
                crebo=row.file_crebo,
                name=row.file_name,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                source=row.source,
                is_example=EXAMPLE_SOURCE in row.source.lower(),
            )
            self.result.files += 1
            return file
        if file.valid_until != row.valid_until:  # a version may come to its end while cohorts finish it
            file.valid_until = row.valid_until
            file.save(update_fields=["valid_until"])
            self.result.changed += 1
        self._change(row, file, file.pk in self.used, {"dossier": "file_name", "source": "source"})
        return file

    def _core_task(self, row: QualificationRow, qualification: Qualification, locked: bool) -> None:
        key = (qualification.pk, row.core_task_code)
        task = self.core_tasks.get(key)
        if task is None:
            task = self.core_tasks[key] = CoreTask.objects.create(
                qualification=qualification, code=row.core_task_code, title=row.core_task_title
            )
            self.result.core_tasks += 1
        else:
            self._change(row, task, locked, {"kerntaak_title": "core_task_title"})
        if not row.work_process_code:
            return
        process = self.work_processes.get((task.pk, row.work_process_code))
        if process is None:
            self.work_processes[task.pk, row.work_process_code] = WorkProcess.objects.create(
                core_task=task,
                code=row.work_process_code,
                number=int(row.work_process_code.rpartition("W")[2]),
                title=row.work_process_title,
            )
            self.result.work_processes += 1
        elif not self._change(row, process, locked, {"werkproces_title": "work_process_title"}):
            self.result.unchanged += 1

    def _change(self, row: QualificationRow, item: Any, locked: bool, columns: dict[str, str]) -> bool:
        """Bring the texts of `item` up to date, or note why they have to stay; whether it changed."""
        changed = []
        for column, source in columns.items():
            name = {"file_name": "name", "core_task_title": "title", "work_process_title": "title"}.get(
                source, source
            )
            if getattr(item, name) == getattr(row, source):
                continue
            if locked:
                self.result.errors.append(CsvError(row.line, column, _in_use(getattr(item, name))))
                continue
            setattr(item, name, getattr(row, source))
            changed.append(name)
        if changed:
            item.save(update_fields=changed)
            self.result.changed += 1
        return bool(changed)


def _in_use(present: object) -> str | Promise:
    return _(
        "A cohort follows this version, so “%(present)s” cannot change. Give the new text its own valid_from."
    ) % {"present": present}


def _contradictions(rows: Sequence[QualificationRow]) -> Iterator[CsvError]:
    """Rows that say different things about the same file, qualification or core task, or repeat a work process."""
    said: dict[tuple[Any, ...], tuple[int, object]] = {}
    for row in rows:
        file = (row.file_crebo, row.valid_from)
        facts: list[tuple[str, tuple[Any, ...], object]] = [
            ("dossier", ("file name", *file), row.file_name),
            ("valid_to", ("until", *file), row.valid_until),
            ("source", ("source", *file), row.source),
            ("kwalificatie", ("name", *file, row.crebo), row.name),
            ("niveau", ("level", *file, row.crebo), row.level),
        ]
        if row.core_task_code:
            facts.append(
                ("kerntaak_title", ("task", *file, row.crebo, row.core_task_code), row.core_task_title)
            )
        for column, key, value in facts:
            line, earlier = said.setdefault(key, (row.line, value))
            if earlier != value:
                yield CsvError(
                    row.line, column, _("Line %(line)d says something else here.") % {"line": line}
                )
        whole = ("row", *file, row.crebo, row.core_task_code, row.work_process_code)
        line, _value = said.setdefault(whole, (row.line, None))
        if line != row.line:
            yield CsvError(row.line, "", _("This repeats line %(line)d.") % {"line": line})
