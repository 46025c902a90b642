"""The way of a list through the portal: handed in, columns chosen, checked, put right, saved as it was shown, taken back.

Each act asks the importer whether who acts may. What takes long is left to a worker (`core.imports.clock`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import broker, readlog, states, tasks, versions
from core.imports import columns, files, rows
from core.imports.columns import IGNORED, Found
from core.imports.importer import Given, Importer, Outcome, Problem, importer_of
from core.imports.models import BatchState, ImportBatch, ImportColumn, ImportRow, Verdict, Work

AT_ONCE = 1_000  # rows that are checked and saved while someone waits
AT_ONCE_BYTES = 300_000  # a file up to this size is read while someone waits,
READ_AT_ONCE = 10_000  # and no more rows of it than this
SKIP = "skip"
TOTALS = "totals"  # the question about a row that seems to add up the others
WRITABLE = (Verdict.NEW, Verdict.CHANGED)
CHANGED = "changed"  # the fault of a batch of which a row would come out otherwise by now
BROKEN = "broken"
A_WEEK = dt.timedelta(days=7)


def broken_of_late() -> int:
    """How many lists of the last week broke off by our own mistake: nobody goes on with those by themselves."""
    return ImportBatch.objects.filter(fault=BROKEN, created_at__gte=timezone.now() - A_WEEK).count()


@transaction.atomic
def receive(
    *, importer: type[Importer], target: str = "", owner: str = "", by: Any, name: str, content: bytes
) -> ImportBatch:
    """Take a file in: read it now, or when it is large leave it to a worker. Raises ValidationError when it is no list."""
    batch = ImportBatch(
        kind=importer.kind,
        target=target,
        owner=owner,
        by_id=by.person_id,
        file_name=name[-200:],
        language=get_language() or "nl",
    )
    importer(batch, by).ensure()
    if len(content) > AT_ONCE_BYTES:
        batch.content = content
        batch.save()
        leave_to_worker(batch, Work.READ, by)
        return batch
    batch.save()
    try:
        with transaction.atomic():
            read(batch, content, most=READ_AT_ONCE)
    except files.TooLong:
        batch.content = content
        leave_to_worker(batch, Work.READ, by)
    return batch


def read(batch: ImportBatch, content: bytes, *, most: int | None = None) -> None:
    """Find sheet, header and columns, and keep the rows. The file itself is not kept any longer."""
    kind = importer_of(batch)
    remembered = dict(
        ImportColumn.objects.filter(kind=batch.kind, owner=batch.owner).values_list("heading", "field")
    )
    with files.opened(content) as book:
        headers = [columns.find(sheet.head, kind.columns, remembered) for sheet in book.sheets]
        best = max(range(len(headers)), key=lambda at: (_known(headers[at].columns), -at))
        header = headers[best]
        batch.sheet = book.sheets[best].name[:100]
        batch.header_line = header.line
        batch.columns = [asdict(found) | {"is_secret": found.is_secret} for found in header.columns]
        below = (row for row in files.counted(book.rows(best)) if row[0] > header.line)
        batch.row_count = rows.put_in(batch, files.at_most(most, below))
    if not batch.row_count:
        raise files.refuse(_("The file has no rows below the header."))
    batch.content = None
    batch.save()
    if not header.asks and not missing(batch):
        states.advance(batch, "map", by=batch.by_id)


def _known(found: list[Found]) -> int:
    return len({column.field for column in found} - {"", IGNORED})


def missing(batch: ImportBatch) -> list[columns.Column]:
    """The columns that a list cannot do without and that nothing was chosen for."""
    there = {column["field"] for column in batch.columns}
    return [
        column
        for column in importer_of(batch).columns
        if column.is_required and there.isdisjoint({column.name, *column.instead})
    ]


@transaction.atomic
def choose(
    *, batch: ImportBatch, fields: Mapping[int, str], remember: bool, by: Any, version: str | None
) -> None:
    """Say of each column by its number what it is; `remember` it for the next list."""
    _claim(batch, by, version, "map")
    batch.columns = [column | {"field": fields[column["number"]]} for column in batch.columns]
    batch.save()
    states.advance(batch, "map", by=by.person_id)
    if remember:
        ImportColumn.objects.bulk_create(
            [
                ImportColumn(
                    kind=batch.kind,
                    owner=batch.owner,
                    heading=columns.heading(column["title"]),
                    field=column["field"],
                    by_id=by.person_id,
                )
                for column in {columns.heading(one["title"]): one for one in batch.columns}.values()
                if columns.heading(column["title"]) and not column["is_secret"]
            ],
            update_conflicts=True,
            unique_fields=["kind", "owner", "heading"],
            update_fields=["field", "by", "at"],
        )


@transaction.atomic
def answer(
    *,
    batch: ImportBatch,
    answers: Mapping[str, str],
    given: Mapping[int, Mapping[str, Any]],
    skip_rest: bool,
    by: Any,
    version: str | None,
) -> None:
    """Note what was answered about the list, and of rows by line what was put right, chosen, or skipped.

    `given` holds "typed", "answers" and "is_skipped". With `skip_rest` every row that still has to be put right is skipped.
    """
    _claim(batch, by, version, "check")
    batch.answers = {**batch.answers, **answers}
    batch.save()
    found = list(batch.rows.filter(number__in=given))
    for row in found:
        mine = given[row.number]
        row.typed = {**row.typed, **mine.get("typed", {})}
        row.answers = {**row.answers, **mine.get("answers", {})}
        row.is_skipped = bool(mine.get("is_skipped"))
    rows.update(found, ("typed", "answers", "is_skipped"))
    if skip_rest:
        batch.rows.filter(verdict=Verdict.WRONG).update(is_skipped=True)
    states.advance(batch, "map", by=by.person_id)


def _claim(batch: ImportBatch, by: Any, version: str | None, action: str) -> None:
    """The right to go on with what was on the page. Raises Changed when another page, or a worker, was first."""
    importer_of(batch)(batch, by).ensure()
    versions.claim(version, batch)
    permitted = states.permits(batch, action)
    if batch.work:
        raise versions.Changed
    if not permitted:
        raise ValidationError(str(permitted.reason))


@transaction.atomic
def confirm(*, batch: ImportBatch, answers: Mapping[str, str], by: Any, version: str | None) -> None:
    """Note what was answered at saving, over what was on the page; `go_on` then saves."""
    _claim(batch, by, version, "commit")
    batch.answers = {**batch.answers, **answers}
    batch.save()


def go_on(*, batch: ImportBatch, work: Work, by: Any) -> None:
    """Check, save or take back: at once when it is short, else by a worker, who is asked once."""
    if batch.row_count <= AT_ONCE:
        ACTS[work](batch, by)
        return
    with transaction.atomic():
        batch = _locked(batch)
        if batch.work == work:
            return
        if batch.work:
            raise versions.Changed
        refusal = can_undo(batch) if work == Work.UNDO else str(states.permits(batch, work).reason)
        if refusal:
            raise ValidationError(refusal)
        leave_to_worker(batch, work, by)


def check(batch: ImportBatch, by: Any) -> None:
    """See what becomes of every row; only what differs from before is written.

    Under the lock of the list, so that a check that comes late never writes over what was saved meanwhile. A worker takes no
    lock: nobody else touches a list that is a worker's, and its page says how far it is.
    """
    if batch.row_count > AT_ONCE:
        _checked(batch, by)
        return
    with transaction.atomic():
        batch = _locked(batch)
        permitted = states.permits(batch, "check")
        if not permitted:
            raise ValidationError(str(permitted.reason))
        _checked(batch, by)


def _checked(batch: ImportBatch, by: Any) -> None:
    importer = importer_of(batch)(batch, by)
    importer.ensure()
    batch.fault = ""
    _check(batch, importer)
    if batch.state == BatchState.MAPPED:
        states.advance(batch, "check", by=by.person_id)


def _check(batch: ImportBatch, importer: Importer) -> int:
    """The same; how many rows came out otherwise than they stood there. `done` is written as it goes."""
    cells_of = rows.reader(batch)
    different = done = 0
    found: Counter[str] = Counter()
    titles = {columns.heading(column["title"]) for column in batch.columns if column["title"]}
    with readlog.unseen(), rows.updating() as write:
        questions = importer.survey(rows.surveyed(batch, importer.surveys))
        batch.questions = [question.as_json() for question in questions]
        is_first = not batch.counts
        for part in rows.parts(rows.every(batch, fields=rows.UNCHECKED if is_first else None)):
            outcomes = zip(part, _outcomes(part, importer, cells_of, titles), strict=True)
            other = [row for row, outcome in outcomes if rows.take_in(row, outcome, is_first=is_first)]
            write(other)
            different += len(other)
            found.update(row.verdict for row in part)
            done += len(part)
            if batch.row_count > AT_ONCE:
                ImportBatch.objects.filter(pk=batch.pk).update(done=done)
        batch.totals = importer.totals()
    batch.counts, batch.done = dict(found), done
    batch.save()
    batch.refresh_from_db(fields=["row_version"])
    return different


def _outcomes(part: list[ImportRow], importer: Importer, cells_of: Any, titles: set[str]) -> list[Outcome]:
    """What becomes of a part: what is no row of the list by itself is told apart here, the importer has the rest."""
    found: dict[int, Outcome] = {}
    to_check = []
    for row in part:
        cells = cells_of(row.raw, row.typed)
        plain = _plain(row, importer, cells, titles)
        if plain is None:
            to_check.append(Given(row.number, cells, row.answers))
        else:
            found[row.number] = plain
    found.update(zip((row.number for row in to_check), importer.check(to_check), strict=True))
    return [found[row.number] for row in part]


def _plain(row: ImportRow, importer: Importer, cells: dict[str, str], titles: set[str]) -> Outcome | None:
    """A row that is skipped by hand, repeats the header, is our own example, or seems to hold totals."""
    raw = row.raw or []
    if row.is_skipped:
        return Outcome(Verdict.SKIPPED, importer.name_of(cells), _("skipped by you"))
    if columns.repeats(raw, titles):
        return Outcome(Verdict.SKIPPED, importer.name_of(cells), _("the header once more"))
    if importer.example and [cell for cell in raw if cell] == [cell for cell in importer.example if cell]:
        return Outcome(Verdict.SKIPPED, importer.name_of(cells), _("the row of the example"))
    if columns.is_totals(raw) and not row.typed and row.answers.get(TOTALS) != "row":
        choices = [(SKIP, _("Skip this row")), ("row", _("This is a row of the list"))]
        if row.answers.get(TOTALS) == SKIP:
            return Outcome(Verdict.SKIPPED, importer.name_of(cells), _("a row with totals"))
        text = _("This looks like a row with totals.")
        return Outcome(Verdict.WRONG, importer.name_of(cells), problems=[Problem("", text, TOTALS, choices)])
    return None


@transaction.atomic
def commit(batch: ImportBatch, by: Any) -> None:
    """Save all rows as the check showed them, in one transaction. When one would come out otherwise by now nothing is saved.

    Then the batch says so (`fault`), and its rows show how they would come out.
    """
    batch = _locked(batch)
    importer = importer_of(batch)(batch, by)
    importer.lock()
    importer.ensure()
    permitted = states.permits(batch, "commit")
    if not permitted:
        raise ValidationError(str(permitted.reason))
    if _check(batch, importer) or batch.count(Verdict.WRONG) or any(unanswered(batch)):
        finish(batch, fault=CHANGED)
        return
    with readlog.unseen():
        for part in rows.parts(rows.every(batch, verdict__in=WRITABLE)):
            importer.write(part)
            rows.update(part, ("object_id", "object_version", "before", "subject"))
    states.advance(batch, "commit", by=by.person_id, committed_at=timezone.now())
    finish(batch)


@transaction.atomic
def undo(batch: ImportBatch, by: Any) -> None:
    """Take back what was saved, as far as nobody touched it since; what stays says why on its row."""
    batch = _locked(batch)
    importer = importer_of(batch)(batch, by)
    importer.lock()
    importer.ensure()
    permitted = can_undo(batch)
    if permitted is not None:
        raise ValidationError(permitted)
    with readlog.unseen():
        for part in rows.parts(rows.every(batch, last_first=True, verdict__in=WRITABLE)):
            importer.take_back(part)
            rows.update(part, ("is_undone", "note"))
    states.advance(batch, "undo", by=by.person_id, undone_at=timezone.now())
    finish(batch)


def can_undo(batch: ImportBatch) -> str | None:
    """Why it cannot be taken back, or None."""
    permitted = states.permits(batch, "undo")
    if not permitted:
        return str(permitted.reason)
    if batch.undo_until is None or timezone.now() > batch.undo_until:
        return _("This could be taken back for 24 hours. Now only a correction is possible.")
    return None


def unanswered(batch: ImportBatch) -> Iterator[dict[str, Any]]:
    """The questions about the whole list that have no answer yet."""
    for question in batch.questions:
        if batch.answers.get(question["key"]) not in {value for value, _label in question["choices"]}:
            yield question


def _locked(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)


def finish(batch: ImportBatch, *, fault: str = "") -> None:
    """It is no worker's any more; `fault` is what its page says went wrong."""
    ImportBatch.objects.filter(pk=batch.pk).update(
        fault=fault, work="", work_by=None, work_since=None, done=0
    )


ACTS = {Work.CHECK: check, Work.COMMIT: commit, Work.UNDO: undo}


# Workers


def leave_to_worker(batch: ImportBatch, work: Work, by: Any) -> None:
    """Ask a worker to do this; the row says so, the broker is only told that there is work."""
    batch.work, batch.work_by_id, batch.work_since, batch.done, batch.fault = work, by.person_id, None, 0, ""
    batch.save()
    transaction.on_commit(_wake)


def _wake() -> None:
    """Tell a worker. When the broker is away nothing is lost: the sweep looks every half minute."""
    broker.hint(tasks.work_on_imports)
