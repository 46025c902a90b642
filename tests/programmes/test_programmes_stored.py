"""What the database refuses of programmes, cohorts and sessions, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.dates import today
from programmes.models import Programme
from tests.factories.partnerships import PartnershipFactory
from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    CoreTaskFactory,
    PartnerEmployerFactory,
    ProgrammeFactory,
    QualificationFactory,
    QualificationFileFactory,
    SessionFactory,
    WorkProcessFactory,
)
from tests.helpers import coordinating, gives_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (QualificationFileFactory, {"crebo": "123"}),
        (QualificationFileFactory, {"valid_from": date(2025, 8, 1), "valid_until": date(2025, 8, 1)}),
        (QualificationFactory, {"crebo": "abcde"}),
        (QualificationFactory, {"level": 5}),
        (CoreTaskFactory, {"code": "K1"}),
        (WorkProcessFactory, {"code": "W1"}),
        (ProgrammeFactory, {"school_days": 6}),
        (CohortFactory, {"capacity": 0}),
        (CohortFactory, {"starts_on": date(2026, 1, 2), "ends_on": date(2026, 1, 2)}),
        (SessionFactory, {"ends_at": timezone.now()}),
    ],
)
def test_database_refuses_impossible_rows(make, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**values)


@pytest.mark.parametrize(
    ("make", "same"),
    [
        (QualificationFileFactory, ["crebo", "valid_from"]),
        (QualificationFactory, ["file", "crebo"]),
        (CoreTaskFactory, ["qualification", "code"]),
        (WorkProcessFactory, ["core_task", "code"]),
        (ProgrammeFactory, ["school", "name"]),
        (CohortFactory, ["programme", "name"]),
        (CohortTeacherFactory, ["cohort", "membership"]),
        (SessionFactory, ["cohort", "starts_at", "theme"]),
    ],
)
def test_database_refuses_doubles(make, same):
    row = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**{name: getattr(row, name) for name in same})


# With whom it is given


def at_the_end():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def moved(programme):
    """The row that runs goes to another programme, which names the same partnership."""
    other = ProgrammeFactory(school=programme.school)
    programme.partnerships.update(programme=other)
    Programme.objects.filter(pk=other.pk).update(partnership=programme.partnership)


@pytest.mark.parametrize(
    "write",
    [
        lambda programme, other: Programme.objects.update(partnership=other),
        lambda programme, other: Programme.objects.update(partnership=None),
        lambda programme, other: programme.partnerships.update(partnership=other),
        lambda programme, other: programme.partnerships.all().delete(),
        lambda programme, other: moved(programme),
        lambda programme, other: programme.partnerships.update(ended_at=timezone.now(), ends_on=today()),
        lambda programme, other: Programme.objects.create(
            school=programme.school, name="Nieuw", partnership=other
        ),
    ],
)
def test_programme_names_the_partnership_that_runs_whoever_writes(write):
    programme, other = ProgrammeFactory(partnership=PartnershipFactory()), PartnershipFactory()
    at_the_end()

    @transaction.atomic
    def written():
        write(programme, other)
        at_the_end()

    with pytest.raises(IntegrityError, match="The programme names partnership"):
        written()


def test_programme_is_in_one_partnership_at_a_time():
    programme = ProgrammeFactory(partnership=PartnershipFactory())
    with pytest.raises(IntegrityError, match="programme_partnership_runs_once"), transaction.atomic():
        programme.partnerships.create(partnership=PartnershipFactory())
    with pytest.raises(IntegrityError, match="programme_partnership_ends_at_once"), transaction.atomic():
        programme.partnerships.update(ends_on=today())


def test_rights_go_with_the_partnership_at_once_and_the_row_stays():
    first, second = PartnershipFactory(), PartnershipFactory()
    programme = ProgrammeFactory(partnership=first)
    before, after = coordinating(first), coordinating(second)
    gives_in(programme, second)
    assert not Programme.objects.visible_to(before).exists()
    assert Programme.objects.visible_to(after).get() == programme
    assert [row.partnership for row in programme.partnerships.all()] == [first, second]


def test_employer_takes_part_once_at_a_time():
    row = PartnerEmployerFactory()
    with pytest.raises(IntegrityError, match="partner_employer_runs_once"), transaction.atomic():
        PartnerEmployerFactory(programme=row.programme, organisation=row.organisation)
