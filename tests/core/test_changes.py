"""Fields on record: what they were and what they became, with who and why."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from core import changes
from core.models import FieldChange, Holiday, OutgoingMail
from tests.factories.accounts import PersonFactory
from tests.factories.core import FieldChangeFactory, HolidayFactory, OutgoingMailFactory
from ui.history import field_lines, trail


@pytest.fixture
def thing(db, monkeypatch):
    """Any model will do: a relation, a choice, a yes or no, and a text."""
    fields = ("person", "state", "is_secret", "subject")
    monkeypatch.setattr(OutgoingMail, "ON_RECORD", fields, raising=False)
    return OutgoingMailFactory(subject="Eerst")


@pytest.fixture
def holiday(db, monkeypatch):
    monkeypatch.setattr(Holiday, "ON_RECORD", ("day", "name"), raising=False)
    return HolidayFactory(day=dt.date(2026, 4, 27), name="2026-01-01")


def test_save_records_each_field_that_differs_and_no_other(thing):
    manager, reader = PersonFactory.create_batch(2)
    thing.subject, thing.person, thing.body = "Daarna", reader, "niet op de lijst"
    rows = changes.save(thing, by=manager.pk, reason=" verhuisd ", subject=reader.public_id)
    assert FieldChange.objects.count() == len(rows) == 2
    person, text = FieldChange.objects.order_by("field")
    assert (text.field, text.before, text.after) == ("subject", "Eerst", "Daarna")
    assert (person.field, person.before, person.after) == (
        "person",
        None,
        {"id": reader.pk, "name": str(reader)},
    )
    for row in rows:
        assert (row.model, row.object_id) == ("core.outgoingmail", str(thing.pk))
        assert (row.by_id, row.reason, row.subject) == (manager.pk, "verhuisd", reader.public_id)
    assert OutgoingMail.objects.get().body == "niet op de lijst"


def test_save_of_the_same_again_records_nothing(thing):
    thing.is_secret = 0  # as a form or an import may give it
    assert changes.save(thing, by=None) == []
    assert not FieldChange.objects.exists()


def test_save_compares_with_the_database_not_with_what_was_loaded(thing):
    OutgoingMail.objects.update(subject="Intussen")
    thing.subject = "Daarna"
    (row,) = changes.save(thing, by=None)
    assert row.before == "Intussen"


def test_new_row_leaves_no_record(thing):
    made = OutgoingMailFactory.build()
    assert changes.save(made, by=None) == []
    assert made.pk


def test_save_of_some_fields_writes_and_records_those(thing):
    thing.subject, thing.body = "Daarna", "blijft hier"
    changes.save(thing, by=None, update_fields=["subject"])
    assert OutgoingMail.objects.get().body != "blijft hier"
    assert FieldChange.objects.get().field == "subject"


def test_record_serves_writes_past_the_row(thing):
    before = changes.stored(thing)
    OutgoingMail.objects.update(is_secret=True)
    thing.refresh_from_db()
    changes.record(thing, before, by=None)
    assert FieldChange.objects.values_list("field", "before", "after").get() == ("is_secret", False, True)


def test_relation_to_another_with_the_same_name_is_a_change(thing):
    first, second = (PersonFactory(first_name="Jan", last_name="Jansen") for _turn in range(2))
    OutgoingMail.objects.update(person=first)
    thing.person = second
    (row,) = changes.save(thing, by=None)
    assert (row.before["id"], row.after["id"]) == (first.pk, second.pk)


def test_database_refuses_a_change_that_is_none(db):
    for same in (1, "x", None):
        with pytest.raises(IntegrityError, match="fieldchange_changes"), transaction.atomic():
            FieldChangeFactory(before=same, after=same)


def test_trail_tells_states_and_fields_together_in_the_readers_words(thing, django_assert_num_queries):
    reader = PersonFactory()
    thing.subject, thing.person, thing.is_secret = "", reader, True
    changes.save(thing, by=reader.pk)
    with django_assert_num_queries(2):
        lines = {line.field: (line.before, line.after, str(line.change.by)) for line in trail(thing)}
    assert lines == {
        "Persoon": ("(leeg)", str(reader), str(reader)),
        "Onderwerp": ("Eerst", "(leeg)", str(reader)),
        "Tekst wordt gewist na versturen": ("Nee", "Ja", str(reader)),
    }
    with translation.override("en"):
        assert {line.after for line in trail(thing) if line.field == "Text is wiped once sent"} == {"Yes"}


def test_trail_reads_choices_and_days_as_such_and_texts_as_they_are(holiday, thing):
    holiday.day, holiday.name = dt.date(2026, 4, 28), "20260428"
    changes.save(holiday, by=None)
    FieldChangeFactory(
        model="core.outgoingmail", object_id=thing.pk, field="state", before="queued", after="held"
    )
    FieldChangeFactory(
        model="core.outgoingmail", object_id=thing.pk, field="gone", before=1, after=["a", "b"]
    )
    shown = [(line.before, line.after) for line in (*field_lines(holiday), *field_lines(thing))]
    assert shown == [
        ("27 april 2026", "28 april 2026"),
        ("2026-01-01", "20260428"),
        ("in de wachtrij", "vastgehouden"),
        ("1", "a, b"),
    ]
