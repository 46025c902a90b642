"""Workbooks with students, whatever the file is called: the sheet with the known header, and dates as dates."""

from datetime import date

import pytest

from core.imports.models import Verdict
from tests.books import ods, xlsx
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.helpers import login
from tests.students.lists import HEADER, ROW, batch_of, enrolled, save, upload, verdicts

pytestmark = pytest.mark.django_db

CELLS = [*ROW.split(";")[:4], date(2004, 3, 14), "Lelystad", 8224, "", "liefst de avond"]
SAMIRA = ("Samira van der Voorbeeld", "samira@leerling.example", date(2004, 3, 14), "Lelystad", "8224")
BOOKS = {
    "xlsx": xlsx(
        ("Toelichting", [["Lees dit"], ["eerst"]]), ("Studenten", [["Lijst"], [], HEADER.split(";"), CELLS])
    ),
    "renamed to csv": xlsx(("Blad1", [HEADER.split(";"), CELLS])),
    "ods": ods([["Lijst 2027"], HEADER.split(";"), ROW.split(";")]),
}


@pytest.fixture
def cohort():
    return CohortFactory(name="Groep A")


@pytest.mark.parametrize("name", BOOKS)
def test_sheet_with_the_known_header_is_read(client, cohort, name):
    login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)
    file_name = {"renamed to csv": "lijst.csv"}.get(name, f"lijst.{name}")
    page = upload(client, cohort, BOOKS[name], file_name)
    assert verdicts(cohort) == [Verdict.NEW]
    assert batch_of(cohort).sheet == ("Studenten" if name == "xlsx" else "Blad1")
    save(client, cohort, page)
    assert enrolled(cohort) == [SAMIRA]
