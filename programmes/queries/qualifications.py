"""What there is of the qualifications that a list names, read once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from programmes.models import Cohort, CoreTask, Qualification, QualificationFile, WorkProcess

# The columns of each part, by the field that holds them.
TEXTS = {
    "file": {"dossier": "name", "source": "source"},
    "qualification": {"kwalificatie": "name", "niveau": "level"},
    "core_task": {"kerntaak_title": "title"},
    "work_process": {"werkproces_title": "title"},
}


class Present:
    """The versions of some files with all that is in them, by their natural keys."""

    def __init__(self, creboes: Collection[str]) -> None:
        files = QualificationFile.objects.filter(crebo__in=creboes)
        followed = Cohort.objects.filter(programme__qualifications__file=OuterRef("pk"))
        self.used = set(files.filter(Exists(followed)).values_list("pk", flat=True))
        self.rows: dict[tuple[Any, ...], Any] = {}
        for file in files:
            self.rows[file.crebo, file.valid_from.isoformat()] = file
        by_pk = {file.pk: key for key, file in self.rows.items()}
        for qualification in Qualification.objects.filter(file__in=by_pk):
            self.rows[(*by_pk[qualification.file_id], qualification.crebo)] = qualification
        of = {row.pk: key for key, row in self.rows.items() if isinstance(row, Qualification)}
        for task in CoreTask.objects.filter(qualification__in=of):
            self.rows[(*of[task.qualification_id], task.code)] = task
        tasks = {row.pk: key for key, row in self.rows.items() if isinstance(row, CoreTask)}
        for process in WorkProcess.objects.filter(core_task__in=tasks):
            self.rows[(*tasks[process.core_task_id], process.code)] = process
        self._seen: set[tuple[Any, ...]] = set()

    def files_of(self, creboes: Collection[str]) -> Iterator[tuple[str, str]]:
        """In which files these qualifications stand now."""
        rows = Qualification.objects.filter(crebo__in=list(creboes)).order_by()
        yield from rows.values_list("crebo", "file__crebo").distinct()

    def keys_of(self, values: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """The parts that a row names, from the file down, with their natural keys."""
        key: tuple[Any, ...] = (values["dossier_crebo"], values["valid_from"])
        yield "file", key
        for part, column in (
            ("qualification", "crebo"),
            ("core_task", "kerntaak_code"),
            ("work_process", "werkproces_code"),
        ):
            if not values[column]:
                return
            key = (*key, values[column])
            yield part, key

    def weigh(
        self, values: Mapping[str, Any]
    ) -> tuple[list[str], list[tuple[str, Any, Any]], list[tuple[str, Any]]]:
        """What a row would make, what it would change (column, old, new), and what stands in a version that is followed.

        Of parts that more rows name, the first one is said to make or change them.
        """
        new, changed, held = [], [], []
        locked = False
        for part, key in self.keys_of(values):
            row = self.rows.get(key)
            first = key not in self._seen
            self._seen.add(key)
            if row is None:
                new += [part] if first else []
                continue
            locked = locked or row.pk in self.used if part == "file" else locked
            different = [
                (column, getattr(row, name), values[column])
                for column, name in TEXTS[part].items()
                if getattr(row, name) != values[column]
            ]
            held += [(column, old) for column, old, _new in different] if locked else []
            changed += different if first and not locked else []
            if part == "file" and first:
                until = row.valid_until.isoformat() if row.valid_until else ""
                changed += [("valid_to", until, values["valid_to"])] if until != values["valid_to"] else []
        return new, changed, held
