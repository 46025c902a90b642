"""Fixtures of the programmes tests."""

from tests.placements.conftest import scene, scene_of_module

__all__ = ["scene", "scene_of_module"]
