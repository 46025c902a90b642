"""Rows of the ground."""

import datetime as dt
import uuid

import factory

from core.models import (
    DatabaseMark,
    FieldChange,
    Finding,
    Holiday,
    ImportBatch,
    ImportColumn,
    ImportRow,
    Job,
    OutgoingMail,
    ReadLog,
    SchoolHoliday,
    SentReminder,
    StateChange,
    StoredFile,
    Synonym,
)


class OutgoingMailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutgoingMail

    kind = "test"
    to_email = factory.Sequence(lambda n: f"ontvanger{n}@voorbeeld.test")
    subject = factory.Sequence(lambda n: f"Onderwerp {n}")
    body = "Tekst.\n"
    language = "nl"
    message_id = factory.LazyFunction(lambda: f"<{uuid.uuid4()}@voorbeeld.test>")


class HolidayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Holiday

    day = dt.date(2026, 4, 27)
    name = "Koningsdag"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """The calendar may have the day already."""
        return model_class.objects.update_or_create(day=kwargs.pop("day"), defaults=kwargs)[0]


class SchoolHolidayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchoolHoliday
        django_get_or_create = ("study_year", "period", "region")

    study_year = 2026
    period = SchoolHoliday.Period.AUTUMN
    region = SchoolHoliday.Region.MIDDLE
    starts_on = dt.date(2026, 10, 17)
    ends_on = dt.date(2026, 10, 25)
    source = "Rijksoverheid"


class StateChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StateChange

    model = "test.thing"
    object_id = "1"
    action = "start"
    from_state = "concept"
    to_state = "running"


class FieldChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FieldChange

    model = "test.thing"
    object_id = "1"
    field = "name"
    before = "Eerst"
    after = "Daarna"


class SentReminderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SentReminder

    kind = "test"
    subject_key = factory.Sequence(str)
    step = "first"
    day = dt.date(2026, 3, 2)


class ReadLogFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReadLog

    subject = factory.LazyFunction(uuid.uuid4)
    read_on = dt.date(2026, 3, 2)
    kind = ReadLog.Kind.FILE


class DatabaseMarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DatabaseMark

    name = "demo"


class ImportBatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportBatch

    kind = "students"
    by = factory.SubFactory("tests.factories.accounts.PersonFactory")
    file_name = "lijst.csv"
    row_count = 1


class ImportRowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportRow

    batch = factory.SubFactory(ImportBatchFactory)
    number = factory.Sequence(lambda n: n + 2)
    raw = factory.LazyFunction(list)


class ImportColumnFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImportColumn

    kind = "students"
    heading = factory.Sequence(lambda n: f"kolom{n}")
    field = "email"
    by = factory.SubFactory("tests.factories.accounts.PersonFactory")


class StoredFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StoredFile

    path = factory.Sequence(lambda n: f"bestanden/{n}")
    digest = "0" * 64
    size = 1
    scan = "not_asked"


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finding

    invariant = "overfull_cohorts"
    number = 1
    keys = factory.LazyAttribute(lambda row: list(range(1, row.number + 1)))


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    work = factory.Sequence(lambda n: f"test.work_{n}")


class SynonymFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Synonym

    word = factory.Sequence(lambda n: f"woord{n}")
    meaning = factory.Sequence(lambda n: f"ander woord{n}")
