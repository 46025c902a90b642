"""Fixtures of the students tests."""

from copy import deepcopy

import pytest

from tests.students.worlds import World, world


@pytest.fixture(scope="module")
def made_for_module(once) -> World:
    return once(world)


@pytest.fixture
def made(made_for_module, db) -> World:
    return deepcopy(made_for_module)
