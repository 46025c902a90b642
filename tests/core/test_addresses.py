"""Addresses of apps: each is found as before, and only those are tried that begin in the same way."""

from uuid import UUID

import pytest
from django.test.utils import override_script_prefix
from django.urls import (
    NoReverseMatch,
    Resolver404,
    URLPattern,
    URLResolver,
    get_resolver,
    path,
    resolve,
    reverse,
)
from django.utils.translation import override

from core.addresses import _words, of_row


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


def test_address_of_a_row_is_the_one_that_django_makes():
    one, other = UUID(int=7), UUID(int=8)
    for name, before in [
        ("placements:slot-detail", []),
        ("students:goal-detail", []),
        ("enrolment-detail", ["roc-de-delta", other]),
    ]:
        for row in (one, other):
            assert of_row(name, *before, row) == reverse(name, args=[*before, row])
            with override("en"), override_script_prefix("/onder/"):
                assert of_row(name, *before, row) == reverse(name, args=[*before, row])


def test_address_of_a_row_that_is_none_is_refused():
    with pytest.raises(NoReverseMatch):
        of_row("placements:bestaat-niet", UUID(int=7))
