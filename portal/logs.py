"""Log lines for machines: one JSON object each, with the request's id and nothing about people."""

import contextvars
import json
import logging
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from django.core.exceptions import ImproperlyConfigured
from django.urls import Resolver404, resolve

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


ADDRESS = re.compile(
    r"(?P<site>https?://[^\s/\"']+|(?<![\w./:]))(?P<path>/[^\s\"'?#]*)(?P<rest>[?#][^\s\"']*)?"
)
MAILBOX = re.compile(r"[^\s@<>\"'(){},:;=]+@[\w-]+(?:\.[\w-]+)+")
_FRAME = ("Traceback ", " ")


class PrivateFilter(logging.Filter):
    """No line holds an address that opens something or tells who is meant, whoever writes it.

    The route stands where the address of a page would stand: addresses hold names, and tokens that open things. One
    without a route becomes "/…": a link with its last sign lost still shows most of the token. Of a traceback the frames
    stay and the first line of what went wrong: a database goes on with the values that it refused.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _private(record.msg)
        if isinstance(record.args, Mapping):
            record.args = {name: _private(value) for name, value in record.args.items()}
        elif isinstance(record.args, tuple):
            record.args = tuple(map(_private, record.args))
        if record.exc_info and not record.exc_text:
            record.exc_text = "\n".join(_told(logging.Formatter().formatException(record.exc_info)))
        return True


def _told(traceback: str) -> Iterator[str]:
    """The lines of a traceback, but those of a message after its first one."""
    in_message = False
    for line in traceback.splitlines():
        if not line or line.startswith(_FRAME) or line.endswith("exception:"):
            in_message = False
            yield line
        elif not in_message:
            in_message = True
            yield str(_private(line))


def _private(part: object) -> object:
    """The same with routes; a path that is given whole may hold spaces and quotes, which end one inside a sentence."""
    if isinstance(part, str) and part.startswith("/"):
        return _route(part)
    if isinstance(part, str | Exception):
        text = ADDRESS.sub(lambda found: f"{found['site']}{_route(found['path'])}", str(part))
        return MAILBOX.sub("…@…", text)
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
            line["traceback"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
