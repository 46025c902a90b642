"""A text names people and a location of its own parties, and an agreement is in force by a signed text."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.enums import Role
from agreements.enums import VersionState
from agreements.models import Agreement, AgreementVersion
from tests.factories.partnerships import LocationFactory, MembershipFactory
from tests.helpers import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(case):
    case.ask()
    case.sign_all()
    return case


def named(case, what):
    """A location or someone of another organisation, or of this one in another role."""
    return {
        "location": lambda: LocationFactory(),
        "trainer": lambda: MembershipFactory(role=Role.PRACTICE_TRAINER),
        "contact": lambda: MembershipFactory(organisation__kind="school", role=Role.TEACHER),
        "trainer in another role": lambda: member(case.employer, Role.SUPERVISOR).person.memberships.get(),
    }[what]()


EACH = ["location", "trainer", "contact", "trainer in another role"]


@pytest.mark.parametrize("what", EACH)
def test_change_names_nobody_of_another_organisation(signed, what):
    column = what.split()[0]
    kind = "location" if what == "location" else "trainer"
    with pytest.raises(ValidationError, match="van de werkgever"):
        signed.amend(kind, **{column: named(signed, what)})
    with pytest.raises(ValidationError, match="van de werkgever"):
        signed.amend("correction", **{column: named(signed, what)})


@pytest.mark.parametrize("what", EACH)
def test_first_text_names_nobody_of_another_organisation(case, what):
    with pytest.raises(ValidationError, match="van de werkgever"):
        case.change(**{what.split()[0]: named(case, what)})


@pytest.mark.parametrize("what", ["location", "trainer", "contact"])
def test_database_takes_no_other_organisation(case, what):
    text = AgreementVersion.objects.filter(pk=case.version_id)
    with pytest.raises(IntegrityError, match="another organisation"):
        write(text, **{what: named(case, what)})


def test_database_takes_no_agreement_in_force_without_a_signed_text(case):
    agreement = Agreement.objects.filter(pk=case.agreement.pk)
    with pytest.raises(IntegrityError, match="without a signed text"):
        write(agreement, state="active", activated_at=timezone.now())


def test_database_keeps_the_text_by_which_an_agreement_is_in_force(signed):
    text = AgreementVersion.objects.filter(pk=signed.agreed.pk)
    with pytest.raises(IntegrityError, match="without a signed text"):
        write(text, state=VersionState.LAPSED, holds=None, signed_at=None, signed_digest="")


@transaction.atomic
def write(rows, **values):
    """Past the services, with what is looked at when the transaction ends."""
    rows.update(**values)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
