"""All reminders together."""

from datetime import timedelta

import pytest

from core.dates import today
from core.models import OutgoingMail
from core.reminding import tick
from portal.reminders import REMINDERS
from tests.agreements.cases import agreement_case
from tests.factories.placements import MatchFactory, SlotFactory
from tests.factories.students import LearningPlanFactory
from tests.reminding import KINDS, goal_due

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_rules_ask_as_much_for_one_thing_as_for_three(clock, count, django_assert_num_queries):
    for _turn in range(count):
        case = agreement_case()
        case.ask()
        goal_due(14, plan=LearningPlanFactory(enrolment=case.placement.enrolment))
        MatchFactory(slot__organisation=case.employer)
    SlotFactory(confirmed_on=today() - timedelta(days=25), organisation=case.employer)
    clock.shift(timedelta(days=7))
    tick(REMINDERS)
    assert OutgoingMail.objects.filter(kind__startswith=KINDS).values("kind").distinct().count() == 4
    with django_assert_num_queries(51):
        assert tick(REMINDERS) == 0
