"""What an initiative measures against a target, the measurements over time, and how these read."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from core.models import FieldChange
from partnerships.models import Indicator, Initiative, Measurement
from partnerships.presenters.indicators import plot_of
from partnerships.services import indicators as service
from tests.factories.partnerships import (
    IndicatorFactory,
    InitiativeFactory,
    MeasurementFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import acting, edit, login, member

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)
MEASURED = {"measured_on": DAY, "value": Decimal(14), "note": "62 van 86 studenten", "source": "Roc De Delta"}


@pytest.fixture
def employer():
    return OrganisationFactory()


@pytest.fixture
def owner(employer):
    return member(employer, Role.CONTACT)


@pytest.fixture
def initiative(employer, owner):
    partnership = PartnershipFactory()
    MemberFactory(partnership=partnership, organisation=employer)
    return InitiativeFactory(partnership=partnership, slug="maatjes", owner=owner.person)


@pytest.fixture
def indicator(initiative):
    return IndicatorFactory(initiative=initiative, label="Uitval in het eerste jaar")


def url(name, *args):
    return reverse(f"partnerships:{name}", args=args)


def plot(indicator):
    return plot_of(Indicator.objects.with_measurements().get(pk=indicator.pk))


def test_owner_says_what_is_measured_and_adds_measurements_that_visitors_read(client, initiative, owner):
    login(client, owner)
    texts = {"label": "Uitval", "unit": "%", "direction": "down", "baseline": "22", "target": "10,5"}
    client.post(url("indicator-create", "maatjes"), texts | {"due_on": "2027-07-31"})
    indicator = Indicator.objects.get()
    assert (indicator.target, indicator.due_on) == (Decimal("10.5"), dt.date(2027, 7, 31))
    page = client.post(
        url("indicator", "maatjes", indicator.public_id),
        {"measured_on": "2026-06-30", "value": "13", "source": "Roc De Delta"},
        follow=True,
    )
    assert "De meting is toegevoegd." in page.content.decode()
    client.logout()
    page = client.get(initiative.get_absolute_url()).content.decode()
    for words in ("13%", "was 22%, doel 10,5%", "Nog 2,5% van het doel af.", "Roc De Delta"):
        assert words in page


@pytest.mark.parametrize(
    ("direction", "value", "words"),
    [
        ("down", 13, "Nog 3% van het doel af."),
        ("down", 9, "Het doel is gehaald."),
        ("up", 9, "Nog 1% van het doel af."),
        ("up", 10, "Het doel is gehaald."),
    ],
)
def test_progress_reads_in_words_whichever_way_is_better(indicator, direction, value, words):
    Indicator.objects.update(direction=direction)
    MeasurementFactory(indicator=indicator, value=value)
    assert plot(indicator).finding == words


def test_drawing_runs_over_time_and_leaves_out_what_was_corrected(indicator):
    wrong = MeasurementFactory(indicator=indicator, measured_on=dt.date(2026, 1, 1), value=99)
    MeasurementFactory(
        indicator=indicator, measured_on=dt.date(2026, 1, 1), value=22, corrects=wrong, reason="typefout"
    )
    MeasurementFactory(indicator=indicator, measured_on=dt.date(2026, 1, 11), value=None, note="niemand")
    MeasurementFactory(indicator=indicator, measured_on=dt.date(2026, 1, 21), value=10)
    drawn = plot(indicator)
    assert [(dot.x, dot.y) for dot in drawn.dots] == [(8, 28), (304, 102)]
    assert (drawn.now, drawn.goal_y, len(drawn.rows)) == ("10%", 102, 4)
    assert drawn.line == "M8 28 L304 102"


def test_nothing_measured_and_one_measurement_are_drawn_too(indicator):
    assert (plot(indicator).dots, plot(indicator).finding) == ([], "Er is nog niets gemeten.")
    Indicator.objects.update(baseline=None, target=None)
    MeasurementFactory(indicator=indicator, value=5)
    drawn = plot(indicator)
    assert (len(drawn.dots), drawn.line, drawn.finding) == (1, "", "Er is geen doel.")


def test_measurement_twice_is_one_and_one_of_tomorrow_is_none(indicator, employer, initiative):
    by = acting(employer, Role.CONTACT)
    Initiative.objects.update(owner=by.person_id)
    first = service.measure(indicator_id=indicator.pk, by=by, **MEASURED)
    assert service.measure(indicator_id=indicator.pk, by=by, **MEASURED) == first
    with pytest.raises(ValidationError, match="toekomst"):
        service.measure(indicator_id=indicator.pk, by=by, **MEASURED | {"measured_on": dt.date(2099, 1, 1)})
    with pytest.raises(ValidationError, match="Vul de waarde in"):
        service.measure(indicator_id=indicator.pk, by=by, **MEASURED | {"value": None, "note": ""})
    with pytest.raises(ValidationError, match="trekker"):
        service.measure(indicator_id=indicator.pk, by=acting(employer, Role.MANAGER), **MEASURED)


def test_correction_stands_beside_what_it_corrects_with_the_reason(client, indicator, owner):
    row = MeasurementFactory(indicator=indicator, value=31)
    login(client, owner)
    page = url("measurement-correct", "maatjes", indicator.public_id, row.public_id)
    assert 'value="31' in client.get(page).content.decode()
    said = {"measured_on": "2026-01-31", "value": "13", "source": "Eigen telling"}
    assert client.post(page, said).status_code == 200
    for _turn in range(2):
        client.post(page, said | {"reason": "Cijfers omgedraaid"})
    wrong, right = Measurement.objects.order_by("pk")
    assert (wrong.value, right.value, right.corrects, right.reason) == (31, 13, wrong, "Cijfers omgedraaid")
    client.logout()
    shown = client.get(indicator.initiative.get_absolute_url()).content.decode()
    assert "Cijfers omgedraaid" in shown
    login(client, owner)
    assert client.get(page, follow=True).redirect_chain


def test_change_of_a_target_is_on_record(client, indicator, owner):
    login(client, owner)
    page = url("indicator-change", "maatjes", indicator.public_id)
    edit(
        client,
        page,
        {"label": indicator.label, "unit": "%", "direction": "down", "baseline": "22", "target": "12"},
    )
    assert list(FieldChange.objects.values_list("field", "after")) == [("target", "12.00")]
    assert "12" in client.get(indicator.get_absolute_url()).content.decode()


def test_empty_measurement_keeps_what_was_typed_and_says_what_to_do(client, indicator, owner):
    login(client, owner)
    page = client.post(indicator.get_absolute_url(), {"measured_on": "2026-06-30", "source": "Vragenlijst"})
    assert "Vul de waarde in, of zet in de opmerking waarom die er niet is." in page.content.decode()
    assert "Vragenlijst" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_for_any_number(client, django_assert_num_queries, initiative, owner, rows):
    for _row in range(rows):
        indicator = IndicatorFactory(initiative=initiative)
        for day in (1, 2):
            MeasurementFactory(indicator=indicator, measured_on=dt.date(2026, 1, day))
    login(client, owner)
    with django_assert_num_queries(12):
        page = client.get(url("initiative-inside", "maatjes")).content.decode()
    assert page.count('<svg viewBox="0 0 320 128"') == rows


@pytest.mark.parametrize("wrong", [{"due_on": "2027-01-01", "target": None}, {"label": "UITVAL"}])
def test_indicator_holds_together(indicator, wrong):
    other = IndicatorFactory(initiative=indicator.initiative, label="Uitval")
    if "label" in wrong:
        other = indicator
    with pytest.raises(IntegrityError), transaction.atomic():
        Indicator.objects.filter(pk=other.pk).update(**wrong)


def test_measurement_without_value_or_note_is_refused_and_none_is_changed(indicator):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasurementFactory(indicator=indicator, value=None)
    row = MeasurementFactory(indicator=indicator)
    with pytest.raises(DatabaseError), transaction.atomic():
        Measurement.objects.filter(pk=row.pk).update(value=1)
