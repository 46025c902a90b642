"""Log lines for machines: one JSON object each, with the request's id and nothing about people."""

import contextvars
import json
import logging
import re
from datetime import UTC, datetime

from django.core.exceptions import ImproperlyConfigured
from django.urls import Resolver404, resolve

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


# Those who write the address that was asked for, or the page one came from, into their lines.
WITH_ADDRESSES = ("django.request", "django.security", "django.server", "gunicorn")
ADDRESS = re.compile(
    r"(?P<site>https?://[^\s/\"']+|(?<![\w./:]))(?P<path>/[^\s\"'?#]*)(?P<rest>[?#][^\s\"']*)?"
)


class RouteFilter(logging.Filter):
    """Write the route where Django or gunicorn would write the address: addresses hold names, and tokens that open things.

    An address without a route becomes "/…": a link with its last sign lost still shows most of the token.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if any(record.name == name or record.name.startswith(f"{name}.") for name in WITH_ADDRESSES):
            record.msg = _without_addresses(record.msg)
            if isinstance(record.args, tuple):
                record.args = tuple(map(_without_addresses, record.args))
        return True


def _without_addresses(part: object) -> object:
    """The same with routes; a path that is given whole may hold spaces and quotes, which end one inside a sentence."""
    if isinstance(part, str) and part.startswith("/"):
        return _route(part)
    if isinstance(part, str | Exception):
        return ADDRESS.sub(lambda found: f"{found['site']}{_route(found['path'])}", str(part))
    return part


def _route(path: str) -> str:
    try:
        return f"/{resolve(re.split('[?#]', path)[0]).route}"
    except (Resolver404, ImproperlyConfigured, ImportError):
        return "/…"


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
