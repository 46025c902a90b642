"""A student's page leads to plan, training place, agreement and proposals."""

import pytest
from django.urls import reverse

from tests.agreements.cases import agreement_case
from tests.factories.placements import MatchFactory
from tests.factories.students import LearningPlanFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db


def page_of(client, enrolment):
    cohort = enrolment.cohort
    arguments = [cohort.programme.school.slug, cohort.public_id, enrolment.public_id]
    return client.get(reverse("enrolment-detail", args=arguments)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_leads_to_what_hangs_on_the_enrolment(client, count, django_assert_max_num_queries):
    case = agreement_case()
    enrolment = case.placement.enrolment
    plan = LearningPlanFactory(enrolment=enrolment)
    proposals = MatchFactory.create_batch(count, enrolment=enrolment)
    login(client, case.teacher)
    with django_assert_max_num_queries(14):
        page = page_of(client, enrolment)
    for address in (
        reverse("students:plan-detail", args=[plan.public_id]),
        reverse("placement-detail", args=[case.placement.public_id]),
        reverse("agreements:agreement-detail", args=[case.agreement.public_id]),
        *(reverse("placements:match-detail", args=[row.public_id]) for row in proposals),
    ):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
    assert "heeft een account" in page


def test_answered_proposal_is_no_longer_there(client):
    case = agreement_case()
    login(client, case.teacher)
    assert "Voorstel bij" not in page_of(client, case.placement.enrolment)
