"""What was signed keeps the names and rows of then; what is agreed next goes on with those of now."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from agreements.enums import AfterEnd, VersionState
from agreements.models import AgreementVersion
from agreements.services import agreements
from partnerships.actors import actor_of
from partnerships.models import Location
from partnerships.services import locations, organisations
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import LocationFactory, OrganisationFactory
from tests.helpers import acting
from tests.portal.test_merging_links import at_commit

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(case):
    case.ask()
    return case


def location_merged(case):
    """The location of the text turns out to be another one of the employer, which is given."""
    kept = LocationFactory(organisation=case.employer)
    by = acting(case.employer, Role.MANAGER)
    locations.merge(kept_id=kept.pk, dropped_id=case.now.texts[0].location_id, by=by, read=None, digest=None)
    at_commit()
    return kept


def employer_merged(case):
    """The same of the employer."""
    kept = OrganisationFactory()
    by = actor_of(UserFactory(admin=True))
    organisations.merge(kept_id=kept.pk, dropped_id=case.employer.pk, by=by, read=None, digest=None)
    at_commit()
    return kept


def test_change_after_a_merge_of_locations_is_of_the_one_that_stays(case):
    case.sign_all()
    kept = location_merged(case)
    first, change = case.agreed, case.amend()
    assert (change.location, change.parties["location"]) == (kept, str(kept))
    assert change.changed_since(first) == ["assessment"]
    case.sign_all()
    at_commit()
    assert AgreementVersion.objects.get(pk=first.pk).location.merged_into == kept


def test_text_that_was_asked_makes_way_for_one_of_the_location_that_stays(case):
    kept = location_merged(case)
    case.change(assessment="Anders.")
    assert case.pending.location == kept


def test_next_agreement_after_a_merge_of_locations_is_of_the_one_that_stays(case):
    case.sign_all()
    kept = location_merged(case)
    agreements.end(
        agreement_id=case.agreement.pk,
        last_day=case.agreed.starts_on + timedelta(days=30),
        then=AfterEnd.NEXT_AGREEMENT,
        reason="Anders verder.",
        by=actor_of(case.teacher),
        read=None,
    )
    at_commit()
    assert case.placement.agreements.latest("pk").versions.get().location == kept


@pytest.mark.parametrize("merge", [location_merged, employer_merged])
def test_what_was_asked_is_signed_on_after_a_merge(case, merge):
    case.sign("student", case.student)
    asked = case.pending
    merge(case)
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    at_commit()
    assert (case.agreed, case.agreed.parties) == (asked, asked.parties)


def test_change_after_a_merge_of_employers_is_named_after_the_one_that_stays(case):
    case.sign_all()
    kept = employer_merged(case)
    change = case.amend()
    assert change.parties["employer"] == kept.name
    case.sign_all()
    at_commit()
    assert case.agreed == change
    assert change.state == VersionState.SIGNING
    assert not Location.objects.filter(organisation=case.employer).exists()
