"""deploy/nginx/leerpact-site.conf and the portal agree: which pages are not compressed, how much a form may hold."""

import re

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver

SITE = (settings.ROOT / "deploy/nginx/leerpact-site.conf").read_text()
PLAIN = re.compile(re.search(r"location ~ (\S+) \{\s+gzip off;", SITE)[1])
PARAMETER = re.compile(r"<[^>]+>")


def routes(resolver=None, before="/"):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


def test_page_whose_address_is_a_secret_is_not_compressed():
    secret = [route for route in routes() if re.search(r"<[^>]*(token|key)[^>]*>", route)]
    assert len(secret) >= 3
    assert [route for route in secret if not PLAIN.match(PARAMETER.sub("x", route))] == []


@pytest.mark.parametrize("path", ["/account/tweede-stap/", "/beheer/"])
def test_pages_that_print_a_secret_are_not_compressed(path):
    assert PLAIN.match(path)


def test_proxy_lets_through_what_the_portal_takes_and_hardly_more():
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", SITE)[1])
    assert settings.MOST_BYTES_OF_A_REQUEST <= megabytes * 2**20 <= settings.MOST_BYTES_OF_A_REQUEST * 1.1


@pytest.mark.parametrize("name", ["livez", "readyz", "metrics"])
def test_pages_for_machines_are_not_for_the_world(name):
    assert re.search(rf"location = /{name} \{{\s+return 404;", SITE)
