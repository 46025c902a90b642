"""Forms of an imported list: the file, what its columns are, and rows to put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import scanning
from core.attachments import SUSPECT
from core.imports.columns import IGNORED, Column, letter
from core.imports.files import ACCEPT, MOST_BYTES, TOO_LARGE
from core.imports.models import ImportBatch, ImportRow
from ui.forms import PortalForm

MEGABYTE = 1024 * 1024


class ListUploadForm(PortalForm):
    """One file with a list."""

    file = forms.FileField(
        label=_("List"),
        help_text=_(
            "A list of Excel or LibreOffice, or a CSV file, as it comes out of your system. At most 10 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "empty": _("The file is empty."),
            "required": _("Choose a file."),
            "max_length": _("The name of the file is too long."),
        },
        max_length=200,
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse a file that is too large before any of it is read, and one in which the scanner finds something.

        While the scanner is away a list is read all the same: nobody is given the file, and its rows are text.
        """
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE, params={"size": MOST_BYTES // MEGABYTE})
        found = scanning.look(file.read())
        file.seek(0)
        if found is scanning.Scan.SUSPECT:
            raise forms.ValidationError(SUSPECT)
        return file


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the file on the page: its name or letter, some cells, and what it is."""

    title: str | Promise
    examples: str
    field: BoundField
    state: str  # "ask", "known" or "skipped"


class ColumnsForm(PortalForm):
    """What each column of a file is. Those that are known are chosen; only the others are asked."""

    def __init__(self, *args: Any, batch: ImportBatch, columns: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found, self.wanted = batch.columns, columns
        choices = [(column.name, column.label) for column in columns] + [(IGNORED, _("Do not read"))]
        for found in self.found:
            asked = [("", _("Choose a column"))] if not found["field"] else []
            only = [(IGNORED, _("Do not read"))] if found["is_secret"] else [*asked, *choices]
            self.fields[_name(found)] = forms.ChoiceField(
                label=_("Column %(name)s is") % {"name": _title(found)},
                choices=only,
                initial=found["field"],
                error_messages={"required": _("Choose what this column is, or that it is not read.")},
            )
        self.fields["remember"] = forms.BooleanField(
            label=_("Remember this for the next list"), required=False, initial=True
        )

    def clean(self) -> dict[str, Any]:
        """One column for one thing, and none forgotten that a list cannot do without."""
        data = super().clean() or self.cleaned_data
        chosen: dict[str, str] = {}
        for found in self.found:
            name, value = _name(found), data.get(_name(found))
            if not value or value == IGNORED:
                continue
            if value in chosen:
                self.add_error(name, _("Another column is that already. Choose one of the two."))
            chosen[value] = name
        labels = [
            str(column.label)
            for column in self.wanted
            if column.is_required and chosen.keys().isdisjoint({column.name, *column.instead})
        ]
        if labels and not self.errors:
            raise forms.ValidationError(
                _("No column is chosen for: %(names)s. A list cannot do without."),
                params={"names": ", ".join(labels)},
            )
        return data

    def chosen(self) -> dict[int, str]:
        """The field by the number of the column."""
        return {found["number"]: self.cleaned_data[_name(found)] for found in self.found}

    def rows(self, *, asked: bool) -> Iterator[ColumnRow]:
        """The columns that are asked, or the others."""
        for found in self.found:
            if asked == (not found["field"]):
                state = "ask" if asked else "skipped" if found["field"] == IGNORED else "known"
                yield ColumnRow(_title(found), " · ".join(found["examples"]), self[_name(found)], state)

    def asked(self) -> list[ColumnRow]:
        """Those that nobody knows."""
        return list(self.rows(asked=True))

    def known(self) -> list[ColumnRow]:
        """Those that were recognised, or are not read."""
        return list(self.rows(asked=False))


def _name(found: dict[str, Any]) -> str:
    return f"column-{found['number']}"


def _title(found: dict[str, Any]) -> str | Promise:
    return found["title"] or _("%(letter)s, without a name") % {"letter": letter(found["number"])}


@dataclass(slots=True)
class MendRow:
    """A row that has to be put right: what is said of it, and the controls for it."""

    number: int
    name: str
    said: list[str] = field(default_factory=list)
    fields: list[BoundField] = field(default_factory=list)
    skip: BoundField | None = None

    @property
    def legend(self) -> str:
        """Which row it is."""
        if not self.name:
            return _("Row %(number)d") % {"number": self.number}
        return _("Row %(number)d: %(name)s") % {"number": self.number, "name": self.name}


class MendForm(PortalForm):
    """Questions about the whole list, and rows to put right, to choose for, or to skip.

    A row may stay as it is for now, so no field is required; but none is optional either.
    """

    marks_optional = False

    def __init__(
        self,
        *args: Any,
        questions: Sequence[dict[str, Any]],
        rows: Sequence[ImportRow],
        cells: Sequence[dict[str, str]],
        columns: Sequence[Column],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.to_mend, self.cells = questions, rows, cells
        self.legends: dict[str, str] = {}
        labels = {column.name: column.label for column in columns}
        for at, question in enumerate(questions):
            self.fields[f"question-{at}"] = forms.ChoiceField(
                label=question["text"],
                choices=[tuple(choice) for choice in question["choices"]],
                widget=forms.RadioSelect,
                required=False,
            )
        self.shown = [self._add(row, found, labels) for row, found in zip(rows, cells, strict=True)]

    def _add(self, row: ImportRow, cells: dict[str, str], labels: dict[str, Any]) -> MendRow:
        """The controls of one row."""
        shown = MendRow(row.number, row.name)
        legend = shown.legend
        for at, problem in enumerate(row.problems):
            name = problem["field"]
            if problem["choices"]:
                key = f"choice-{row.number}-{at}"
                self.fields[key] = forms.ChoiceField(
                    label=problem["text"],
                    choices=[tuple(choice) for choice in problem["choices"]],
                    widget=forms.RadioSelect,
                    required=False,
                )
                self.legends[key] = legend
                shown.fields.append(self[key])
            key = f"cell-{row.number}-{name}"
            if name in labels and key not in self.fields:
                self.fields[key] = forms.CharField(
                    label=labels[name],
                    help_text="" if problem["choices"] else problem["text"],
                    initial=cells.get(name, ""),
                    required=False,
                    max_length=2_000,
                )
                self.legends[key] = legend
                shown.fields.append(self[key])
            elif problem["text"] and not problem["choices"]:
                shown.said.append(problem["text"])
        skip = f"skip-{row.number}"
        self.fields[skip] = forms.BooleanField(
            label=_("Skip this row"), required=False, initial=row.is_skipped
        )
        self.legends[skip] = legend
        shown.skip = self[skip]
        return shown

    def row_of(self, name: str) -> str:
        """The row of the list in which a field stands; a question is about all of them."""
        return self.legends.get(name, "")

    def questions(self) -> list[BoundField]:
        """The controls of the questions about the whole list."""
        return [self[f"question-{at}"] for at, _question in enumerate(self.asked)]

    def answers(self) -> dict[str, str]:
        """What was answered about the whole list."""
        found = {
            question["key"]: self.cleaned_data.get(f"question-{at}", "")
            for at, question in enumerate(self.asked)
        }
        return {key: value for key, value in found.items() if value}

    def given(self) -> dict[int, dict[str, Any]]:
        """By line what was put right, chosen, and whether it is skipped; only what differs from the file."""
        found = {}
        for row, cells in zip(self.to_mend, self.cells, strict=True):
            typed, answers = {}, {}
            for at, problem in enumerate(row.problems):
                if chosen := self.cleaned_data.get(f"choice-{row.number}-{at}"):
                    answers[problem["key"]] = chosen
                text = self.cleaned_data.get(f"cell-{row.number}-{problem['field']}")
                if text is not None and text != cells.get(problem["field"], ""):
                    typed[problem["field"]] = text
            is_skipped = bool(self.cleaned_data.get(f"skip-{row.number}"))
            found[row.number] = {"typed": typed, "answers": answers, "is_skipped": is_skipped}
        return found
