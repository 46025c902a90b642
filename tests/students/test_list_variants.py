"""A good list made messy in every way that people make it so gives the same students each time."""

import csv
import io

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
STUDENTS = [
    {
        **{"first_name": "José", "name_prefix": "van der", "last_name": "Boër", "email": "jose@a.example"},
        **{
            "born_on": "14-03-2004",
            "town": "Lelystad",
            "pc4": "8224",
            "starts_on": "",
            "wishes": "’s avonds; of niet",
        },
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
        **{"born_on": "30-06-2003", "town": "Urk", "pc4": "8321", "starts_on": "", "wishes": "a|b"},
    },
]
FIELDS = tuple(NAMES)
DAYS = {
    "14-03-2004": ["14-03-2004", "14-3-2004", "14/03/2004", "14 maart 2004", "2004-03-14", "14.03.2004"],
    "02-11-2005": ["02-11-2005", "2-11-2005", "2 november 2005", "2005-11-02", "02.11.2005"],
    "30-06-2003": ["30-06-2003", "30/6/2003", "30 juni 2003", "20030630"],
}


@st.composite
def messy(draw):
    """A file with the three students, as somebody might keep it."""
    order = draw(st.permutations(FIELDS))
    header = [draw(st.sampled_from(NAMES[name])) for name in order]
    case = draw(st.sampled_from([str, str.upper, str.lower, str.title]))
    rows = [[draw(st.sampled_from(DAYS.get(one[name], [one[name]]))) for name in order] for one in STUDENTS]
    table = [[case(name) for name in header], *rows]
    if draw(st.booleans()):  # an empty column somewhere
        at = draw(st.integers(0, len(order)))
        table = [[*row[:at], "", *row[at:]] for row in table]
    for _empty in range(draw(st.integers(0, 3))):  # empty rows
        table.insert(draw(st.integers(1, len(table))), [""] * len(table[0]))
    if draw(st.booleans()):
        table.append(["Totaal", "", "", "3"])
    titles = draw(
        st.lists(st.sampled_from(["Studenten 2027", "Cohort februari", "Afdruk van 1 maart", ""]), max_size=4)
    )
    table = [[title] for title in titles] + table
    return saved(draw, table)


def saved(draw, table):
    """The table as a file of one kind or another."""
    kind = draw(st.sampled_from(["csv", "csv", "csv", "xlsx", "ods"]))
    if kind == "ods":
        return ods(table)
    if kind == "xlsx":
        return xlsx(("Toelichting", [["Lees mij"]]), ("Blad2", table))
    out = io.StringIO()
    ends = draw(st.sampled_from(["\r\n", "\n"]))
    csv.writer(out, delimiter=draw(st.sampled_from(";,\t|")), lineterminator=ends).writerows(table)
    return out.getvalue().encode(
        draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"]))
    )


@pytest.fixture(scope="module")
def world(once):
    def make():
        cohort = CohortFactory(capacity=30)
        return cohort, actor_of(CohortTeacherFactory(cohort=cohort).membership.person.user)

    return once(make)


def read(content, cohort, by):
    """What the list comes to, with its totals skipped."""
    batch = batches.receive(
        importer=StudentImporter, target=str(cohort.pk), owner="1", by=by, name="lijst", content=content
    )
    assert not [column for column in batch.columns if not column["field"]]
    if batch.state == BatchState.UPLOADED:  # the page asks whether the columns are what they seem
        fields = {column["number"]: column["field"] for column in batch.columns}
        batches.choose(batch=batch, fields=fields, remember=False, by=by, version=None)
    batches.go_on(batch=batch, work=Work.CHECK, by=by)
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert batch.counts.pop("wrong", 0) <= 1  # the row with totals
    new = batch.rows.filter(verdict=Verdict.NEW).order_by("number")
    assert batch.counts == {"new": len(STUDENTS)}
    return [row.values for row in new]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=messy())
def test_messy_variants_of_a_good_list_give_the_same_students(world, content):
    cohort, by = world
    found = read(content, cohort, by)
    assert [row["email"] for row in found] == [one["email"] for one in STUDENTS]
    for row, one in zip(found, STUDENTS, strict=True):
        day, month, year = one["born_on"].split("-")
        assert row["born_on"] == f"{year}-{month}-{day}"
        for name in ("first_name", "name_prefix", "last_name", "town", "pc4", "wishes"):
            assert row[name] == one[name]
