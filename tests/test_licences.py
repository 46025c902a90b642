"""LICENTIES.md names every package we install."""

import re

import pytest
from django.conf import settings


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_named_with_its_licence(file):
    named = set(re.findall(r"^\| ([a-z0-9._-]+) \| \S", (settings.ROOT / "LICENTIES.md").read_text(), re.M))
    locked = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", (settings.ROOT / file).read_text(), re.M))
    assert sorted(locked - named) == [], "run tools/make_licences.py"
