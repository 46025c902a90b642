"""Addresses found and made as quickly as a page needs them.

With `path("", include(…))` Django tries all the addresses of each app before that of the right one, and keeps a list of what
it tried, for each page: as much work as reading who is signed in. `of_app` tries those that begin as the address does.

A list has an address in each row, and `reverse` makes each anew. `of_row` makes one, and puts the key of the row in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_script_prefix, get_urlconf, include, reverse
from django.urls.resolvers import RoutePattern


class _Beginning(RoutePattern):
    """Nothing before the addresses, which begin with one of these words."""

    def __init__(self, addresses: Any) -> None:
        super().__init__("", is_endpoint=False)
        self.addresses = addresses

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(_words(self.addresses.urlpatterns))

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, Any]] | None:
        return (path, (), {}) if path.partition("/")[0] in self.words else None


def of_app(name: str) -> URLResolver:
    """The addresses in a module (`"students.urls"`), as `path("", include(name))` gives them."""
    addresses, app_name, namespace = include(name)
    return URLResolver(_Beginning(addresses), addresses, None, app_name=app_name, namespace=namespace)


NOBODYS = UUID(int=0)


def of_row(name: str, *arguments: Any) -> str:
    """What `reverse(name, args=arguments)` gives, of which the last is the public id of a row."""
    *before, public_id = arguments
    made = _without_row(name, tuple(before), get_script_prefix(), get_urlconf())
    return made.replace(str(NOBODYS), str(public_id))


@lru_cache(maxsize=1_000)
def _without_row(name: str, before: tuple[Any, ...], _prefix: str, urlconf: Any) -> str:
    return reverse(name, urlconf, args=[*before, NOBODYS])


def _words(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The first word of each address; raises ValueError for one that may begin with any word."""
    for one in patterns:
        route = str(one.pattern).removeprefix("^")
        if not route and isinstance(one, URLResolver):
            yield from _words(one.url_patterns)
            continue
        word = route.partition("/")[0]
        if not word.replace("-", "").replace(".", "").isalnum():
            raise ValueError(f"{route} begins with no word of its own")
        yield word
