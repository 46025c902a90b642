"""Fixtures of the students tests."""

from copy import deepcopy

import pytest

from tests.students.worlds import World, world


@pytest.fixture(scope="module")
def world_of_module(once) -> World:
    return once(world)


@pytest.fixture
def made(world_of_module, db) -> World:
    return deepcopy(world_of_module)
