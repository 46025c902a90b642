"""Lists as files: what the filter shows and no more, under the rights of the page, on record, and harmless."""

import csv
import io

import pytest
import python_calamine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import SecurityKind
from accounts.models import SecurityEvent
from core import formulas
from core.models import ReadLog
from placements.enums import SlotState
from placements.models import Slot
from tests.factories.partnerships import InitiativeFactory, OrganisationFactory, PartnershipFactory
from tests.helpers import login
from tests.placements.scene import in_days
from ui import sheets


@pytest.fixture
def employer(client, scene):
    return login(client, scene.contact)


def own_slots(scene):
    return reverse("placements:slot-list", args=[scene.employer.slug])


def rows_of(response):
    """The lines of a file that was taken, the headings first."""
    content = b"".join(response)
    if response["Content-Type"].startswith("text/csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return rows_of_workbook(content)


def rows_of_workbook(content):
    """The rows of its first sheet."""
    return (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_holds_what_the_filter_shows(employer, scene, kind):
    scene.slot(title="Afdeling Beuk")
    scene.slot(title="Afdeling Es", state=SlotState.CLOSED)
    scene.slot(organisation=OrganisationFactory(), title="Van een ander")
    page = employer.get(own_slots(scene), {"status": "online"})
    assert f"?status=online&amp;download={kind}" in page.content.decode()
    headings, *lines = rows_of(
        employer.get(own_slots(scene), {"status": "online", "download": kind, "page": "7"})
    )
    assert [line[headings.index("Plek")] for line in lines] == ["Afdeling Beuk"]


def test_all_pages_are_in_it_in_the_order_of_the_list(employer, scene, monkeypatch):
    monkeypatch.setattr(sheets, "CHUNK", 4)
    for number in range(30):
        scene.slot(title=f"Plek {number:02}", starts_on=in_days(10))
    _headings, *lines = rows_of(employer.get(own_slots(scene), {"download": "csv"}))
    assert [line[0] for line in lines] == [f"Plek {number:02}" for number in range(30)]


def test_days_are_days_and_numbers_are_numbers(employer, scene):
    slot = scene.slot(seats=4)
    headings, line = rows_of(employer.get(own_slots(scene), {"download": "xlsx"}))
    found = dict(zip(headings, line, strict=True))
    assert found["Begin"] == slot.starts_on
    assert found["Vrij"] == 4
    headings, line = rows_of(employer.get(own_slots(scene), {"download": "csv"}))
    found = dict(zip(headings, line, strict=True))
    assert found["Begin"] == slot.starts_on.isoformat()


@pytest.mark.parametrize("title", ["=1+1", "+31 6", "-2 uur", "@SUM(A1)", "＝1+1"])
def test_no_formula_leaves(employer, scene, title):
    scene.slot(title=title)
    _headings, line = rows_of(employer.get(own_slots(scene), {"download": "csv"}))
    assert line[0] == f"'{title}"
    response = employer.get(own_slots(scene), {"download": "xlsx"})
    content = b"".join(response)
    assert (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        .get_sheet_by_index(0)
        .to_python()[1][0]
        == title
    )
    assert b"<f>" not in content


@pytest.mark.parametrize(
    "text", ["x" * 40_000, "😀" * 20_000, "=" + "1" * 40_000, "'=" + "x" * 32_765, "y" * 32_767]
)
def test_text_that_a_cell_of_excel_cannot_hold_says_that_it_goes_on(text):
    (_headings, (cell,)) = rows_of_workbook(sheets._workbook(["Tekst"], iter([[[text]]])))
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    if text.startswith("y"):
        assert cell == text
    else:
        kept, mark = cell.removesuffix("]").split(" … [")
        assert len(kept) > 16_000
        assert any(one.startswith(kept) for one in (text, formulas.harmless(text)))
        assert mark == "hier afgebroken: in één cel van Excel past niet meer, in het CSV-bestand staat alles"
    (line,) = b"".join(sheets.csv_of([[[text]]])).decode("utf-8-sig").splitlines()
    assert line.strip('"').endswith(text[-30_000:])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_same_rights_as_the_page(client, scene, kind):
    scene.slot()
    assert login(client, scene.teacher).get(own_slots(scene), {"download": kind}).status_code in {403, 404}
    client.logout()
    assert client.get(own_slots(scene), {"download": kind}).status_code == 302


def test_whoever_takes_a_list_is_on_record_with_the_list(employer, scene):
    scene.slot()
    employer.get(own_slots(scene))
    taken = SecurityEvent.objects.filter(kind=SecurityKind.LIST_TAKEN)
    assert not taken.exists()
    list(employer.get(own_slots(scene), {"download": "csv"}).streaming_content)
    event = taken.get()
    assert (event.person_id, event.what) == (scene.contact.person.pk, "placements:slot-list csv")


def test_record_of_a_list_says_which_filters_stood_and_not_what_was_typed(employer, scene):
    scene.slot()
    typed = {"download": "csv", "status": "online", "q": "Jansen", "from": "", "Fatima Yilmaz": "x"}
    typed |= {f"filter_{letter}" * 2: "x" for letter in "abcdefghijkl"}
    list(employer.get(own_slots(scene), typed).streaming_content)
    what = SecurityEvent.objects.get(kind=SecurityKind.LIST_TAKEN).what
    assert what.startswith("placements:slot-list csv (filter_afilter_a, filter_bfilter_b, ")
    assert what.endswith(", …")
    assert "Jansen" not in what
    assert "Fatima" not in what
    list(employer.get(own_slots(scene), {"download": "csv", "status": "online", "q": ""}).streaming_content)
    assert "placements:slot-list csv (status)" in SecurityEvent.objects.values_list("what", flat=True)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_students_in_it_can_see_who_took_them_along(client, scene, kind):
    placement = scene.placement()
    page = reverse("placements:placement-list")
    found = rows_of(login(client, scene.contact).get(page, {"download": kind}))
    assert placement.student.full_name in found[1]
    assert ReadLog.objects.filter(reader=scene.contact.person, subject=placement.student.public_id).exists()


def test_public_list_is_taken_by_anyone_and_nobody_is_noted(client, scene):
    response = client.get(reverse("partnerships:call-list"), {"download": "csv"})
    assert len(rows_of(response)) == 1
    assert not SecurityEvent.objects.filter(kind=SecurityKind.LIST_TAKEN).exists()


def test_workbook_of_too_many_rows_says_what_to_do(employer, scene, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_IN_WORKBOOK", 1)
    scene.slot()
    scene.slot()
    response = employer.get(own_slots(scene), {"download": "xlsx", "status": "online"}, follow=True)
    assert response.redirect_chain == [(f"{own_slots(scene)}?status=online", 302)]
    assert "Kies CSV" in response.content.decode()


def test_empty_list_and_other_words_give_the_page(employer, scene):
    assert "download=csv" not in employer.get(own_slots(scene)).content.decode()
    scene.slot()
    response = employer.get(own_slots(scene), {"download": "pdf"})
    assert response.status_code == 200
    assert not response.streaming


def test_first_line_leaves_before_the_database_is_asked(employer, scene, django_assert_num_queries):
    for _ in range(3):
        scene.slot()
    lines = employer.get(own_slots(scene), {"download": "csv"}).streaming_content
    with django_assert_num_queries(0):
        assert next(iter(lines)).startswith(b"\xef\xbb\xbfPlek;")
    assert Slot.objects.count() == 3


@pytest.mark.parametrize("page", ["placements:slot-find", "partnerships:initiative-list"])
def test_file_of_more_rows_asks_the_database_no_more(client, scene, page):
    login(client, scene.teacher)
    asked = []
    for number in (1, 3):
        for _ in range(number):
            scene.slot()
            InitiativeFactory(partnership=PartnershipFactory(is_published=True))
        with CaptureQueriesContext(connection) as queries:
            _headings, *lines = rows_of(client.get(reverse(page), {"download": "csv"}))
        asked.append((len(lines), len(queries)))
    (few, queries_for_few), (more, queries_for_more) = asked
    assert (few, more) == (1, 4)
    assert queries_for_more == queries_for_few
