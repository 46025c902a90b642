"""Free seats on the public page of a partnership."""

import datetime as dt

import pytest
from django.urls import reverse

from core.dates import today
from tests.factories.partnerships import PartnershipFactory
from tests.factories.programmes import CohortFactory, ProgrammeFactory
from tests.factories.students import EnrolmentFactory

pytestmark = pytest.mark.django_db
TITLE = "Waar nog studenten bij kunnen"


def page(client, partnership):
    return client.get(reverse("partnerships:partnership-detail", args=[partnership.slug]))


def cohort_of(programme, capacity, starts_on=None):
    first = starts_on or today().replace(day=1)
    return CohortFactory(
        programme=programme, capacity=capacity, starts_on=first, ends_on=first + dt.timedelta(days=400)
    )


def test_a02_visitor_reads_seats_by_programme_and_month_of_start(client):
    programme = ProgrammeFactory(partnership=PartnershipFactory(), name="Verzorgende IG")
    first = cohort_of(programme, 10)
    cohort_of(programme, 5, today().replace(day=2))
    EnrolmentFactory(cohort=first)
    response = page(client, programme.partnership)
    (section,) = response.context["sections"]
    assert [(row.programme, row.free, row.seats) for row in section.shown] == [(programme, 14, 15)]
    assert "14 van 15 plekken vrij" in " ".join(response.content.decode().split())


def test_nothing_stands_there_without_cohorts(client):
    response = page(client, PartnershipFactory())
    assert TITLE not in response.content.decode()


def test_cohort_that_is_over_is_left_out(client):
    programme = ProgrammeFactory(partnership=PartnershipFactory())
    CohortFactory(
        programme=programme,
        starts_on=today() - dt.timedelta(days=500),
        ends_on=today() - dt.timedelta(days=1),
    )
    assert TITLE not in page(client, programme.partnership).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_seats_cost_one_query(client, number, django_assert_num_queries):
    programme = ProgrammeFactory(partnership=PartnershipFactory())
    for _number in range(number):
        cohort_of(programme, 5)
    with django_assert_num_queries(8):
        page(client, programme.partnership)
