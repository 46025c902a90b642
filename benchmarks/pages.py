"""Measures five pages against bare views with the same rows, in one process, request by request in turn."""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

WARM_UP, REQUESTS = 20, 200


@dataclass(frozen=True)
class Pair:
    name: str
    ours: str
    bare: str
    user: int


@dataclass(frozen=True)
class Measured:
    name: str
    ours: float
    bare: float
    queries: int
    bare_queries: int
    size: int

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


def pairs() -> list[Pair]:
    """Of the middle partnership, so that no page is at an edge of an index."""
    from benchmarks.world import PER_PARTNERSHIP, World  # noqa: PLC0415 - needs the apps
    from partnerships.models import Partnership  # noqa: PLC0415
    from programmes.models import Cohort  # noqa: PLC0415
    from students.models import LearningPlan  # noqa: PLC0415

    size = LearningPlan.objects.count()
    world = World(size)
    middle = (world.partnerships + 1) // 2
    cohort = Cohort.objects.select_related("programme__school").filter(programme__partnership=middle)[0]
    student = (middle - 1) * PER_PARTNERSHIP + 2
    plan = LearningPlan.objects.get(pk=student)
    partnership = Partnership.objects.get(pk=middle)
    coordinator, teacher = world.staff(middle, 0), world.staff(middle, 1)
    school = cohort.programme.school.slug
    return [
        Pair("initiatives", "/initiatieven/", "/bare/initiatives/", coordinator),
        Pair("slot list", "/leerwerkplekken/", f"/bare/slots/{partnership.provinces[0]}/", teacher),
        Pair(
            "cohort", f"/school/{school}/cohorten/{cohort.public_id}/", f"/bare/cohort/{cohort.pk}/", teacher
        ),
        Pair("plan", "/student/", f"/bare/plan/{plan.pk}/", student),
        Pair("coordinator", f"/coordinatie/{partnership.slug}/", f"/bare/coordinator/{middle}/", coordinator),
    ]


class Requester:
    """Calls a WSGI application as a server does, and tells what that cost this process."""

    def __init__(self, application: WSGIHandler) -> None:
        self.application = application
        self.status = ""

    def __call__(self, path: str, cookie: str = "") -> tuple[float, bytes]:
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": cookie,
            "HTTP_ACCEPT_LANGUAGE": "nl", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        began = time.process_time()
        response = self.application(environ, self._start)
        body = b"".join(response)
        response.close()
        spent = time.process_time() - began
        if not self.status.startswith("200"):
            raise SystemExit(f"{path} gave {self.status}: {body[:300]!r}")
        return spent, body

    def _start(self, status: str, _headers: Any, _exc_info: Any = None) -> Callable[[bytes], object]:
        self.status = status
        return lambda _data: None


def measure(only: str = "") -> Iterator[Measured]:
    portal = Requester(WSGIHandler())
    with override_settings(MIDDLEWARE=[]):
        bare = Requester(WSGIHandler())
    for pair in pairs():
        if only and pair.name != only:
            continue
        cookie = _signed_in(pair.user)
        queries, size = _counted(portal, pair.ours, cookie)
        bare_queries, _size = _counted(bare, pair.bare)
        for _turn in range(WARM_UP):
            portal(pair.ours, cookie)
            bare(pair.bare)
        times = [(portal(pair.ours, cookie)[0], bare(pair.bare)[0]) for _turn in range(REQUESTS)]
        yield Measured(
            pair.name,
            statistics.median(ours for ours, _bare in times) * 1000,
            statistics.median(bare for _ours, bare in times) * 1000,
            queries,
            bare_queries,
            size,
        )


def _counted(requester: Requester, path: str, cookie: str = "") -> tuple[int, int]:
    """Queries and bytes of one request; the log is read at once, since the next request empties it."""
    with CaptureQueriesContext(connection) as asked:
        _spent, body = requester(path, cookie)
        return len(asked), len(body)


def _signed_in(user: int) -> str:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - needs the apps

    client = Client()
    client.force_login(get_user_model().objects.get(pk=user), backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def main() -> None:
    """`python -m benchmarks.pages [page]`, on the database that DATABASE_URL names."""
    django.setup()
    from demo import static_files  # noqa: PLC0415 - needs the settings

    static_files.collect()
    print(f"{'page':<14}{'ours ms':>9}{'bare ms':>9}{'ratio':>7}{'queries':>9}{'bare':>6}{'HTML kB':>9}")
    for row in measure(" ".join(sys.argv[1:])):
        print(
            f"{row.name:<14}{row.ours:>9.2f}{row.bare:>9.2f}{row.ratio:>7.2f}{row.queries:>9}{row.bare_queries:>6}"
            f"{row.size / 1000:>9.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
