"""A party of an open agreement keeps someone who is able to sign, whichever way the last one would go."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.queries import signers
from core import periods
from partnerships.actors import actor_of
from partnerships.services import mandates, memberships
from programmes.services import cohorts
from tests.agreements.cases import agreement_case
from tests.factories.programmes import CohortTeacherFactory
from tests.helpers import acting, closed, closing, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return agreement_case()


def ways(case, party):
    """How a party can lose its signer: role, mandate or account end, or the teacher goes to another cohort."""
    cohort = case.placement.enrolment.cohort
    organisation, user, role = {
        "employer": (case.employer, case.contact, Role.CONTACT),
        "school": (case.school, case.teacher, Role.TEACHER),
    }[party]
    manager = acting(organisation, Role.MANAGER)
    signs = user.person.memberships.get(role=role)
    found = {
        "role": partial(memberships.end, membership_id=signs.pk, by=manager, read=None),
        "mandate": partial(mandates.change, membership_id=signs.pk, kinds=set(), by=manager, version=None),
        "account": closing(user),
    }
    if party == "school":
        colleague = CohortTeacherFactory(cohort=cohort).membership  # teaches, and does not sign
        found["cohort"] = partial(cohorts.save, cohort=cohort, teachers=[colleague], by=manager, version=None)
    return found


EACH_WAY = [
    ("employer", "role"),
    ("employer", "mandate"),
    ("employer", "account"),
    ("school", "role"),
    ("school", "mandate"),
    ("school", "account"),
    ("school", "cohort"),
]


@pytest.mark.parametrize(("party", "way"), EACH_WAY)
def test_last_signer_of_an_open_agreement_stays(case, party, way):
    with pytest.raises(ValidationError, match="Niemand kan dan nog tekenen voor"):
        ways(case, party)[way]()
    able = signers.able_for(Agreement.objects.for_list().get(pk=case.agreement.pk))
    assert (able["employer"], able["school"]) == ([case.contact.person], [case.teacher.person])


@pytest.mark.parametrize(("party", "way"), EACH_WAY)
def test_signer_goes_when_a_manager_can_sign(case, party, way):
    organisation = case.employer if party == "employer" else case.school
    member(organisation, Role.MANAGER, may_sign=True)
    ways(case, party)[way]()


@pytest.mark.parametrize(("party", "way"), EACH_WAY)
def test_colleague_whose_account_was_closed_signs_for_nobody(case, party, way):
    organisation = case.employer if party == "employer" else case.school
    closed(member(organisation, Role.MANAGER, may_sign=True))
    with pytest.raises(ValidationError, match="dan nog tekenen"):
        ways(case, party)[way]()


@pytest.mark.parametrize(("party", "way"), EACH_WAY)
def test_without_open_agreement_signers_go(case, party, way):
    Agreement.objects.filter(pk=case.agreement.pk).update(state=AgreementState.LAPSED)
    ways(case, party)[way]()


def test_signer_of_yesterday_is_no_loss(case):
    contact = case.contact.person.memberships.get()
    periods.end(contact.mandates.get())
    memberships.end(membership_id=contact.pk, by=actor_of(case.contact), read=None)
