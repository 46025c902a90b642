"""Fixtures of the placements tests."""

from copy import deepcopy

import pytest

from tests.placements.scene import Scene


@pytest.fixture(scope="module")
def scene_of_module(once) -> Scene:
    return once(Scene)


@pytest.fixture
def scene(scene_of_module, db) -> Scene:
    return deepcopy(scene_of_module)
