"""The CSV with students: read, and each row held against the form of one student and against what is there."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.csv_files import CsvError, CsvFile, read, read_text, template
from programmes.models import Cohort
from students.forms.enrolments import EnrolmentForm
from students.models import Enrolment, Student
from students.models.enrolments import IS_IN_COHORT
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


@dataclass(slots=True)
class CheckedFile:
    """The students of a file, or what is in the way of enrolling them."""

    students: list[NewStudent] = field(default_factory=list)
    errors: list[CsvError] = field(default_factory=list)
    present: int = 0  # rows that are refused because the cohort has that student

    @property
    def is_done(self) -> bool:
        """Everyone in the file is in the cohort: the same file a second time."""
        return 0 < self.present == len(self.errors) and not self.students


def check_file(table: CsvFile, cohort: Cohort) -> CheckedFile:
    """Every row through the form, and against the rest of the file, the cohort and the school."""
    checked = CheckedFile(errors=list(table.errors))
    known = _Known(cohort)
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
        fault = known.fault_of(student, row.line)
        if fault is None:
            checked.students.append(student)
        else:
            checked.errors.append(CsvError(row.line, "email", fault))
    checked.errors.sort(key=lambda error: error.line)
    checked.present = known.present
    return checked


class _Known:
    """Addresses that are taken, read once for a whole file."""

    def __init__(self, cohort: Cohort) -> None:
        school = Student.objects.of_school(cohort.programme.school_id).select_related("person__user")
        here = set(Enrolment.objects.filter(cohort=cohort).values_list("student", flat=True))
        self.in_cohort = {student.address for student in school if student.pk in here}
        self.birthdays = {student.address: student.born_on for student in school}
        self.lines: dict[str, int] = {}
        self.present = 0

    def fault_of(self, student: NewStudent, line: int) -> str | Promise | None:
        earlier = self.lines.setdefault(student.email, line)
        if earlier != line:
            return _("This address stands on line %(line)d too.") % {"line": earlier}
        if student.email in self.in_cohort:
            self.present += 1
            return IS_IN_COHORT
        if self.birthdays.get(student.email, student.born_on) != student.born_on:
            return _("This address belongs to another student of your school.")
        return None
