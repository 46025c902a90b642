"""The demo is for the person at this machine; and it tells the tests how much a page asks of the database."""

from collections import Counter
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from demo import mark


class LoopbackOnlyMiddleware:
    """Refuses to start on a database without the demo's mark, and to answer anyone from elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not mark.is_marked():
            raise ImproperlyConfigured(
                "settings.demo: this database carries no demo mark (seed_demo writes it)"
            )
        connection.close()  # gunicorn forks after this: workers must not share a connection
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from_here = ip_address(request.META["REMOTE_ADDR"]).is_loopback
        if not from_here or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
            return HttpResponseForbidden("The demo answers this machine only.", content_type="text/plain")
        return self.get_response(request)


class QueryCountMiddleware:
    """The number of queries of a page, and how often it asks the same, as Server-Timing entries that a browser shows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked: Counter[str] = Counter()

        def counted(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
            asked[sql] += 1
            return execute(sql, *arguments)

        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        counts = {"queries": asked.total(), "alike": max(asked.values(), default=0)}
        response.headers["Server-Timing"] = ", ".join(f'{name};desc="{n}"' for name, n in counts.items())
        return response
