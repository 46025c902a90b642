"""Fixtures of the partnerships tests."""

from collections.abc import Callable

import pytest

from accounts.enums import Role
from partnerships.enums import MemberRole
from partnerships.models import Partnership
from tests.factories.partnerships import MemberFactory, OrganisationFactory
from tests.helpers import login, member


@pytest.fixture
def partnership() -> Partnership:
    return MemberFactory(
        organisation=OrganisationFactory(kind="knowledge_network"), role=MemberRole.COORDINATING_BODY
    ).partnership


@pytest.fixture
def coordinator(client, partnership):
    """The coordinator of `partnership`, signed in."""
    user = member(partnership.members.get().organisation, Role.COORDINATOR)
    login(client, user)
    return user


@pytest.fixture
def fetched_in(client, django_assert_num_queries) -> Callable:
    """`fetched_in(7, url)`: the page, which costs that many queries once what is cached is cached."""

    def fetch(number: int, url: str):
        client.get(url)
        with django_assert_num_queries(number):
            return client.get(url)

    return fetch
