"""Every address has a row in an access matrix, and every row speaks of somebody."""

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.http import require_GET

from tests.consistency.source import APPS, ROOT, modules, texts
from tests.roles import EVERYONE_ELSE, PEOPLE, Matrix

# Other people's pages, held by tests/portal/test_admin.py and by allauth itself
FOREIGN_URLS = ("admin:", "account_", "socialaccount_", "mfa_", "usersessions_", "openid_connect_")
FEWEST_ROWS = 268


def named_patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named_patterns(pattern, inner)
        elif pattern.name:  # without a name: allauth's redirects of old addresses
            yield f"{prefix}{pattern.name}", pattern


def our_patterns() -> dict[str, URLPattern]:
    found = named_patterns(get_resolver())
    return {name: pattern for name, pattern in found if not name.startswith(FOREIGN_URLS)}


def access_modules() -> Iterator[tuple[str, ModuleType]]:
    """(app, module) of every tests/<app>/test_access*.py."""
    for file in sorted((ROOT / "tests").glob("*/test_access*.py")):
        yield file.parent.name, importlib.import_module(f"tests.{file.parent.name}.{file.stem}")


def access_matrix() -> dict[tuple[str, str], dict[str, int]]:
    """(method, full url name) → person → status, of all matrices; names may leave out the app's namespace."""
    rows = {}
    known = our_patterns()
    for app, module in access_modules():
        for (method, name), statuses in module.MATRIX.items():
            rows[method, f"{app}:{name}" if f"{app}:{name}" in known else name] = statuses
    return rows


def matrix_faults(matrix: Matrix, columns: Sequence[str]) -> Iterator[str]:
    """Rows that speak of somebody whom nobody knows or asks, or say nothing of somebody who is asked."""
    for row, statuses in {("COLUMNS", ""): dict.fromkeys(columns), **matrix}.items():
        people = set(statuses) - {EVERYONE_ELSE}
        yield from (f"{row}: {name} is not in tests/roles.py" for name in sorted(people - PEOPLE.keys()))
        yield from (f"{row}: {name} is in no column" for name in sorted(people - set(columns)))
        if EVERYONE_ELSE not in statuses:
            yield from (f"{row}: nothing of {name}" for name in columns if name not in statuses)


def test_rows_speak_of_known_people():
    found = [
        (module, fault)
        for _, module in access_modules()
        for fault in matrix_faults(module.MATRIX, module.COLUMNS)
    ]
    assert len(access_matrix()) >= FEWEST_ROWS
    assert found == []


def test_guard_of_rows_finds_who_is_not_known_not_asked_or_left_out():
    matrix = {("GET", "x"): {"anonymous": 302, "contact": 200, "conatct": 200}}
    assert list(matrix_faults(matrix, ("anonymous", "teacher"))) == [
        "('GET', 'x'): conatct is not in tests/roles.py",
        "('GET', 'x'): conatct is in no column",
        "('GET', 'x'): contact is in no column",
        "('GET', 'x'): nothing of teacher",
    ]
    assert list(matrix_faults({("GET", "x"): {"*": 200}}, ("anonymous", "teacher"))) == []


def test_every_url_has_a_row_in_an_access_matrix():
    in_matrix = {name for _, name in access_matrix()}
    assert sorted(set(our_patterns()) - in_matrix) == []


def test_every_row_of_an_access_matrix_names_a_url():
    assert (
        sorted(
            name
            for _, name in access_matrix()
            if name not in our_patterns() and not name.startswith(FOREIGN_URLS)
        )
        == []
    )


def accepts(view: Callable, method: str, arguments: dict[str, str]) -> bool:
    try:
        return view(RequestFactory().generic(method, "/"), **arguments).status_code != 405
    except Exception:  # it went past the method check, whatever stopped it
        return True


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_methods_without_a_row_are_refused(method):
    """A view may not accept a method that no matrix speaks of."""
    rows = access_matrix()
    asked = {name: pattern for name, pattern in our_patterns().items() if (method, name) not in rows}
    assert len(asked) >= 10
    assert [
        name
        for name, pattern in asked.items()
        if accepts(pattern.callback, method, dict.fromkeys(pattern.pattern.converters, "0"))
    ] == []


def test_guard_of_methods_finds_a_view_that_takes_any():
    def takes_any(request, slug):
        return HttpResponse(slug)

    assert accepts(takes_any, "POST", {"slug": "0"})
    assert accepts(require_GET(takes_any), "GET", {"slug": "0"})
    assert not accepts(require_GET(takes_any), "POST", {"slug": "0"})


def test_every_address_that_is_made_by_name_is_there():
    """A name that nobody asks for yet is found before someone does."""
    known = {name for name, _pattern in named_patterns(get_resolver())}
    assert len(known) >= 250
    made = {
        (path, name)
        for path, text in texts(modules(*APPS)).items()
        for name in re.findall(r'\breverse(?:_lazy)?\(\s*"([a-z_:-]+)"', text)
    }
    assert len(made) >= 200
    assert sorted(one for one in made if one[1] not in known and not one[1].startswith("admin:")) == []
