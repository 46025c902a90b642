"""The pages of an imported list, the same for every kind: file, columns, rows, what is saved, and after that.

An app says with a `Frame` what its list is and where its pages are; its views load, ask the rule, and hand on to here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import readlog, versions
from core.imports import batches, rows
from core.imports.importer import Importer
from core.imports.models import FINISHED, BatchState, ImportBatch, ImportRow, Verdict, Work
from core.readlog import Subject
from ui import formats, sheets
from ui.acts import attempt, tell, was_read
from ui.forms import PortalForm
from ui.import_forms import ColumnsForm, ListUploadForm, MendForm
from ui.import_words import HEADINGS, rows_words, said_of, save_word, shown_kind, tally_of
from ui.pages import paginate

STEPS = (pgettext_lazy("step", "File"), gettext_lazy("Columns"), gettext_lazy("Rows"), gettext_lazy("Save"))
TOO_MANY_LISTS = gettext_lazy("You handed in as many lists as one person may in a day. Wait until tomorrow.")
CANNOT_READ = gettext_lazy("This list cannot be read")
MENDED_AT_ONCE = 20
SHOWN_AT_ONCE = 50
OPEN_LISTS = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """What an app says about its list. `url` gives the address of one of its pages: "import", "template", and of a batch
    "batch", "commit", "undo" and "rows". `count_one` counts a file for who hands it in: False past what one may in a day.
    """

    importer: type[Importer]
    by: Any
    url: Callable[..., str]
    count_one: Callable[[], bool]
    title: str | Promise
    back: str
    back_label: str | Promise
    target: str = ""
    owner: str = ""
    space: str = ""
    crumbs: Sequence[Any] = ()
    says: Sequence[str | Promise] = ()
    confirm_form: type[PortalForm] | None = None
    totals: Callable[[dict[str, Any]], Sequence[str]] = field(default=lambda _totals: ())
    subjects: Callable[[Sequence[UUID]], Sequence[Subject]] = field(default=lambda _ids: ())

    def batch_or_404(self, public_id: UUID) -> ImportBatch:
        """A list of this kind that goes into this target."""
        found = ImportBatch.objects.select_related("by").filter(
            public_id=public_id, kind=self.importer.kind, target=self.target
        )
        batch = found.first()
        if batch is None:
            raise Http404
        return batch

    def context(
        self, step: int, head: str | Promise, lead: str | Promise = "", **more: Any
    ) -> dict[str, Any]:
        """For every template of an import: the step, from 1, and what stands at the top."""
        pairs = zip(self.crumbs[::2], self.crumbs[1::2], strict=True)
        links = [{"label": label, "url": url} for label, url in pairs]
        urls = {page: self.url(page) for page in ("import", "template")}
        if batch := more.get("batch"):
            urls |= {page: self.url(page, batch) for page in ("batch", "commit", "undo", "rows")}
            urls |= {"columns": f"{urls['batch']}?stap=kolommen", "mend": f"{urls['batch']}?stap=rijen"}
        known: dict[str, Any] = {"frame": self, "space": self.space, "steps_of_import": STEPS, "step": step}
        known |= {"head": head, "lead": lead, "step_label": (*STEPS, "")[step - 1]}
        return known | {"links": links, "urls": urls} | more


# The file


def file_page(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Hand in a file, or go on with a list that was handed in before."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListUploadForm(*sent)
    if request.method == "POST" and form.is_valid():
        batch = _received(frame, form)
        if batch is not None:
            return redirect(frame.url("batch", batch))
    earlier = ImportBatch.objects.filter(kind=frame.importer.kind, target=frame.target).select_related("by")
    lists = [
        (batch, frame.url("batch", batch)) for batch in earlier.order_by("-created_at", "-pk")[:OPEN_LISTS]
    ]
    context = frame.context(1, frame.title, _("Nothing is saved yet. You do that in step 4."))
    return render(request, "ui/imports/file.html", context | {"form": form, "lists": lists})


def _received(frame: Frame, form: ListUploadForm) -> ImportBatch | None:
    """Take the file in and check it as far as nothing has to be asked; a refusal stands in the form."""
    if not frame.count_one():
        form.add_error("file", TOO_MANY_LISTS)
        return None
    file = form.cleaned_data["file"]
    try:
        batch = batches.receive(
            importer=frame.importer,
            target=frame.target,
            owner=frame.owner,
            by=frame.by,
            name=str(file.name),
            content=file.read(),
        )
        if batch.state == BatchState.MAPPED and not batch.work:
            batches.go_on(batch=batch, work=Work.CHECK, by=frame.by)
    except ValidationError as refusal:
        form.add_error("file", refusal)
        return None
    return batch


def template_file(frame: Frame, name: str) -> HttpResponse:
    """An empty file with the header and an example."""
    headers = [column.header for column in frame.importer.columns if not column.is_extra]
    content = b"".join(sheets.csv_of([[headers, frame.importer.example]]))
    response = HttpResponse(content, content_type=sheets.TYPES[sheets.CSV])
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


# One list, at the step where it is


def batch_page(request: HttpRequest, frame: Frame, public_id: UUID) -> HttpResponse:
    """The step where a list is, or an earlier one that was asked for."""
    batch = frame.batch_or_404(public_id)
    asked = request.GET.get("stap", "")
    if batch.work:
        return render(
            request, "ui/imports/busy.html", frame.context(3, _("We are working on it"), batch=batch)
        )
    if batch.state in FINISHED:
        return _done_page(request, frame, batch)
    if not batch.row_count:
        return render(request, "ui/imports/refused.html", frame.context(1, CANNOT_READ, batch=batch))
    if request.POST.get("act") == "columns" or batch.state == BatchState.UPLOADED or asked == "kolommen":
        return _columns_page(request, frame, batch)
    if batch.state == BatchState.MAPPED:
        return _check_again(request, frame, batch)
    if (
        request.POST.get("act") in {"rows", "skip"}
        or batch.count(Verdict.WRONG)
        or any(batches.unanswered(batch))
    ):
        return _rows_page(request, frame, batch)
    if batch.questions and asked == "rijen":
        return _rows_page(request, frame, batch)
    return save_page(request, frame, batch)


def _go_on(request: HttpRequest, frame: Frame, batch: ImportBatch, act: Callable[[], Any]) -> HttpResponse:
    """Note what was said, check again, and back to the list at the step where it is then."""
    if attempt(request, act):
        fresh = ImportBatch.objects.get(pk=batch.pk)
        try:
            batches.go_on(batch=fresh, work=Work.CHECK, by=frame.by)
        except ValidationError as refusal:
            tell(request, refusal)
    return redirect(frame.url("batch", batch))


def _check_again(request: HttpRequest, frame: Frame, batch: ImportBatch) -> HttpResponse:
    """A list of which the check broke off."""
    if request.method == "POST":
        return _go_on(request, frame, batch, lambda: None)
    return render(request, "ui/imports/refused.html", frame.context(3, CANNOT_READ, batch=batch, again=True))


def _columns_page(request: HttpRequest, frame: Frame, batch: ImportBatch) -> HttpResponse:
    """Say what the columns are."""
    sent = (request.POST,) if request.method == "POST" else ()
    form = ColumnsForm(*sent, batch=batch, columns=frame.importer.columns)
    if request.method == "POST" and form.is_valid():
        act = partial(
            batches.choose,
            batch=batch,
            fields=form.chosen(),
            remember=form.cleaned_data["remember"],
            by=frame.by,
            version=was_read(request),
        )
        return _go_on(request, frame, batch, act)
    head, lead = _("Is this what we read?"), _("Only what we do not recognise is asked.")
    return render(request, "ui/imports/columns.html", frame.context(2, head, lead, batch=batch, form=form))


def _rows_page(request: HttpRequest, frame: Frame, batch: ImportBatch) -> HttpResponse:
    """Put rows right, a page of them at a time."""
    wrong = list(batch.rows.filter(verdict=Verdict.WRONG).order_by("number")[:MENDED_AT_ONCE])
    cells_of = rows.reader(batch)
    form = MendForm(
        *((request.POST,) if request.method == "POST" else ()),
        initial={f"question-{at}": batch.answers.get(one["key"]) for at, one in enumerate(batch.questions)},
        questions=batch.questions,
        rows=wrong,
        cells=[cells_of(row.raw, row.typed) for row in wrong],
        columns=frame.importer.columns,
    )
    if request.method == "POST" and form.is_valid():
        act = partial(
            batches.answer,
            batch=batch,
            answers=form.answers(),
            given=form.given(),
            skip_rest=request.POST.get("act") == "skip",
            by=frame.by,
            version=was_read(request),
        )
        return _go_on(request, frame, batch, act)
    _note_readers(frame, wrong)
    wrong_count = batch.count(Verdict.WRONG)
    head, lead = rows_words(batch), _("Put them right here. You do not have to go back to Excel.")
    context = frame.context(3, head, lead, batch=batch, form=form, tally=tally_of(batch), wrong=wrong_count)
    context["more"] = max(0, wrong_count - len(wrong))
    return render(request, "ui/imports/rows.html", context)


def save_page(
    request: HttpRequest, frame: Frame, batch: ImportBatch, form: PortalForm | None = None
) -> HttpResponse:
    """Exactly what would be saved, by what becomes of a row."""
    tally = tally_of(batch)
    shown = shown_kind(request.GET.get("soort", ""), tally)
    page = paginate(request, batch.rows.filter(verdict=shown).order_by("number"), SHOWN_AT_ONCE)
    _note_readers(frame, page.items)
    form = form or (frame.confirm_form() if frame.confirm_form else None)
    writes = batch.count(*batches.WRITABLE)
    head, lead = _("This is saved"), _("What you see here is exactly what happens.")
    context = frame.context(4, head, lead, batch=batch, tally=tally, shown=shown, page=page, form=form)
    context |= {"writes": writes, "save_word": save_word(writes)}
    context |= {"heading": dict(HEADINGS)[shown], "totals": frame.totals(batch.totals)}
    context["cells"] = [(row, said_of(row, frame.importer.columns)) for row in page]
    context["has_changed"] = batch.fault == batches.CHANGED
    return render(request, "ui/imports/save.html", context)


def commit(request: HttpRequest, frame: Frame, public_id: UUID) -> HttpResponse:
    """Save what was shown, or say that it would come out otherwise by now."""
    batch = frame.batch_or_404(public_id)
    form = frame.confirm_form(request.POST) if frame.confirm_form else None
    if form is not None and not form.is_valid() and batch.state == BatchState.CHECKED and not batch.work:
        return save_page(request, frame, batch, form)
    answers = {key: str(value) for key, value in form.cleaned_data.items()} if form is not None else {}
    act = partial(batches.confirm, batch=batch, answers=answers, by=frame.by, version=was_read(request))
    if batch.state == BatchState.COMMITTED:
        messages.info(request, _("This list has been saved already."))
    elif attempt(request, act):
        fresh = ImportBatch.objects.get(pk=batch.pk)
        attempt(request, partial(batches.go_on, batch=fresh, work=Work.COMMIT, by=frame.by))
        fresh.refresh_from_db()
        if fresh.fault == batches.CHANGED:
            messages.error(
                request, _("Something changed since the check, and nothing has been saved. Look again.")
            )
    return redirect(frame.url("batch", batch))


def undo(request: HttpRequest, frame: Frame, public_id: UUID) -> HttpResponse:
    """Take a saved list back."""
    batch = frame.batch_or_404(public_id)
    if batch.state == BatchState.UNDONE:
        messages.info(request, _("This list has been taken back already."))
    elif was_read(request) != versions.of(batch):
        messages.error(request, str(versions.CHANGED))
    else:
        attempt(request, partial(batches.go_on, batch=batch, work=Work.UNDO, by=frame.by))
    return redirect(frame.url("batch", batch))


def _done_page(request: HttpRequest, frame: Frame, batch: ImportBatch) -> HttpResponse:
    kept = batch.rows.filter(verdict__in=batches.WRITABLE, is_undone=False).order_by("number")
    page = paginate(request, kept, SHOWN_AT_ONCE) if batch.state == BatchState.UNDONE else None
    if page is not None:
        _note_readers(frame, page.items)
    lead = _("%(file)s, by %(who)s, %(when)s") % {
        "file": batch.file_name,
        "who": batch.by.full_name,
        "when": formats.moment(batch.committed_at or batch.created_at),
    }
    head = _("Done") if page is None else _("Taken back")
    context = frame.context(5, head, lead, batch=batch, page=page, writes=batch.count(*batches.WRITABLE))
    context["may_undo"] = batches.can_undo(batch) is None
    context["undone"] = batch.rows.filter(is_undone=True).count() if page is not None else 0
    return render(request, "ui/imports/done.html", context)


# The rows that stay behind, to put right elsewhere


def left_over(request: HttpRequest, frame: Frame, public_id: UUID) -> StreamingHttpResponse:
    """The rows that have to be put right or that wait, with the columns of the file and what is wrong, as CSV."""
    batch = frame.batch_or_404(public_id)
    sheets.tell_taken(request, sheets.CSV)
    lines = sheets.csv_of(rows.parts(_left_over(batch)))
    response = StreamingHttpResponse(lines, content_type=sheets.TYPES[sheets.CSV])
    response["Content-Disposition"] = 'attachment; filename="te-controleren.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _left_over(batch: ImportBatch) -> Iterator[list[str]]:
    width = max((column["number"] for column in batch.columns), default=-1) + 1
    titles = [""] * width
    for column in batch.columns:
        titles[column["number"]] = column["title"]
    yield [*titles, _("What is wrong")]
    for row in rows.every(batch, verdict__in=(Verdict.WRONG, Verdict.WAITS)):
        cells = [*(row.raw or []), *([""] * width)][:width]
        why = row.note or " ".join(problem["text"] for problem in row.problems)
        yield [*cells, why]


def _note_readers(frame: Frame, shown: Sequence[ImportRow]) -> None:
    """Whose facts stand on the page goes into the read log, also of those whom a question about a row names."""
    ids = [row.subject for row in shown if row.subject]
    ids += [UUID(one) for row in shown for problem in row.problems for one in problem.get("about", ())]
    if ids:
        readlog.note(*frame.subjects(ids))
