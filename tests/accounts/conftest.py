"""Fixtures of the pages about signing in."""

import pytest

from tests.strict import StrictClient


@pytest.fixture
def client_class():
    """For a second browser."""
    return StrictClient
