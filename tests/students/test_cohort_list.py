"""The list of a school's cohorts."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.programmes import CohortFactory, CohortTeacherFactory, ProgrammeFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(client, django_assert_num_queries, count):
    cohorts = CohortFactory.create_batch(count, programme=ProgrammeFactory())
    school = cohorts[0].programme.school
    user = member(school, Role.TEACHER)
    for cohort in cohorts:
        CohortTeacherFactory(cohort=cohort, membership=user.person.memberships.get())
        EnrolmentFactory(cohort=cohort)
    CohortFactory(programme=cohorts[0].programme)  # not taught: must not show
    login(client, user)
    with django_assert_num_queries(4):  # account with its session, school, count, page
        response = client.get(reverse("students:cohort-list", args=[school.slug]))
    assert len(response.context["rows"]) == count
