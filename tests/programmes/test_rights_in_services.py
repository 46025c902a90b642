"""What a school gives and who teaches it is asked again where it is written, whatever page led there."""

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from programmes.models import Cohort, Programme
from programmes.services import cohorts, programmes
from tests.factories.partnerships import OrganisationFactory
from tests.factories.programmes import CohortFactory, ProgrammeFactory
from tests.helpers import acting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.TEACHER, Role.MANAGER])
@pytest.mark.parametrize("is_new", [True, False])
def test_programme_is_kept_by_its_own_school_only(role, is_new):
    known = ProgrammeFactory()
    programme = Programme(school=known.school, name="Nieuw") if is_new else known
    with pytest.raises(ValidationError, match="Alleen"):
        programmes.save(programme=programme, by=acting(OrganisationFactory(), role), version=None)
    assert Programme.objects.get() == known


@pytest.mark.parametrize("is_new", [True, False])
def test_cohort_is_kept_by_who_teaches_it_or_manages_the_school(is_new):
    known = CohortFactory(name="Groep 1")
    days = {"starts_on": known.starts_on, "ends_on": known.ends_on, "capacity": 20}
    cohort = Cohort(programme=known.programme, name="Groep 2", **days) if is_new else known
    cohort.name = "Groep 2"
    for by in (acting(OrganisationFactory(), Role.MANAGER), acting(OrganisationFactory(), Role.TEACHER)):
        with pytest.raises(ValidationError, match="Alleen"):
            cohorts.save(cohort=cohort, teachers=[], by=by, version=None)
    assert Cohort.objects.get().name == "Groep 1"
