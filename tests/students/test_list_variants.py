"""A good list made messy in every way that people make it so gives the same students each time."""

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.imports import batches
from core.imports.models import BatchState, ImportBatch, Verdict, Work
from students.imports.enrolments import StudentImporter
from tests.books import ods, xlsx
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.helpers import actor_of

pytestmark = pytest.mark.django_db

NAMES = {
    "first_name": ["voornaam", "Roepnaam", "VOORNAAM", "Voornamen"],
    "name_prefix": ["tussenvoegsel", "Voorvoegsel", "voorv.", "tussen-voegsel"],
    "last_name": ["achternaam", "Achter naam", "Familienaam", "GESLACHTSNAAM"],
    "email": ["email", "E-mailadres", "e-mail school", "Mail"],
    "born_on": ["geboortedatum", "Geb.dat.", "Datum geboorte", "geb_datum"],
    "town": ["woonplaats", "Plaats", "WOONPLAATS"],
    "pc4": ["postcode4", "Postcode", "PC"],
    "starts_on": ["startdatum", "Begindatum"],
    "wishes": ["wensen", "Wens", "Voorkeur"],
}
STARTS_ON, ENDS_ON = date(2026, 9, 1), date(2028, 7, 31)
STUDENTS = [
    {
        **{"first_name": "José", "name_prefix": "van der", "last_name": "Boër", "email": "jose@a.example"},
        **{"born_on": "14-03-2004", "town": "Lelystad", "pc4": "8224", "starts_on": "15-09-2026"},
        "wishes": "’s avonds; of niet",
    },
    {
        **{"first_name": "Zoë", "name_prefix": "", "last_name": "Çelik", "email": "zoe@a.example"},
        **{"born_on": "02-11-2005", "town": "Dronten", "pc4": "8251", "starts_on": "", "wishes": ""},
    },
    {
        **{
            "first_name": "Thijs",
            "name_prefix": "'t",
            "last_name": "Hart, de jonge",
            "email": "thijs@a.example",
        },
        **{"born_on": "30-06-2003", "town": "Urk", "pc4": "8321", "starts_on": "01-02-2027", "wishes": "a|b"},
    },
]
FIELDS = tuple(NAMES)
WAYS = {
    "14-03-2004": [
        "14-3-2004",
        "14/03/2004",
        "14 maart 2004",
        "2004-03-14",
        "14.03.2004",
        "14-mrt-04",
        "14 3 2004",
    ],
    "02-11-2005": [
        "2-11-2005",
        "2 november 2005",
        "2005-11-02",
        "02.11.2005",
        "2-nov-05",
        "2005-11-02 00:00:00",
    ],
    "30-06-2003": ["30/6/2003", "30 juni 2003", "20030630", "30-06-2003 0:00", "37802"],
    "15-09-2026": ["15-9-2026", "15/09/2026", "15 sep 2026", "2026-09-15", "15 september 2026"],
    "01-02-2027": ["1-2-2027", "1 februari 2027", "2027-02-01", "01.02.2027", "46419"],
    "8224": ["8224 AB", "8224ab", " 8224"],
    "8321": ["8321XY", "8321 xy"],
    "jose@a.example": ["Jose@A.example", "mailto:jose@a.example", " jose@a.example "],
    "zoe@a.example": ["ZOE@A.EXAMPLE", "Zoë Çelik <zoe@a.example>"],
}


def day_of(text):
    """A day of the list, as one."""
    day, month, year = text.split("-")
    return date(int(year), int(month), int(day))


EXPECTED = [
    {
        **one,
        "born_on": day_of(one["born_on"]).isoformat(),
        "starts_on": (day_of(one["starts_on"]) if one["starts_on"] else STARTS_ON).isoformat(),
    }
    for one in STUDENTS
]


@st.composite
def messy(draw):
    """A file with the three students, as somebody might keep it."""
    order = draw(st.permutations(FIELDS))
    header = [draw(st.sampled_from(NAMES[name])) for name in order]
    case = draw(st.sampled_from([str, str.upper, str.lower, str.title]))
    rows = [
        [draw(st.sampled_from([one[name], *WAYS.get(one[name], [])])) for name in order] for one in STUDENTS
    ]
    table = [[case(name) for name in header], *rows]
    if draw(st.booleans()):  # an empty column somewhere
        at = draw(st.integers(0, len(order)))
        table = [[*row[:at], "", *row[at:]] for row in table]
    for _empty in range(draw(st.integers(0, 3))):  # empty rows
        table.insert(draw(st.integers(1, len(table))), [""] * len(table[0]))
    has_totals = draw(st.booleans())
    if has_totals:
        table.append(["Totaal", "", "", "3"])
    titles = draw(
        st.lists(st.sampled_from(["Studenten 2027", "Cohort februari", "Afdruk van 1 maart", ""]), max_size=4)
    )
    table = [[title] for title in titles] + table
    return saved(draw, table), has_totals


def saved(draw, table):
    """The table as a file of one kind or another."""
    kind = draw(st.sampled_from(["csv", "csv", "csv", "xlsx", "ods"]))
    if kind == "ods":
        return ods(table)
    if kind == "xlsx":
        return xlsx(
            ("Toelichting", [["Lees mij"]]), ("Blad2", [[as_kept(cell) for cell in row] for row in table])
        )
    out = io.StringIO()
    ends = draw(st.sampled_from(["\r\n", "\n"]))
    csv.writer(out, delimiter=draw(st.sampled_from(";,\t|")), lineterminator=ends).writerows(table)
    return out.getvalue().encode(
        draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"]))
    )


def as_kept(cell):
    """A cell as Excel keeps what is typed in it: a day as a day, a number as a number."""
    if re.fullmatch(r"\d\d-\d\d-\d{4}", cell):
        return day_of(cell)
    return int(cell) if re.fullmatch(r"\d{4,5}", cell) else cell


@pytest.fixture(scope="module")
def world(once):
    def make():
        cohort = CohortFactory(capacity=30, starts_on=STARTS_ON, ends_on=ENDS_ON)
        return cohort, actor_of(CohortTeacherFactory(cohort=cohort).membership.person.user)

    return once(make)


def read(content, cohort, by, *, has_totals):
    """What the list comes to, with its totals skipped as the page offers."""
    batch = batches.receive(
        importer=StudentImporter, target=str(cohort.pk), owner="1", by=by, name="lijst", content=content
    )
    assert not [column for column in batch.columns if not column["field"]]
    if batch.state == BatchState.UPLOADED:  # the page asks whether the columns are what they seem
        fields = {column["number"]: column["field"] for column in batch.columns}
        batches.choose(batch=batch, fields=fields, remember=False, by=by, version=None)
    batches.go_on(batch=batch, work=Work.CHECK, by=by)
    batch = ImportBatch.objects.get(pk=batch.pk)
    if has_totals:
        (totals,) = batch.rows.filter(verdict=Verdict.WRONG)
        given = {totals.number: {"answers": {batches.TOTALS: batches.SKIP}}}
        batches.answer(batch=batch, answers={}, given=given, skip_rest=False, by=by, version=None)
        batches.go_on(batch=batch, work=Work.CHECK, by=by)
        batch = ImportBatch.objects.get(pk=batch.pk)
    assert not batch.questions
    assert batch.counts == {"new": len(STUDENTS)} | ({"skipped": 1} if has_totals else {})
    return [row.values for row in batch.rows.filter(verdict=Verdict.NEW).order_by("number")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=messy())
def test_messy_variants_of_a_good_list_give_the_same_students(world, made):
    cohort, by = world
    content, has_totals = made
    found = read(content, cohort, by, has_totals=has_totals)
    got = [{name: row[name] for name in FIELDS} for row in found]
    different = [
        (one[name], right[name])
        for one, right in zip(got, EXPECTED, strict=True)
        for name in FIELDS
        if one[name] != right[name]
    ]
    assert different == []
