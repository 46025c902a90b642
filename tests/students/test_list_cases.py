"""Lists as people really keep them, each with what the teacher must see and what must be stored."""

from datetime import date
from pathlib import Path

import pytest
from lxml.html import fromstring

from core.dates import today
from core.imports.models import Verdict
from core.reading import days
from core.reading.answers import Unsure
from programmes.imports.reading import EARLIEST, LATEST
from students.forms.enrolments import likely_birthdays
from students.models import Enrolment, Student
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.helpers import login
from tests.students.lists import batch_of, enrolled, outcomes, save, send, upload, verdicts

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parent / "cases"
JOSE = ("José van der Boër", "jose.boer@leerling.example", date(2004, 3, 14), "Lelystad", "8224")
ZOE = ("Zoë Çelik", "zoe.celik@leerling.example", date(2005, 11, 2), "Dronten", "8251")
THIJS = ("Thijs 't Hart", "thijs.hart@leerling.example", date(2003, 6, 30), "Urk", "8321")
THREE = [JOSE, ZOE, THIJS]


@pytest.fixture
def cohort():
    return CohortFactory(capacity=400, name="Groep A")


@pytest.fixture
def teacher(client, cohort):
    return login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)


def case(name):
    (path,) = CASES.glob(f"{name}-*")
    return path.read_bytes()


def hand_in(teacher, cohort, name):
    (path,) = CASES.glob(f"{name}-*")
    return upload(teacher, cohort, path.read_bytes(), path.name)


STRAIGHT = {
    "S01": THREE,
    "S02": None,
    "S03": THREE,
    "S12b": [JOSE],
    "S18": None,
    "S19": [JOSE, ZOE],
    "S21": [JOSE, ZOE],
    "S33": [JOSE],
    "S35": [JOSE],
}


@pytest.mark.parametrize("name", STRAIGHT)
def test_list_is_read_without_a_question(teacher, cohort, name):
    page = hand_in(teacher, cohort, name)
    assert "Dit wordt opgeslagen" in page.content.decode()
    assert set(verdicts(cohort)) == {Verdict.NEW}
    assert not Student.objects.exists()
    save(teacher, cohort, page)
    assert batch_of(cohort).state == "committed"
    if STRAIGHT[name] is not None:
        assert enrolled(cohort) == STRAIGHT[name]
    else:
        assert len(enrolled(cohort)) == {"S02": 8, "S18": 300}[name]


# With something to say


@pytest.mark.parametrize(("name", "count"), [("S06", 2), ("S07", 1)])
def test_export_of_a_student_administration_is_looked_at_once_and_remembered(teacher, cohort, name, count):
    page = hand_in(teacher, cohort, name)
    assert "Klopt het wat we lezen?" in page.content.decode()
    assert "kies zelf" not in page.content.decode()
    page = send(teacher, cohort, page)
    assert "Dit wordt opgeslagen" in page.content.decode()
    assert set(verdicts(cohort)) == {Verdict.NEW}
    save(teacher, cohort, page)
    assert enrolled(cohort) == THREE[:count]
    again = hand_in(teacher, cohort, name)
    assert "Klopt het wat we lezen?" not in again.content.decode()
    assert set(verdicts(cohort)) == {Verdict.SAME}


ASKED = "Klopt het wat we lezen?"


@pytest.mark.parametrize("name", ["S06", "S07"])
def test_columns_are_remembered_for_the_whole_school_and_for_no_other(client, teacher, cohort, name):
    send(teacher, cohort, hand_in(teacher, cohort, name))
    own = CohortFactory(programme=cohort.programme)
    colleague = login(client, CohortTeacherFactory(cohort=own).membership.person.user)
    assert ASKED not in hand_in(colleague, own, name).content.decode()
    assert set(verdicts(own)) == {Verdict.NEW}
    elsewhere = CohortFactory()
    assert elsewhere.programme.school != cohort.programme.school
    stranger = login(client, CohortTeacherFactory(cohort=elsewhere).membership.person.user)
    assert ASKED in hand_in(stranger, elsewhere, name).content.decode()
    assert batch_of(elsewhere).state == "uploaded"


def test_what_is_recognised_is_folded_beside_what_is_asked(teacher, cohort):
    def open_and_folded(page):
        tree = fromstring(page.content.decode())
        folded = tree.xpath("//main//details//select")
        return len(tree.xpath("//main//select")) - len(folded), len(folded)

    content = case("S06").decode("cp1252")
    assert open_and_folded(hand_in(teacher, cohort, "S06"))[1] == 0  # all there is to look at
    page = upload(teacher, cohort, content.replace("Roepnaam", "Xyz").encode())
    shown, folded = open_and_folded(page)
    assert (shown, folded > shown) == (1, True)
    assert open_and_folded(send(teacher, cohort, page))[1] == 0  # refused: what is wrong may be among them


def test_columns_are_asked_again_where_they_should_not_be_remembered(teacher, cohort):
    page = hand_in(teacher, cohort, "S06")
    assert 'name="remember"' in page.content.decode()
    send(teacher, cohort, page, remember="")
    assert ASKED in hand_in(teacher, cohort, "S06").content.decode()


def test_headings_that_begin_alike_for_long_are_remembered_each_by_itself(teacher, cohort):
    alike = "Voorkeur van de student voor een leerplek in de zorg of het welzijn in deze regio, " * 2
    known = ["Voornaam", "Achternaam", "E-mail", "Geboortedatum", "Woonplaats", "Postcode"]
    head = [*known, alike + "dichtbij", alike + "verder weg"]
    row = ["José", "van der Boër", JOSE[1], "14-3-2004", "Lelystad", "8224", "ja", "nee"]
    content = "\n".join([";".join(head), ";".join(row)]).encode()
    page = upload(teacher, cohort, content, "lijst.csv")
    assert ASKED in page.content.decode()
    page = send(teacher, cohort, page, **{"column__6": "-", "column__7": "-"})
    assert ASKED not in page.content.decode()
    assert ASKED not in upload(teacher, cohort, content, "lijst.csv").content.decode()


def test_row_with_totals_is_named_and_can_be_skipped(teacher, cohort):
    page = hand_in(teacher, cohort, "S09")
    assert "Rij 5: Totaal" in page.content.decode()
    assert outcomes(cohort)[5] == (Verdict.WRONG, "Dit lijkt een rij met totalen.")
    page = send(teacher, cohort, page, act="rows", skip__5="on")
    assert verdicts(cohort) == [Verdict.NEW] * 3 + [Verdict.SKIPPED]
    save(teacher, cohort, page)
    assert enrolled(cohort) == THREE


def test_dates_in_thirteen_ways_are_read_and_a_fault_shows_the_value(teacher, cohort):
    page = hand_in(teacher, cohort, "S13")
    said = outcomes(cohort)
    assert [number for number, (verdict, _said) in said.items() if verdict == Verdict.WRONG] == [13, 14]
    assert "14-03-2204" in said[13][1]
    assert "29-02-2003" in said[14][1]
    page = send(teacher, cohort, page, act="skip")
    save(teacher, cohort, page)
    days = [born_on for _name, _email, born_on, *_home in enrolled(cohort)]
    fourteenth = date(2004, 3, 14)
    assert days == [date(2004, 3, 4), date(2004, 3, 4), date(1958, 5, 12), *[fourteenth] * 8]


@pytest.mark.parametrize(
    ("answer", "days"),
    [
        ("month_first", [date(2009, 3, 4), date(2008, 12, 11)]),
        ("day_first", [date(2009, 4, 3), date(2008, 11, 12)]),
    ],
)
def test_dates_that_may_be_american_are_asked_once(teacher, cohort, answer, days):
    page = hand_in(teacher, cohort, "S14b")
    assert page.content.decode().count("Wat staat in de datums van deze lijst vooraan?") >= 1
    assert set(verdicts(cohort)) == {Verdict.WRONG}
    page = send(teacher, cohort, page, act="rows", question__0=answer)
    assert set(verdicts(cohort)) == {Verdict.NEW}
    save(teacher, cohort, page)
    assert [born_on for _name, _email, born_on, *_home in enrolled(cohort)] == days


@pytest.mark.parametrize("year", range(100))
def test_year_of_two_digits_is_one_year_of_those_that_are_possible(year):
    """So that it need not be asked: nobody is born in both, and no version of a file began in both."""
    for first, last in (likely_birthdays(today()), (EARLIEST, LATEST)):
        assert not isinstance(days.day(f"14-03-{year:02}", first=first, last=last), Unsure)


def test_postcodes_are_read_as_people_write_them_and_held_against_the_town(teacher, cohort):
    page = hand_in(teacher, cohort, "S15")
    said = outcomes(cohort)
    asked = "Postcode 8224 ligt niet in Dronten"
    assert [number for number, (_verdict, words) in said.items() if asked in words] == [2, 3, 4, 6, 7, 8, 9]
    assert "“0824” is geen Nederlandse postcode" in said[5][1]
    assert "“B-2000”" in said[10][1]
    assert "“48488”" in said[11][1]
    right = {f"choice__{number}__0": "right" for number in (2, 3)}
    page = send(teacher, cohort, page, act="skip", cell__4__pc4="8251", **right)
    assert [found for found in verdicts(cohort) if found != Verdict.SKIPPED] == []  # skip all means all
    page = send(teacher, cohort, hand_in(teacher, cohort, "S15"), act="rows", cell__4__pc4="8251", **right)
    new = [number for number, (verdict, _said) in outcomes(cohort).items() if verdict == Verdict.NEW]
    assert new == [2, 3, 4]
    page = send(teacher, cohort, page, act="skip")
    save(teacher, cohort, page)
    assert [pc4 for *_rest, pc4 in enrolled(cohort)] == ["8224", "8224", "8251"]


@pytest.mark.parametrize(
    ("name", "first", "wish"),
    [("S22", 'Johannes "Joop"', ""), ("S22b", "Joop", "liefst ochtend of woensdag")],
)
def test_quotes_stay_and_a_break_becomes_a_space(teacher, cohort, name, first, wish):
    save(teacher, cohort, hand_in(teacher, cohort, name))
    rows = Enrolment.objects.filter(cohort=cohort).order_by("pk")
    assert [(row.student.person.first_name, row.wishes) for row in rows] == [(first, wish), ("Zoë", "")]


def test_addresses_in_sixteen_ways_come_to_one_form(teacher, cohort):
    page = hand_in(teacher, cohort, "S23")
    said = outcomes(cohort)
    wrong = {number for number, (verdict, _said) in said.items() if verdict == Verdict.WRONG}
    waits = {number for number, (verdict, _said) in said.items() if verdict == Verdict.WAITS}
    assert waits == {10, 11}
    assert {7, 8} <= wrong
    assert all("meer dan één adres" in said[number][1] for number in (7, 8))
    assert {9, 13, 15} <= wrong
    page = send(teacher, cohort, page, act="rows", choice__7__0="jan@prive.example")
    page = send(teacher, cohort, page, act="skip")
    save(teacher, cohort, page)
    assert [email for _name, email, *_rest in enrolled(cohort)] == [
        "jan.bakker@leerling.example",
        "jan+stage@leerling.example",
        "jan@xn--mnchen-3ya.example",
        "jan@leerling.example",
        "jan@prive.example",
        "jan9@leerling.example",
        "jan10@leerling.example",
    ]


def test_someone_with_one_name_is_called_so_and_a_dash_is_no_name(teacher, cohort):
    save(teacher, cohort, hand_in(teacher, cohort, "S24"))
    people = [row.student.person for row in Enrolment.objects.filter(cohort=cohort).order_by("pk")]
    assert [(one.first_name, one.last_name) for one in people] == [
        ("Suharto", ""),
        ("Suparman", ""),
        ("Sukarno", ""),
        ("Sari", ""),
    ]
    assert [one.sort_name for one in people] == ["suharto", "suparman", "sukarno", "sari"]


def test_those_without_an_address_wait_and_the_others_go_on(teacher, cohort):
    page = hand_in(teacher, cohort, "S25")
    assert [said for verdict, said in outcomes(cohort).values() if verdict == Verdict.WAITS] == [
        "zonder e-mailadres",
        "zonder e-mailadres",
    ]
    assert "Dit wordt opgeslagen" in page.content.decode()
    save(teacher, cohort, page)
    assert enrolled(cohort) == [JOSE, THIJS]


def test_invisible_characters_are_dropped(teacher, cohort):
    save(teacher, cohort, hand_in(teacher, cohort, "S30"))
    assert [name for name, *_rest in enrolled(cohort)] == [
        "Bo Visser",
        "Li Mei van der Mulder",
        "Fé Combining",
    ]


def test_a_wish_that_begins_with_a_sign_is_a_wish(teacher, cohort):
    save(teacher, cohort, hand_in(teacher, cohort, "S31"))
    wishes = list(Enrolment.objects.filter(cohort=cohort).order_by("pk").values_list("wishes", flat=True))
    assert wishes == ["", "- liefst ochtend", "+31612345678 bellen na 16 uur", "@school laptop nodig"]
    assert enrolled(cohort)[0][0] == "Bo Visser"


@pytest.mark.parametrize("name", ["S04", "S05"])
def test_workbook_without_a_sheet_is_known_for_one_and_refused_in_words(teacher, cohort, name):
    """These two files hold a workbook and no sheet in it; workbooks with rows are in test_list_workbooks."""
    page = hand_in(teacher, cohort, name).content.decode()
    assert "We kunnen dit Excel-bestand niet lezen" in page


def test_every_case_is_a_test():
    text = Path(__file__).read_text(encoding="utf-8")
    names = {path.name.split("-")[0] for path in CASES.iterdir()}
    assert len(names) >= 24
    assert {name for name in names if f'"{name}"' not in text} == set()
