"""Addresses of apps: each is found as before, and only those are tried that begin in the same way."""

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, path, resolve

from core.addresses import _words


def test_address_of_an_app_is_not_sought_in_the_others():
    apps = [one for one in get_resolver().url_patterns if type(one.pattern).__name__ == "_Beginning"]
    assert len(apps) >= 6
    found = resolve("/leerwerkplekken/")
    assert (found.view_name, found.route) == ("placements:slot-find", "leerwerkplekken/")
    entered = {tried[0] for tried in found.tried if len(tried) > 1}
    assert {one.namespace for one in entered if isinstance(one, URLResolver)} <= {"placements"}


def test_address_that_no_app_has_is_not_there():
    for address in ("/bestaat-niet/", "/student/bestaat-niet/", "/leerwerkplekken"):
        with pytest.raises(Resolver404):
            resolve(address)


def test_address_that_may_begin_with_any_word_is_refused():
    for route in ("<slug:slug>/", "<uuid:public_id>/x/", ""):
        patterns: list[URLPattern | URLResolver] = [path("een/", list), path(route, list)]
        with pytest.raises(ValueError, match="begins with no word"):
            list(_words(patterns))
