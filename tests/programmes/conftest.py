"""Fixtures of the programmes tests."""

import pytest

from accounts.enums import Role
from tests.factories.partnerships import OrganisationFactory
from tests.helpers import login, member
from tests.placements.conftest import scene, scene_of_module

__all__ = ["scene", "scene_of_module"]


@pytest.fixture
def school():
    return OrganisationFactory(school=True)


@pytest.fixture
def user(school):
    return member(school, Role.TEACHER)


@pytest.fixture
def teacher(client, user):
    return login(client, user)
