"""A long list as a worker checks it: outside a transaction, where rows are written while the next ones are worked out."""

import pytest

from core.imports import batches, clock
from core.imports.models import ImportRow, Verdict
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.helpers import login
from tests.strict import StrictClient
from tests.students.lists import batch_of, file_of, row_of, upload

pytestmark = pytest.mark.django_db(transaction=True)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LIST = [row_of(f"{one}{two}{three}") for one in LETTERS[:4] for two in LETTERS for three in LETTERS]


def test_every_row_of_a_long_list_has_its_outcome_in_the_database():
    cohort = CohortFactory(capacity=len(LIST))
    teacher = login(StrictClient(), CohortTeacherFactory(cohort=cohort).membership.person.user)
    wrong = LIST[1_500].replace("14-03-2004", "onbekend")
    upload(teacher, cohort, file_of(*LIST[:1_500], wrong, *LIST[1_501:]))
    assert len(LIST) > 2 * batches.AT_ONCE
    assert clock.work_off() == 1
    batch = batch_of(cohort)
    found = ImportRow.objects.filter(batch=batch)
    assert batch.counts == {"new": len(LIST) - 1, "wrong": 1}
    assert found.filter(verdict=Verdict.NEW).count() == len(LIST) - 1
    assert [row.number for row in found.filter(verdict=Verdict.WRONG)] == [1_502]
    assert not found.filter(verdict=Verdict.NEW, values=None).exists()
