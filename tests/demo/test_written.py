"""Every query that is written once gives what its plain form gives, for everyone of the demo region who comes to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.urls import Resolver404, resolve
from pytest_django import DjangoDbBlocker

from accounts.models import User
from core import written
from core.written import Written
from demo.people import demo_people
from tests.browser.sites import loaded_database
from tests.helpers import login

MOST_PAGES = 80  # of one person
PAGES_OF_ONE_KIND = 4
FROM = (
    "/mijn/",
    "/student/werk/",
    "/voorstellen/",
    "/leerwerkplekken/",
    "/overeenkomsten/",
    "/initiatieven/",
    "/taken/",
)
LINK = re.compile(r'href="(/(?!static/)[^"#]*)"')
# In the demo region nobody is asked this, so that it gives no row there: held by the tests that stand behind it.
NEVER_ASKED = {
    "accounts.queries.outgoing.wrong_keys",  # no mail of the demo goes wrong; tests/accounts/test_outgoing.py
    "accounts.queries.signed_in.account",  # read with the session; tests/accounts/test_sessions.py
    "accounts.queries.signed_in.session",  # the same
    "partnerships.actors.reading._facts_of",  # read with the account; tests/partnerships/test_actors.py
    "placements.filters._versions",  # tests/placements/test_slot_finder.py
    "students.queries.own._situations_by_key",  # tests/students/test_situations.py
    "students.queries.reported.reported_of",  # tests/students/test_reports.py
    "students.queries.situations.situations_by_key",  # tests/students/test_cohort_situations_views.py
    "students.queries.visible.parties_of",  # behind a lock; tests/students/test_locks.py
    "students.queries.visible.texts_of",  # the same
    "students.queries.waiting.asked_of_school",  # tests/students/test_goal_tasks.py
}


def plain_of(value: Any, on_the_way: frozenset[int] = frozenset()) -> Any:
    """A row as plain values, with the rows that were joined to it; two that know each other end there."""
    if not isinstance(value, Model):
        return value
    columns = {name: one for name, one in vars(value).items() if not name.startswith("_")}
    way = on_the_way | {id(value)}
    joined = {
        name: plain_of(one, way)
        for name, one in value._state.fields_cache.items()
        if isinstance(one, Model) and id(one) not in way
    }
    return {**columns, **joined}


class Seen:
    """What was asked while pages were made: of each query for how many shapes, and how many rows it gave."""

    def __init__(self) -> None:
        self.shapes: dict[str, set[Any]] = defaultdict(set)
        self.rows: dict[str, int] = defaultdict(int)
        self.wrong: list[str] = []

    def compare(self, query: Written, made: tuple[Any, ...], given: dict[str, Any], rows: list[Any]) -> None:
        name = f"{query.plain.__module__}.{query.plain.__name__}"
        given = {key: written._itself(value) for key, value in given.items()}
        self.shapes[name].add((made, tuple(written._shape(given[key]) for key in sorted(given))))
        self.rows[name] += len(rows)
        plain = list(query.plain(*made, **given))
        if [plain_of(row) for row in rows] != [plain_of(row) for row in plain]:
            self.wrong.append(name)


@pytest.fixture(scope="module")
def seen(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Seen]:
    found, real = Seen(), Written.__call__

    def both(self: Written, *made: Any, **given: Any) -> list[Any]:
        rows = real(self, *made, **given)
        found.compare(self, made, given, rows)
        return rows

    with (
        loaded_database("written") as database,
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(Written, "__call__", both)
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = database
        try:
            for person in demo_people():
                look_around(login(Client(), User.objects.get(email=person.email)))
            yield found
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


def kind_of(path: str) -> str | None:
    """The name of a page's address; None for what is no page of ours."""
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return None


def look_around(client: Client) -> None:
    """The pages that one comes to from the first ones, some of each kind."""
    waiting, known = list(FROM), defaultdict(int)
    done: set[str] = set()
    while waiting and len(done) < MOST_PAGES:
        path = waiting.pop(0)
        kind = kind_of(path)
        if path in done or kind is None or known[kind] >= PAGES_OF_ONE_KIND:
            continue
        done.add(path)
        known[kind] += 1
        response = client.get(path, follow=True)
        if response.status_code == 200 and "html" in response["Content-Type"]:
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(response.content.decode())]
        response.close()


def test_written_queries_give_what_their_plain_form_gives(seen):
    assert sum(seen.rows.values()) > 500
    assert sorted(set(seen.wrong)) == []


def test_every_written_query_was_asked_and_gave_rows(seen):
    queries = [query.plain for query in written.ALL if not query.plain.__module__.startswith("tests.")]
    names = {f"{query.__module__}.{query.__name__}" for query in queries}
    assert len(names) >= 35
    never = {name for name in names if not seen.rows[name]}
    assert never == NEVER_ASKED, sorted(never ^ NEVER_ASKED)


def test_people_of_many_shapes_asked(seen):
    assert max(len(shapes) for shapes in seen.shapes.values()) >= 8
