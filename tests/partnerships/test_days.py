"""Days and numbers that cannot be meant are refused with a word, in forms, services and the database."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnerships.forms.calls import CallForm
from partnerships.forms.groups import GroupForm
from partnerships.forms.initiatives import InitiativeForm, ResultForm
from partnerships.forms.sign_ups import SignUpForm
from partnerships.models import Call, Group, Initiative, InitiativeResult
from partnerships.services import calls, initiatives
from tests.factories.partnerships import (
    CallFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    PartnershipFactory,
)
from tests.helpers import coordinating

pytestmark = pytest.mark.django_db
D = dt.date
TODAY = D(2026, 11, 26)  # of the clock
CALL = {
    "title": "Plekken 2027",
    "summary": "Tien werkgevers",
    "study_year": 2026,
    "partners_target": 10,
    "places_target": 100,
    "deadline": "2027-02-01",
    "is_published": "on",
}
GROUP = {
    "name": "Werkgroep",
    "kind": "working",
    "delegates_per_organisation": 1,
    "ends_on": "2027-07-01",
}
INITIATIVE = {
    "title": "Leren in de wijk",
    "kind": "project",
    "summary": "Studenten leren in de wijk",
    "starts_on": "2026-09-01",
    "ends_on": "2028-07-31",
}
RESULT = {"label": "Geplaatst", "value": "12", "measured_on": "2026-11-26", "source": "Jaarverslag"}


@pytest.fixture(autouse=True)
def _today(clock):
    """26 November 2026."""


def errors(form):
    return {name: " ".join(found) for name, found in form.errors.items()}


def call_form(data, call=None):
    partnership = call.partnership if call else PartnershipFactory()
    about = {"instance": call or Call(partnership=partnership), "partnership": partnership}
    return CallForm(CALL | data | {"made_from": CallForm(**about).made_from}, **about)


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"deadline": "2020-02-01"}, "deadline", "voorbij"),
        ({"deadline": "2026-11-25"}, "deadline", "voorbij"),
        ({"deadline": "2099-02-01"}, "deadline", "te ver weg"),
        ({"deadline": "2030-02-01"}, "__all__", "passen niet"),
        ({"kick_off_on": "2099-02-01"}, "__all__", "passen niet"),
        ({"study_year": "1999"}, "study_year", "2015"),
        ({"partners_target": "0"}, "partners_target", "1 of meer"),
        ({"places_target": "99999"}, "places_target", "10000"),
    ],
)
def test_call_with_a_day_or_number_that_cannot_be_is_refused(change, field, word):
    found = errors(call_form(change))
    assert word in " ".join(found.values())
    assert field in found


def test_call_of_today_and_a_draft_of_the_past_are_fine():
    assert errors(call_form({"deadline": "2026-11-26"})) == {}
    assert errors(call_form({"deadline": "2025-02-01", "is_published": ""})) == {}


def test_call_that_has_closed_can_still_be_corrected():
    call = CallFactory(deadline=D(2026, 10, 1), study_year=2026, is_published=True)
    assert errors(call_form({"deadline": "2026-10-01", "title": "Andere titel"}, call)) == {}
    assert "voorbij" in errors(call_form({"deadline": "2026-10-02"}, call))["deadline"]


def test_service_refuses_to_open_a_call_until_a_day_that_is_over():
    call = CallFactory.build(partnership=PartnershipFactory(), deadline=D(2026, 11, 1), is_published=True)
    by = coordinating(call.partnership)
    with pytest.raises(ValidationError, match="voorbij"):
        calls.save(call=call, by=by, version=None)
    call.is_published = False
    calls.save(call=call, by=by, version=None)
    call.is_published = True
    with pytest.raises(ValidationError, match="voorbij"):
        calls.save(call=call, by=by, version=None)


def group_form(data, group=None):
    row = group or Group(partnership=PartnershipFactory())
    return GroupForm(GROUP | data | {"made_from": GroupForm(instance=row).made_from}, instance=row)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": "2026-11-25"}, "ends_on"),
        ({"ends_on": "2099-01-01"}, "ends_on"),
        ({"starts_on": "2099-01-01"}, "starts_on"),
        ({"starts_on": "2028-01-01"}, "__all__"),
        ({"delegates_per_organisation": "0"}, "delegates_per_organisation"),
        ({"delegates_per_organisation": "101"}, "delegates_per_organisation"),
        ({"max_size": "1"}, "max_size"),
        ({"max_size": "0"}, "max_size"),
    ],
)
def test_group_with_a_day_or_number_that_cannot_be_is_refused(change, field):
    assert field in errors(group_form(change))


@pytest.mark.parametrize("name", ["delegates_per_organisation", "max_size"])
def test_number_far_too_low_in_a_group_is_one_fault(name):
    assert len(group_form({name: "-1"}).errors[name]) == 1


@pytest.mark.parametrize("name", ["study_year", "partners_target", "places_target"])
def test_number_far_too_low_in_a_call_is_one_fault(name):
    form = CallForm({name: "-1"}, partnership=PartnershipFactory())
    assert len(form.errors[name]) == 1


def test_group_does_not_become_smaller_than_who_sits_in_it():
    group = GroupFactory(max_size=5)
    GroupSeatFactory.create_batch(3, group=group)
    GroupSeatFactory(group=group, is_observer=True)
    assert "3 mensen" in errors(group_form({"max_size": "2"}, group))["max_size"]
    assert errors(group_form({"max_size": "3"}, group)) == {}


def test_group_that_has_ended_can_still_be_corrected():
    group = GroupFactory(ends_on=D(2026, 7, 1))
    assert errors(group_form({"ends_on": "2026-07-01", "mandate": "Advies"}, group)) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_on": "2099-01-01", "ends_on": ""}, "starts_on"),
        ({"ends_on": "2099-01-01"}, "ends_on"),
        ({"ends_on": "2026-08-31"}, "__all__"),
    ],
)
def test_initiative_with_a_day_that_cannot_be_is_refused(change, field):
    partnership = PartnershipFactory()
    row = Initiative(partnership=partnership)
    assert field in errors(InitiativeForm(INITIATIVE | change, instance=row, partnership=partnership))


def test_initiative_with_days_in_order_is_fine():
    partnership = PartnershipFactory()
    for change in ({}, {"starts_on": ""}):
        form = InitiativeForm(
            INITIATIVE | change, instance=Initiative(partnership=partnership), partnership=partnership
        )
        assert errors(form) == {}


@pytest.mark.parametrize("day", ["2099-01-01", "2026-11-27"])
def test_result_of_a_day_to_come_is_refused(day):
    assert "toekomst" in errors(ResultForm(RESULT | {"measured_on": day}))["measured_on"]
    assert errors(ResultForm(RESULT)) == {}


@pytest.mark.parametrize("places", ["0", "501", "-1"])
def test_sign_up_for_a_number_that_cannot_be_is_refused(places):
    assert "places" in SignUpForm({"places": places}).errors


@pytest.mark.parametrize(
    "make",
    [
        lambda: GroupFactory(delegates_per_organisation=0),
        lambda: CallFactory(study_year=2026, deadline=D(2020, 1, 1)),
        lambda: CallFactory(study_year=2026, deadline=D(2027, 1, 1), kick_off_on=D(2099, 1, 1)),
    ],
)
def test_database_holds_what_one_row_can_tell(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_result_is_news_and_the_same_one_is_kept_once():
    """A figure that was added makes the initiative fresh; it once stayed on the list of those without news."""
    initiative = InitiativeFactory(refreshed_on=D(2026, 1, 1))
    by = coordinating(initiative.partnership)
    result = InitiativeResult(label="Geplaatst", value="12", measured_on=TODAY, source="Jaarverslag")
    assert initiatives.add_result(initiative_id=initiative.pk, result=result, by=by)
    initiative.refresh_from_db()
    assert initiative.refreshed_on == TODAY
    Initiative.objects.update(refreshed_on=D(2026, 1, 1))
    assert not initiatives.add_result(initiative_id=initiative.pk, result=result, by=by)
    initiative.refresh_from_db()
    assert (initiative.refreshed_on, initiative.results.count()) == (D(2026, 1, 1), 1)
    result.measured_on = D(2026, 11, 27)
    with pytest.raises(ValidationError, match="toekomst"):
        initiatives.add_result(initiative_id=initiative.pk, result=result, by=by)
