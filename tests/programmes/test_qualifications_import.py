"""The CSV of qualifications: what it accepts, what it refuses, and what it never changes."""

from datetime import date

import pytest

from programmes.imports.qualifications import COLUMNS, empty_file, read_qualifications
from programmes.models import CoreTask, Qualification, QualificationFile, WorkProcess
from programmes.services import qualifications as service
from tests.factories.programmes import CohortFactory, ProgrammeFactory

HEADER = ";".join(COLUMNS)
GOOD = "95001;93001;B1-K1;Biedt zorg;B1-K1-W1;Bereidt voor;2025-08-01;;voorbeeld;Verzorgende;3;Verzorging"
GOOD_10 = GOOD.replace("B1-K1-W1", "B1-K1-W10").replace("Bereidt voor", "Rondt af")


def file_of(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([header, *lines, ""]).encode(encoding)


def errors_of(content: bytes) -> list[tuple[int, str, str]]:
    return [(error.line, error.column, str(error.message)) for error in read_qualifications(content)[1]]


def rows_of(*lines: str):
    rows, errors = read_qualifications(file_of(*lines))
    assert errors == []
    return rows


# Reader


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_read_with_and_without_mark(encoding):
    rows, errors = read_qualifications(file_of(GOOD, encoding=encoding))
    assert errors == []
    assert [(row.line, row.crebo, row.valid_from, row.valid_until) for row in rows] == [
        (2, "95001", date(2025, 8, 1), None)
    ]


def test_example_file_can_be_read_back():
    assert read_qualifications(empty_file())[1] == []


def test_read_quotes_blank_lines_and_hard_spaces():
    line = GOOD.replace("Bereidt voor", '"Bereidt; ""rustig"" voor"').replace("Biedt zorg", "Biedt\xa0zorg")
    rows, errors = read_qualifications(file_of("", line, ";;;;;;;;;;;"))
    assert errors == []
    assert (rows[0].line, rows[0].work_process_title, rows[0].core_task_title) == (
        3,
        'Bereidt; "rustig" voor',
        "Biedt zorg",
    )


HOSTILE_FILES = {
    "empty": b"",
    "spaces": b"  \r\n ",
    "header only": file_of(),
    "latin-1": file_of(GOOD.replace("Bereidt voor", "Coördineert"), encoding="latin-1"),
    "utf-16": file_of(GOOD, encoding="utf-16"),
    "commas": file_of(GOOD).replace(b";", b","),
    "tabs": file_of(GOOD).replace(b";", b"\t"),
    "spreadsheet": b"PK\x03\x04" + b"x" * 100,
    "old spreadsheet": b"\xd0\xcf\x11\xe0" + b"x" * 100,
    "pdf": b"%PDF-1.7 x",
    "zero bytes": file_of(GOOD).replace(b"voor", b"vo\x00r"),
    "too large": file_of(GOOD) + b"x" * 1_000_000,
    "missing column": file_of(GOOD, header=HEADER.replace(";niveau", "")),
    "unknown column": file_of(GOOD, header=HEADER + ";bsn"),
    "double column": file_of(GOOD, header=HEADER.replace("niveau", "crebo")),
    "other order": file_of(GOOD, header=";".join(reversed(COLUMNS))),
    "open quote": file_of(GOOD.replace("Bereidt voor", '"Bereidt voor')),
    "too many cells": file_of(GOOD + ";x"),
    "too few cells": file_of("95001;93001"),
    "formula": file_of(GOOD.replace("Bereidt voor", '=HYPERLINK("x")')),
    "line break": file_of(GOOD.replace("Bereidt voor", '"Bereidt\nvoor"')),
    "html too long": file_of(GOOD.replace("Bereidt voor", "<script>" * 30)),
    "huge cell": file_of(GOOD.replace("Bereidt voor", "x" * 200_000)),
}


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_hostile_file_is_refused_with_words(name):
    rows, errors = read_qualifications(HOSTILE_FILES[name])
    assert errors
    assert all(str(error.message) for error in errors)
    assert rows == []


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("crebo", "9500", "Een crebocode heeft 5 cijfers."),
        ("crebo", "٩٥٠٠١", "Een crebocode heeft 5 cijfers."),
        ("dossier_crebo", "", "Deze cel is leeg. Vul iets in."),
        ("kerntaak_code", "K1", "Een kerntaakcode ziet eruit als B1-K1."),
        ("werkproces_code", "B1-K2-W1", "Dit werkproces hoort niet bij de kerntaak in deze rij."),
        ("werkproces_code", "W1", "Een werkprocescode ziet eruit als B1-K1-W3."),
        ("werkproces_title", "", "Deze cel is leeg. Vul iets in."),
        ("kerntaak_title", "x" * 201, "Deze tekst is te lang: hoogstens 200 tekens."),
        ("valid_from", "1 augustus", "Schrijf de datum als 2025-08-01."),
        ("valid_from", "2025-02-30", "Schrijf de datum als 2025-08-01."),
        ("valid_to", "2025-08-01", "De einddatum moet na de begindatum liggen."),
        ("niveau", "5", "Het niveau is 1, 2, 3 of 4."),
        ("source", "", "Deze cel is leeg. Vul iets in."),
    ],
)
def test_bad_cell_is_named_with_line_column_and_reason(column, value, message):
    cells = GOOD.split(";")
    cells[COLUMNS.index(column)] = value
    assert (3, column, message) in errors_of(file_of(GOOD, ";".join(cells)))


def test_every_bad_row_is_named():
    bad = GOOD.replace("95001", "1")
    assert [line for line, *_ in errors_of(file_of(bad, GOOD, bad, "x;y"))] == [2, 4, 5]


# Import


@pytest.mark.django_db
def test_import_makes_file_qualification_task_and_processes():
    result = service.import_rows(rows=rows_of(GOOD, GOOD_10))
    assert (result.files, result.qualifications, result.core_tasks, result.work_processes) == (1, 1, 1, 2)
    file = QualificationFile.objects.get()
    assert (file.crebo, file.name, file.is_example) == ("93001", "Verzorging", True)
    assert [process.code for process in WorkProcess.objects.all()] == ["B1-K1-W1", "B1-K1-W10"]


@pytest.mark.django_db
def test_import_twice_changes_nothing():
    service.import_rows(rows=rows_of(GOOD))
    again = service.import_rows(rows=rows_of(GOOD))
    assert again.is_empty
    assert again.unchanged == 1
    assert WorkProcess.objects.count() == 1


@pytest.mark.django_db
def test_import_without_work_process_or_core_task():
    task_only = GOOD.replace("B1-K1-W1;Bereidt voor", ";")
    alone = GOOD.replace("95001", "95002").replace("B1-K1;Biedt zorg;B1-K1-W1;Bereidt voor", ";;;")
    service.import_rows(rows=rows_of(task_only, alone))
    assert (Qualification.objects.count(), CoreTask.objects.count(), WorkProcess.objects.count()) == (2, 1, 0)


@pytest.mark.django_db
def test_check_writes_nothing():
    result = service.check_rows(rows=rows_of(GOOD))
    assert (result.files, result.work_processes) == (1, 1)
    assert QualificationFile.objects.count() == 0


@pytest.mark.django_db
def test_other_first_day_is_a_new_version():
    service.import_rows(rows=rows_of(GOOD))
    service.import_rows(rows=rows_of(GOOD.replace("2025-08-01", "2026-08-01")))
    assert QualificationFile.objects.filter(crebo="93001").count() == 2
    assert Qualification.objects.filter(crebo="95001").count() == 2


@pytest.mark.django_db
def test_unused_version_takes_new_texts():
    service.import_rows(rows=rows_of(GOOD))
    result = service.import_rows(rows=rows_of(GOOD.replace("Bereidt voor", "Bereidt het werk voor")))
    assert result.changed == 1
    assert WorkProcess.objects.get().title == "Bereidt het werk voor"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        ("werkproces_title", "Bereidt voor", "Anders"),
        ("kerntaak_title", "Biedt zorg", "Anders"),
        ("kwalificatie", ";Verzorgende;", ";Anders;"),
        ("niveau", ";3;", ";4;"),
        ("dossier", "Verzorging", "Anders"),
        ("source", "voorbeeld", "Anders"),
    ],
)
def test_version_that_a_cohort_follows_keeps_its_texts(column, old, new):
    service.import_rows(rows=rows_of(GOOD))
    CohortFactory(programme=ProgrammeFactory(qualifications=[Qualification.objects.get()]))
    with pytest.raises(service.ImportRefused) as refused:
        service.import_rows(rows=rows_of(GOOD.replace(old, new)))
    assert {error.column for error in refused.value.errors} == {column}
    assert WorkProcess.objects.get().title == "Bereidt voor"


@pytest.mark.django_db
def test_version_that_a_cohort_follows_may_grow_and_end():
    service.import_rows(rows=rows_of(GOOD))
    CohortFactory(programme=ProgrammeFactory(qualifications=[Qualification.objects.get()]))
    service.import_rows(
        rows=rows_of(*(line.replace(";;voor", ";2028-07-31;voor") for line in (GOOD, GOOD_10)))
    )
    assert QualificationFile.objects.get().valid_until == date(2028, 7, 31)
    assert WorkProcess.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("second", "column", "message"),
    [
        (GOOD, "", "Dit herhaalt regel 2."),
        (GOOD_10.replace("Biedt zorg", "Anders"), "kerntaak_title", "Regel 2 zegt hier iets anders."),
        (GOOD_10.replace(";3;", ";4;"), "niveau", "Regel 2 zegt hier iets anders."),
        (GOOD_10.replace("Verzorgende;", "Anders;"), "kwalificatie", "Regel 2 zegt hier iets anders."),
    ],
)
def test_rows_that_contradict_each_other_are_refused(second, column, message):
    with pytest.raises(service.ImportRefused) as refused:
        service.import_rows(rows=rows_of(GOOD, second))
    assert [(error.line, error.column, str(error.message)) for error in refused.value.errors] == [
        (3, column, message)
    ]
    assert QualificationFile.objects.count() == 0


@pytest.mark.django_db
def test_file_of_the_demo_region_is_taken(settings):
    rows, errors = read_qualifications((settings.ROOT / "demo" / "data" / "qualifications.csv").read_bytes())
    assert errors == []
    service.import_rows(rows=rows)
    assert service.import_rows(rows=rows).is_empty
