"""Qualifications from a list: what is shown is what is stored, and what cannot be told is asked."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demo.seed.cohorts import qualification_rows
from programmes.models import CoreTask, Qualification, QualificationFile, WorkProcess
from programmes.services import qualifications as service
from tests.factories.accounts import UserFactory
from tests.factories.placements import SlotFactory
from tests.factories.programmes import CohortFactory, ProgrammeFactory, SessionFactory
from tests.helpers import login
from tests.programmes.lists import GOOD, GOOD_10, file_of, outcomes, press, send, take_in, upload

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def administrator(client):
    return login(client, UserFactory(is_staff=True))


def hand_in(client, name):
    (path,) = CASES.glob(f"{name}-*")
    return upload(client, path.read_bytes(), path.name)


def followed():
    """A cohort follows what there is."""
    return CohortFactory(programme=ProgrammeFactory(qualifications=[Qualification.objects.get()]))


# The lists that people keep


def test_list_once_more_changes_nothing(administrator):
    done = press(administrator, hand_in(administrator, "Q01"), "commit")
    assert "2 rijen zijn opgeslagen." in done.content.decode()
    again = hand_in(administrator, "Q01")
    assert {verdict for verdict, _said in outcomes().values()} == {"same"}
    assert "Er is niets op te slaan" in again.content.decode()
    assert WorkProcess.objects.count() == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_taken_and_handed_in_again_is_the_same(administrator, kind):
    service.load_examples(rows=qualification_rows())
    content = b"".join(administrator.get(reverse("programmes:qualification-list"), {"download": kind}))
    upload(administrator, content, f"kwalificaties.{kind}")
    found = [verdict for verdict, _said in outcomes().values()]
    assert set(found) == {"same"}
    assert len(found) >= WorkProcess.objects.count()


def test_national_list_has_its_columns_recognised(administrator):
    page = hand_in(administrator, "Q02")
    assert "Klopt het wat we lezen?" in page.content.decode()
    press(administrator, send(administrator, page), "commit")
    qualification = Qualification.objects.select_related("file").get()
    file = qualification.file
    assert (qualification.crebo, qualification.name, qualification.level) == ("25656", "Verzorgende IG", 3)
    assert (file.crebo, file.valid_from, file.source) == ("23187", date(2016, 8, 1), "Q02-sbb-lijst.csv")


def test_letters_of_windows_are_right(administrator):
    press(administrator, hand_in(administrator, "Q03"), "commit")
    assert WorkProcess.objects.get().title == "Inventariseert de cliëntbehoefte"


def test_dates_are_read_by_the_rules_of_every_form(administrator):
    page = hand_in(administrator, "Q04")
    assert "Wat staat in de datums van deze lijst vooraan?" in page.content.decode()
    press(administrator, send(administrator, page, act="rows", question__0="day_first"), "commit")
    assert Qualification.objects.count() == 7
    assert set(QualificationFile.objects.values_list("valid_from", flat=True)) == {date(2025, 8, 1)}


def test_codes_are_read_into_the_one_form(administrator):
    page = hand_in(administrator, "Q05")
    wrong = {number: said for number, (verdict, said) in outcomes().items() if verdict == "wrong"}
    assert set(wrong) == {6, 9, 10}
    assert "“D1-K1”" in wrong[6]
    assert "hoort niet bij de kerntaak" in wrong[10]
    press(administrator, send(administrator, page, act="skip"), "commit")
    codes = set(WorkProcess.objects.values_list("code", flat=True))
    assert codes == {"B1-K1-W1", "B1-K1-W10", "P2-K1-W1"}


def test_crebo_is_read_as_a_spreadsheet_keeps_it_and_two_names_are_asked(administrator):
    page = hand_in(administrator, "Q06")
    said = outcomes()
    assert "“5656” is geen crebo" in said[5][1]
    assert "De rijen verschillen in “Kwalificatie” van" in page.content.decode()
    page = send(administrator, page, act="rows", question__0="Verz 0", skip__5="on")
    assert [verdict for verdict, _said in outcomes().values()] == ["new", *["skipped"] * 5]
    press(administrator, page, "commit")
    assert [(row.crebo, row.name) for row in Qualification.objects.all()] == [("25656", "Verz 0")]


def test_same_row_twice_counts_once_and_is_said(administrator):
    page = hand_in(administrator, "Q11")
    assert outcomes()[3] == ("skipped", "hetzelfde als rij 2")
    press(administrator, page, "commit")
    assert WorkProcess.objects.count() == 1


def test_every_case_is_a_test():
    text = Path(__file__).read_text(encoding="utf-8")
    names = {path.name.split("-")[0] for path in CASES.iterdir()}
    assert len(names) >= 7
    assert {name for name in names if f'"{name}"' not in text} == set()


# What cannot be told


def test_crebo_in_two_files_is_asked(administrator):
    rows = [GOOD, GOOD.replace(";93001;", ";93002;").replace(";Verzorging", ";Zorg")]
    page = upload(administrator, file_of(*rows))
    assert "Crebo 95001 staat in de dossiers 93001, 93002. Waar hoort het bij?" in page.content.decode()
    page = send(administrator, page, act="rows", question__0="93002")
    assert [verdict for verdict, _said in outcomes().values()] == ["skipped", "new"]
    press(administrator, page, "commit")
    assert Qualification.objects.get().file.crebo == "93002"
    again = upload(administrator, file_of(GOOD))
    assert "Crebo 95001 staat in de dossiers" in again.content.decode()
    press(administrator, send(administrator, again, act="rows", question__0="each"), "commit")
    assert Qualification.objects.count() == 2


def test_code_with_two_titles_is_asked_once(administrator):
    rows = [GOOD, GOOD_10.replace("Biedt zorg", "Biedt hulp"), GOOD_10.replace("W10;Rondt af", "W2;Doet")]
    page = upload(administrator, file_of(*rows))
    assert "De rijen verschillen in “Kerntaak” van" in page.content.decode()
    page = send(administrator, page, act="rows", question__0="Biedt hulp")
    press(administrator, page, "commit")
    assert CoreTask.objects.get().title == "Biedt hulp"
    assert WorkProcess.objects.count() == 3


def test_year_of_two_digits_is_the_one_that_is_possible(administrator):
    page = upload(administrator, file_of(GOOD.replace(";;voorbeeld", ";31-07-45;voorbeeld")))
    assert outcomes()[2][0] == "new"  # 1945 lies before any version of a file
    press(administrator, page, "commit")
    assert QualificationFile.objects.get().valid_until == date(2045, 7, 31)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("95001", "9500", "is geen crebo: dat heeft 5 cijfers"),
        ("95001", "", "Deze cel is leeg"),
        ("B1-K1;B", "K1;B", "is geen code van een kerntaak"),
        (";Bereidt voor", ";", "Deze cel is leeg"),
        ("Biedt zorg", "x" * 201, "hoogstens 200 tekens"),
        ("2025-08-01", "2025-02-30", "2025-02-30"),
        (";;voorbeeld", ";2025-08-01;voorbeeld", "De einddatum moet na de begindatum liggen."),
        (";3;", ";5;", "Het niveau is 1, 2, 3 of 4."),
    ],
)
def test_bad_cell_is_named(administrator, old, new, words):
    upload(administrator, file_of(GOOD_10, GOOD.replace(old, new)))
    verdict, said = outcomes()[3]
    assert verdict == "wrong"
    assert words in said
    assert not QualificationFile.objects.exists()


# Versions


def test_list_makes_file_qualification_task_and_processes(administrator):
    take_in(administrator, GOOD, GOOD_10)
    file = QualificationFile.objects.get()
    assert (file.crebo, file.name, file.is_example) == ("93001", "Verzorging", True)
    assert [process.code for process in WorkProcess.objects.all()] == ["B1-K1-W1", "B1-K1-W10"]


def test_row_without_work_process_or_core_task(administrator):
    task_only = GOOD.replace("B1-K1-W1;Bereidt voor", ";")
    alone = GOOD.replace("95001", "95002").replace("B1-K1;Biedt zorg;B1-K1-W1;Bereidt voor", ";;;")
    take_in(administrator, task_only, alone)
    assert (Qualification.objects.count(), CoreTask.objects.count(), WorkProcess.objects.count()) == (2, 1, 0)


def test_other_first_day_is_a_new_version(administrator):
    take_in(administrator, GOOD)
    take_in(administrator, GOOD.replace("2025-08-01", "2026-08-01"))
    assert QualificationFile.objects.filter(crebo="93001").count() == 2


def test_unused_version_shows_old_and_new_and_goes_back(administrator):
    take_in(administrator, GOOD)
    page = upload(administrator, file_of(GOOD.replace("Bereidt voor", "Bereidt de zorg voor"), GOOD_10))
    assert "<del>Bereidt voor</del>" in page.content.decode()
    assert [verdict for verdict, _said in outcomes().values()] == ["changed", "new"]
    done = press(administrator, page, "commit")
    assert sorted(WorkProcess.objects.values_list("title", flat=True)) == [
        "Bereidt de zorg voor",
        "Rondt af",
    ]
    press(administrator, done, "undo")
    assert list(WorkProcess.objects.values_list("title", flat=True)) == ["Bereidt voor"]


def test_what_a_programme_uses_is_not_taken_back(administrator):
    done = take_in(administrator, GOOD, GOOD_10)
    followed()
    page = press(administrator, done, "undo").content.decode()
    assert "is daarna gewijzigd of gebruikt, en blijft staan" in page
    assert Qualification.objects.count() == 1
    assert ProgrammeFactory._meta.model.objects.get().qualifications.count() == 1
    assert (CoreTask.objects.count(), WorkProcess.objects.count()) == (1, 2)


def test_text_that_a_cohort_follows_since_is_not_put_back(administrator):
    take_in(administrator, GOOD)
    done = take_in(administrator, GOOD.replace("Bereidt voor", "Bereidt de zorg voor"))
    followed()
    page = press(administrator, done, "undo").content.decode()
    assert "is daarna gewijzigd of gebruikt, en blijft staan" in page
    assert WorkProcess.objects.get().title == "Bereidt de zorg voor"


def test_what_stands_in_a_list_of_something_else_is_not_taken_back(administrator):
    done = take_in(administrator, GOOD, GOOD_10, GOOD.replace("95001", "95002"))
    place = SlotFactory(qualifications=[Qualification.objects.get(crebo="95002")])
    session = SessionFactory()
    session.work_processes.add(WorkProcess.objects.get(code="B1-K1-W10"))
    press(administrator, done, "undo")
    assert place.qualifications.count() == session.work_processes.count() == 1
    codes = WorkProcess.objects.values_list("core_task__qualification__crebo", "code")
    assert sorted(codes) == [("95001", "B1-K1-W10"), ("95002", "B1-K1-W1")]


def test_what_a_list_added_to_a_qualification_in_use_is_taken_back(administrator):
    take_in(administrator, GOOD)
    followed()
    done = take_in(administrator, GOOD, GOOD_10)
    press(administrator, done, "undo")
    assert [process.code for process in WorkProcess.objects.all()] == ["B1-K1-W1"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bereidt voor", "Anders"),
        ("Biedt zorg", "Anders"),
        (";Verzorgende;", ";Anders;"),
        (";3;", ";4;"),
        ("Verzorging", "Anders"),
        ("voorbeeld", "Anders"),
    ],
)
def test_version_that_a_cohort_follows_keeps_its_texts(administrator, old, new):
    take_in(administrator, GOOD)
    followed()
    upload(administrator, file_of(GOOD.replace(old, new)))
    verdict, said = outcomes()[2]
    assert verdict == "wrong"
    assert "Een cohort volgt deze versie" in said


def test_version_that_a_cohort_follows_may_grow_and_end(administrator):
    take_in(administrator, GOOD)
    followed()
    take_in(administrator, *(row.replace(";;voor", ";2028-07-31;voor") for row in (GOOD, GOOD_10)))
    assert QualificationFile.objects.get().valid_until == date(2028, 7, 31)
    assert WorkProcess.objects.count() == 2


def test_what_changed_since_the_check_is_not_saved(administrator):
    take_in(administrator, GOOD)
    page = upload(administrator, file_of(GOOD.replace("Bereidt voor", "Anders")))
    followed()
    refused = press(administrator, page, "commit").content.decode()
    assert "Er is iets veranderd sinds de controle. Er is niets opgeslagen." in refused
    assert WorkProcess.objects.get().title == "Bereidt voor"


def statements(administrator, first, count):
    """How many statements a list of so many new qualifications takes, to check and to save."""
    rows = [GOOD.replace("95001", str(first + number)) for number in range(count)]
    with CaptureQueriesContext(connection) as asked:
        press(administrator, upload(administrator, file_of(*rows)), "commit")
    assert Qualification.objects.filter(crebo__gte=str(first)).count() == count
    return len(asked)


def test_at_most_three_statements_for_each_hundred_rows_more(administrator):
    statements(administrator, 95001, 10)  # what is asked once, and kept in mind
    few, many = statements(administrator, 96001, 100), statements(administrator, 97001, 300)
    assert many - few <= 2 * 3


def test_list_of_the_demo_region_is_taken():
    service.load_examples(rows=qualification_rows())
    written = service.load_examples(rows=qualification_rows())
    assert WorkProcess.objects.count() >= 10
    assert all(row == {"made": {}, "changed": []} for row in written)
