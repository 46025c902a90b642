"""A partnership and an organisation that may take part in it, each with someone who says yes for it."""

import pytest

from accounts.enums import Role
from tests.factories.partnerships import OrganisationFactory, PartnershipFactory
from tests.helpers import member
from tests.roles import Around, coordinator


@pytest.fixture
def partnership():
    return PartnershipFactory(name="Zorgpact Flevoland")


@pytest.fixture
def leader(partnership):
    """A coordinator of the partnership."""
    return coordinator(Around(partnership=partnership))


@pytest.fixture
def employer():
    return OrganisationFactory(name="De Linde", slug="de-linde")


@pytest.fixture
def manager(employer):
    return member(employer, Role.MANAGER)
