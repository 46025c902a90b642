"""One press on the demo's first page counts as both steps of signing in, for whoever must have a second one elsewhere."""

import pytest
from django.urls import reverse

from demo.people import demo_people
from tests.browser.crawler import Visitor
from tools.local.site import Site

BEHIND_TWO_STEPS = ["admin:index", "partnerships:erasure-list", "partnerships:support-list"]
ASKED = "Stel een tweede stap in"


def path(name: str) -> str:
    return reverse(name, urlconf="demo.urls")


@pytest.mark.parametrize("key", [person.key for person in demo_people()])
def test_who_signs_in_with_one_press_comes_everywhere(site: Site, key: str) -> None:
    visitor = Visitor(site.url)
    visitor.sign_in_as(key)
    first = visitor.get("/mijn/")
    assert (first.status, path("mfa_index") in first.url) == (200, False)
    assert ASKED not in first.html
    if key == "admin":
        found = {name: visitor.get(path(name)) for name in BEHIND_TWO_STEPS}
        assert {name: (page.status, page.url.removeprefix(site.url)) for name, page in found.items()} == {
            name: (200, path(name)) for name in BEHIND_TWO_STEPS
        }
