"""What the database holds of who asks and answers to take part, whoever writes."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core import periods
from partnerships.models import JoinRequest, Member
from tests.factories.partnerships import (
    JoinRequestFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
)

pytestmark = pytest.mark.django_db


def checked(act):
    """Do it, and have what waits for the end of the transaction checked now."""
    with transaction.atomic():
        act()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "open", "organisation_yes_at": None},
        {"state": "withdrawn", "organisation_yes_at": None},
        {"organisation": "another"},
        {"partnership": "another"},
        {"role": "lead"},
    ],
)
def test_member_rests_on_two_yeses_of_its_own(wrong):
    values = {**wrong}
    if "organisation" in values:
        values["organisation"] = OrganisationFactory()
    if "partnership" in values:
        values["partnership"] = PartnershipFactory()
    row = MemberFactory()
    change = JoinRequest.objects.filter(pk=row.join_request_id)
    checked(lambda: change.update(expires_on=dt.date(2030, 1, 1)))
    with pytest.raises(IntegrityError):
        checked(lambda: change.update(**values))


def test_member_needs_its_request_only_while_it_runs():
    row = MemberFactory()
    periods.end(row)
    change = JoinRequest.objects.filter(pk=row.join_request_id)
    checked(lambda: change.update(state="open", organisation_yes_at=None))
    with pytest.raises(IntegrityError):
        checked(lambda: Member.objects.filter(pk=row.pk).update(ended_at=None))


def test_nobody_is_a_member_on_an_open_request():
    request = JoinRequestFactory()
    with pytest.raises(IntegrityError):
        checked(
            lambda: Member.objects.create(
                partnership=request.partnership, organisation=request.organisation, join_request=request
            )
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "accepted"},
        {"partnership_yes_at": None},
        {"organisation_yes_at": timezone.now()},
    ],
)
def test_database_ties_the_yeses_to_the_state(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequestFactory(**fields)


def test_database_holds_one_open_request_of_two():
    request = JoinRequestFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequestFactory(partnership=request.partnership, organisation=request.organisation)
