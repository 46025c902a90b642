"""One synchronous worker that is told by lines of JSON what to request, and says what each took of the processor.

Its own time and that of its PostgreSQL backend, by the clocks that the scheduler keeps for each process (the same run
time as /proc/<pid>/schedstat, read to the nanosecond also while it runs). PostgreSQL gives it no helpers: what it does, one
process does.
"""

from __future__ import annotations

import io
import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, override_settings

SETTLE = 0.0004  # seconds in which the backend ends what comes after its answer


class Requester:
    """Calls the application as a server does."""

    def __init__(self) -> None:
        without: dict[str, Any] = {"MIDDLEWARE": []} if getattr(settings, "WITHOUT_MIDDLEWARE", False) else {}
        with override_settings(**without):
            self.application = WSGIHandler()
        self.status = ""

    def __call__(self, path: str, cookie: str = "") -> bytes:
        where, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": where, "QUERY_STRING": query, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": cookie,
            "HTTP_ACCEPT_LANGUAGE": "nl", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        response = self.application(environ, self._start)
        body = b"".join(response)
        response.close()
        if not self.status.startswith("200"):
            raise SystemExit(f"{path} gave {self.status}: {body[:300]!r}")
        return body

    def _start(self, status: str, _headers: Any, _exc_info: Any = None) -> Callable[[bytes], object]:
        self.status = status
        return lambda _data: None


def clock_of(pid: int) -> int:
    """The clock of a process, as `clock_getcpuclockid` gives it."""
    return (~pid << 3) | 2


class Worker:
    def __init__(self) -> None:
        self.request = Requester()

    def get(self, path: str, cookie: str = "") -> dict[str, Any]:
        """One request: seconds of this process and of its backend."""
        clock = self._backend()
        base, own = time.clock_gettime(clock), time.process_time()
        body = self.request(path, cookie)
        own = time.process_time() - own
        time.sleep(SETTLE)
        if clock != self._backend():
            raise SystemExit(f"{path} made another connection.")
        return {"own": own, "base": time.clock_gettime(clock) - base, "size": len(body)}

    def look(self, path: str, cookie: str = "") -> dict[str, Any]:
        """What one request asks of the database, and what each statement reads."""
        from benchmarks.explaining import Captured  # noqa: PLC0415

        captured = Captured()
        with connection.execute_wrapper(captured):
            self.request(path, cookie)
        return {
            "queries": len(captured.asked),
            "statements": [one.as_json() for one in captured.explained()],
        }

    def links(self, path: str, cookie: str = "") -> list[str]:
        """Where the page leads: what its rows are called by."""
        return sorted(set(re.findall(r'href="(/[^"?#]*/)"', self.request(path, cookie).decode())))

    def forget(self) -> dict[str, Any]:
        """Puts kept pages and parts out of use, as a change does: what is asked next is made anew."""
        from core import for_everyone  # noqa: PLC0415

        for_everyone.forget()
        return {}

    def empty(self) -> dict[str, Any]:
        """Empties the cache."""
        from django.core.cache import cache  # noqa: PLC0415

        cache.clear()
        return {}

    def old(self, way: str) -> dict[str, Any]:
        """The same of queries as they once were."""
        from benchmarks import old_ways  # noqa: PLC0415
        from benchmarks.explaining import Captured  # noqa: PLC0415

        for _turn in range(10):
            captured = Captured()
            with connection.execute_wrapper(captured):
                for rows in old_ways.WAYS[way]():
                    list(rows)
        statements = [one.as_json() for one in captured.explained()]
        return {"queries": len(statements), "statements": statements}

    def pages(self, *, more: bool = False) -> list[dict[str, Any]]:
        """All that are measured, each with the cookie of who looks at it; or the others that are looked at only."""
        from benchmarks import more_pages, pages  # noqa: PLC0415

        cookies: dict[int, str] = {0: ""}
        found = []
        for page in more_pages.more() if more else pages.pages():
            if page.user not in cookies:
                cookies[page.user] = _signed_in(page.user)
            found.append({**asdict(page), "cookie": cookies[page.user]})
        return found

    @staticmethod
    def _backend() -> int:
        connection.ensure_connection()
        return clock_of(connection.connection.info.backend_pid)


def _signed_in(user: int) -> str:
    from allauth.usersessions.models import UserSession  # noqa: PLC0415 - needs the apps
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    client, account = Client(), get_user_model().objects.get(pk=user)
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    # As the portal's own way in writes it beside the session.
    UserSession.objects.create(user=account, session_key=key, ip="127.0.0.1", user_agent="bench")
    return f"{settings.SESSION_COOKIE_NAME}={key}"


def main() -> None:
    """Answers until its input ends."""
    django.setup()
    worker = Worker()
    for line in sys.stdin:
        asked = json.loads(line)
        answer = getattr(worker, asked.pop("do"))(**asked)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
