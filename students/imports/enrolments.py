"""The CSV with students: read, and each row held against the form of one student and against what is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.csv_files import CsvError, CsvFile, read, read_text, template
from core.text import full_name
from programmes.models import Cohort
from students.forms.enrolments import EnrolmentForm
from students.models import Enrolment, Student
from students.queries.likeness import birthdays_of_like, students_like
from students.services.enrolments import NewStudent

# column: field of the form
COLUMNS = {
    "voornaam": "first_name",
    "tussenvoegsel": "name_prefix",
    "achternaam": "last_name",
    "email": "email",
    "geboortedatum": "born_on",
    "woonplaats": "town",
    "postcode4": "pc4",
    "startdatum": "starts_on",
    "wensen": "wishes",
}
COLUMN_OF = {field: column for column, field in COLUMNS.items()}
MOST_ROWS = 200
MOST_BYTES = 200_000
EXAMPLE = (
    "Samira", "van", "Voorbeeld", "samira@leerling.example", "14-03-2004", "Lelystad", "8224", "", "liefst de avond",
)  # fmt: skip


def read_students(content: bytes) -> CsvFile:
    """The rows of a file and what is wrong with its shape."""
    return read(content, columns=tuple(COLUMNS), most_rows=MOST_ROWS, most_bytes=MOST_BYTES)


def read_students_text(text: str) -> CsvFile:
    """The same for the text of a file that was checked before."""
    return read_text(text, columns=tuple(COLUMNS), most_rows=MOST_ROWS)


def empty_file() -> bytes:
    """A file with the header and one example row."""
    return template(tuple(COLUMNS), EXAMPLE)


@dataclass(frozen=True, slots=True)
class KnownStudent:
    """A row of someone whom the school has already: nothing is done with it."""

    line: int
    name: str
    is_in_cohort: bool


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row of someone at an address that the school does not have; `like` are students who may be the one meant."""

    line: int
    student: NewStudent
    like: list[Student] = field(default_factory=list)


@dataclass(slots=True)
class CheckedFile:
    """The rows of a file that are new to the school, who is known and left alone, or what is in the way."""

    rows: list[NewRow] = field(default_factory=list)
    known: list[KnownStudent] = field(default_factory=list)
    errors: list[CsvError] = field(default_factory=list)

    @property
    def students(self) -> list[NewStudent]:
        """Those about whom there is nothing to ask."""
        return [row.student for row in self.rows if not row.like]

    @property
    def questions(self) -> list[NewRow]:
        """The rows that may be of someone whom the school has."""
        return [row for row in self.rows if row.like]


def check_file(table: CsvFile, cohort: Cohort) -> CheckedFile:
    """Every row through the form, and against the rest of the file, the cohort and the school."""
    checked = CheckedFile(errors=list(table.errors))
    school = _School(cohort)
    for row in table.rows:
        form = EnrolmentForm({COLUMNS[column]: text for column, text in row.cells.items()}, cohort=cohort)
        if not form.is_valid():
            checked.errors += [
                CsvError(row.line, COLUMN_OF.get(name, ""), str(message))
                for name, messages in form.errors.items()
                for message in messages
            ]
            continue
        student = form.student()
        fault = school.fault_of(student, row.line)
        if fault is not None:
            checked.errors.append(CsvError(row.line, *fault))
        elif student.email in school.birthdays:
            checked.known.append(school.known(student, row.line))
        else:
            checked.rows.append(NewRow(row.line, student))
    checked.rows = school.asked_about(checked.rows)
    checked.errors.sort(key=lambda error: error.line)
    return checked


class _School:
    """The students of the school by their address, read once for a whole file; those of other schools are not looked at."""

    def __init__(self, cohort: Cohort) -> None:
        self.pk = cohort.programme.school_id
        students = Student.objects.of_school(self.pk).select_related("person__user")
        here = set(Enrolment.objects.filter(cohort=cohort).values_list("student", flat=True))
        self.birthdays = {student.address: student.born_on for student in students}
        self.in_cohort = {student.address for student in students if student.pk in here}
        self.lines: dict[str, int] = {}
        self.people: dict[tuple[str, dt.date], int] = {}

    def fault_of(self, student: NewStudent, line: int) -> tuple[str, str | Promise] | None:
        """The column and what is wrong with it."""
        earlier = self.lines.setdefault(student.email, line)
        if earlier != line:
            return "email", _("This address stands on line %(line)d too.") % {"line": earlier}
        if self.birthdays.get(student.email, student.born_on) != student.born_on:
            return "email", _("This address belongs to another student of your school.")
        earlier = self.people.setdefault((_name_of(student).casefold(), student.born_on), line)
        if earlier != line:
            words = _(
                "This name and date of birth stand on line %(line)d too. Leave out one of the two; enrol a namesake with the"
                " form."
            )
            return "achternaam", words % {"line": earlier}
        return None

    def asked_about(self, rows: list[NewRow]) -> list[NewRow]:
        """The same rows, each with the students of the school who may be the one meant."""
        people = [(_name_of(row.student), row.student.born_on) for row in rows]
        days = birthdays_of_like(school_id=self.pk, people=people)
        return [
            NewRow(row.line, row.student, self._like(row.student)) if row.student.born_on in days else row
            for row in rows
        ]

    def _like(self, student: NewStudent) -> list[Student]:
        return students_like(
            school_id=self.pk, name=_name_of(student), email=student.email, born_on=student.born_on
        )

    def known(self, student: NewStudent, line: int) -> KnownStudent:
        """As the file names that student."""
        return KnownStudent(line, _name_of(student), student.email in self.in_cohort)


def _name_of(student: NewStudent) -> str:
    return full_name(first_name=student.first_name, last_name=student.last_name, prefix=student.name_prefix)
