"""Bringing qualification files in: versions are added, and one that a cohort uses keeps its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q

from core import bulk
from core.access import ensure
from partnerships.actors import Actor
from programmes.models import Cohort, CoreTask, Qualification, QualificationFile, WorkProcess
from programmes.queries.qualifications import TEXTS, Present
from programmes.rules import qualifications as rules

EXAMPLE_SOURCE = "voorbeeld"  # a source with this word in it marks the file as example data
_IMPORT_LOCK = 72_410_001  # one import at a time: two would make the same version twice
PARTS = ("file", "qualification", "core_task", "work_process")
MODELS: dict[str, type[models.Model]] = {
    "file": QualificationFile,
    "qualification": Qualification,
    "core_task": CoreTask,
    "work_process": WorkProcess,
}
# The way from each part to its qualification, and to its version of a file.
QUALIFICATION = {"core_task": "qualification", "work_process": "core_task__qualification"}
FILE = {"file": "pk", "qualification": "file"} | {part: f"{way}__file" for part, way in QUALIFICATION.items()}
UNTIL = "valid_until"
Written = dict[str, Any]  # of a row: "made" (part: key) and "changed" (part, key, field, old, new)


@transaction.atomic
def lock() -> None:
    """Let nobody else write qualifications until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])


@transaction.atomic
def write(*, rows: Sequence[Mapping[str, Any]], by: Actor) -> list[Written]:
    """Write rows as they were checked, by the columns of the list; what each of them made and changed, to be taken back by.

    A version is a file with its first day of validity. Rows that are not in `rows` stay. In a version that a cohort
    follows, things may be added and its last day set, but no code, title or level changes (WEB 7.2.4 lid 7): such rows do
    not come here. The number of statements is the same for one row and for a thousand.
    """
    ensure(rules.can_manage_qualifications(by))
    return _write(rows)


@transaction.atomic
def load_examples(*, rows: Sequence[Mapping[str, Any]]) -> list[Written]:
    """The same for a region that is invented, which nobody hands in."""
    return _write(rows)


def _write(rows: Sequence[Mapping[str, Any]]) -> list[Written]:
    present = Present({row["dossier_crebo"] for row in rows})
    done: list[Written] = [{"made": {}, "changed": []} for _row in rows]
    for part in PARTS:
        _make(part, rows, present, done)
    changed: dict[type[models.Model], dict[int, Any]] = {}
    for row, written in zip(rows, done, strict=True):
        for part, key in present.keys_of(row):
            thing = present.rows[key]
            for name, new in _texts(part, row).items():
                old = getattr(thing, name)
                if old != new:
                    written["changed"].append([part, thing.pk, name, _plain(old), _plain(new)])
                    setattr(thing, name, new)
                    changed.setdefault(MODELS[part], {})[thing.pk] = thing
    _save(changed)
    return done


def _make(part: str, rows: Sequence[Mapping[str, Any]], present: Present, done: Sequence[Written]) -> None:
    """Make what is not there yet of one part, in one statement."""
    new: dict[tuple[Any, ...], Any] = {}
    first: dict[tuple[Any, ...], Written] = {}
    for row, written in zip(rows, done, strict=True):
        key = dict(present.keys_of(row)).get(part)
        if key is not None and key not in present.rows and key not in new:
            new[key] = _instance(part, row, present.rows.get(key[:-1]))
            first[key] = written
    for key, thing in zip(new, MODELS[part]._base_manager.bulk_create(new.values()), strict=True):
        present.rows[key] = thing
        first[key]["made"][part] = thing.pk


def _instance(part: str, row: Mapping[str, Any], above: Any) -> models.Model:
    texts = _texts(part, row)
    if part == "file":
        is_example = EXAMPLE_SOURCE in row["source"].lower()
        day = dt.date.fromisoformat(row["valid_from"])
        return QualificationFile(crebo=row["dossier_crebo"], valid_from=day, is_example=is_example, **texts)
    if part == "qualification":
        return Qualification(file=above, crebo=row["crebo"], **texts)
    if part == "core_task":
        return CoreTask(qualification=above, code=row["kerntaak_code"], **texts)
    code = row["werkproces_code"]
    return WorkProcess(core_task=above, code=code, number=int(code.rpartition("W")[2]), **texts)


def _texts(part: str, row: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: row[column] for column, name in TEXTS[part].items()}
    if part == "file":
        texts[UNTIL] = dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return texts


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _save(changed: Mapping[type[models.Model], Mapping[int, Any]]) -> None:
    for model, things in changed.items():
        part = next(part for part, known in MODELS.items() if known is model)
        names = [*TEXTS[part].values(), *([UNTIL] if part == "file" else [])]
        model._base_manager.bulk_update(things.values(), names)


@transaction.atomic
def take_back(*, rows: Sequence[Written], new: Collection[int], by: Actor) -> list[bool]:
    """Take back what rows of a list made and changed, last ones first; for each row whether all of it is gone.

    What a programme, a plan or anything else points to by now stays, and so does a text that is another one since, or in
    a version that a cohort follows. `new` are the keys of the qualifications that the whole list made: one that is used
    by now stays with all that is in it.
    """
    ensure(rules.can_manage_qualifications(by))
    gone = [_texts_back(row) for row in rows]
    for part in reversed(PARTS):
        made = {row["made"][part]: at for at, row in enumerate(rows) if part in row["made"]}
        for key in _stay(part, list(made), new):
            gone[made[key]] = False
    return gone


def _texts_back(row: Written) -> bool:
    """Put the texts of a row back; False when one is another by now, or a cohort follows the version since."""
    whole = True
    for part, key, name, old, new in row["changed"]:
        things = MODELS[part]._base_manager.filter(pk=key, **{name: new})
        if name != UNTIL:
            followed = Cohort.objects.filter(programme__qualifications__file=OuterRef(FILE[part]))
            things = things.filter(~Exists(followed))
        whole = whole and bool(things.update(**{name: old}))
    return whole


def _stay(part: str, keys: Sequence[int], new: Collection[int]) -> set[int]:
    """Delete these; the keys of those that something points to, and stay."""
    kept = _named(MODELS[part])
    if way := QUALIFICATION.get(part):
        kept |= _named(Qualification, way) & Q(**{f"{way}__in": new})
    used = set(MODELS[part]._base_manager.filter(kept, pk__in=keys).values_list("pk", flat=True))
    gone = bulk.removed([key for key in keys if key not in used], partial(_delete, part))
    return set(keys).difference(gone)


def _named(model: type[models.Model], way: str = "pk") -> Q:
    """Rows that stand in a list of something else (at `way` from them), of which they would go without a word."""
    found = Q(pk__in=[])
    for link in model._meta.get_fields(include_hidden=True):
        if isinstance(link, models.ManyToManyRel):
            between: Any = link.through
            name = link.field.m2m_reverse_field_name()
            found |= Q(Exists(between._base_manager.filter(**{name: OuterRef(way)})))
    return found


def _delete(part: str, keys: Sequence[int]) -> None:
    MODELS[part]._base_manager.filter(pk__in=keys).delete()
