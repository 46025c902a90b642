"""What the database refuses of programmes, cohorts and sessions, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    CoreTaskFactory,
    ProgrammeFactory,
    QualificationFactory,
    QualificationFileFactory,
    SessionFactory,
    WorkProcessFactory,
)

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
