"""Our own mistakes are told to someone: by mail to `ERRORS_TO`, to Sentry by `SENTRY_DSN`; where neither is set, to nobody.

A report leaves the house, so it says where it went wrong and nothing more: the kind of error, the lines of code, the page by
its name and the id under which the log has the rest. No words of the error, no values, no address, no person.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

import sentry_sdk
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from sentry_sdk.transport import HttpTransport

from core import jobs
from portal import logs, metrics

logger = logging.getLogger(__name__)

AGAIN_AFTER = 3600.0  # seconds before the same mistake is told again
PAUSE = 60.0  # seconds for which nothing is told after a report that did not go
MOST_AN_HOUR = 20  # kinds of mistakes that a process tells of
PATIENCE = 2  # seconds that a visitor waits for it
KEPT = (
    "event_id",
    "timestamp",
    "platform",
    "level",
    "exception",
    "tags",
    "release",
    "environment",
    "server_name",
    "sdk",
)
_lock = threading.Lock()
_told: dict[str, float] = {}
_pause = {"until": 0.0}


def tell(error: BaseException, where: str) -> bool:
    """Whether someone was told of it, now or within the last hour. `where` is the name of a page or task.

    One after the other, and nobody waits longer than `PATIENCE`: just after a report that did not go nobody is told.
    """
    until = time.monotonic() + PATIENCE
    is_told = False
    if _lock.acquire(timeout=PATIENCE):
        try:
            is_told = _tell(error, where, until)
        finally:
            _lock.release()
    metrics.errors.labels(where, "yes" if is_told else "no").inc()
    return is_told


def _tell(error: BaseException, where: str, until: float) -> bool:
    if not (settings.ERRORS_TO or settings.SENTRY_DSN):
        return False
    kind, now = _kind(error), time.monotonic()
    for old in [one for one, at in _told.items() if now - at > AGAIN_AFTER]:
        del _told[old]
    if kind in _told or len(_told) >= MOST_AN_HOUR or now < _pause["until"]:
        return kind in _told
    if _in_time(lambda: _to_sentry(error, where) | _by_mail(error, where), until - now):
        _told[kind] = now
        return True
    _pause["until"] = time.monotonic() + PAUSE
    return False


def _in_time(told: Callable[[], bool], seconds: float) -> bool:
    """What it gives within so many seconds, however long each answer to it takes; no, when it takes longer."""
    given: list[bool] = []
    context = copy_context()
    thread = threading.Thread(target=lambda: given.append(context.run(told)), daemon=True)
    thread.start()
    thread.join(max(0.0, seconds))
    return bool(given) and given[0]


def tell_of_work(error: BaseException, work: str, **_more: Any) -> None:
    """Tell of work by the clock that broke off, and of each part of it that did."""
    for fault in jobs.faults_of(error):
        tell(fault, work)


def begin() -> None:
    """Once in a process."""
    jobs.broke_off.connect(tell_of_work, dispatch_uid="portal.tell_of_work")
    if settings.SENTRY_DSN:
        sentry_sdk.init(
            settings.SENTRY_DSN,
            transport=_Transport,
            default_integrations=False,  # nothing is taken along by itself, of requests least of all
            auto_enabling_integrations=False,
            include_local_variables=False,
            max_breadcrumbs=0,
            before_send=without_people,
            shutdown_timeout=0,
        )


def without_people(event: Any, _hint: Any) -> Any:
    """The same event with nothing but where it went wrong."""
    left = {name: event[name] for name in KEPT if name in event}
    for value in left.get("exception", {}).get("values", []):
        value["value"] = ""
        for frame in value.get("stacktrace", {}).get("frames", []):
            frame.pop("vars", None)
    return left


class _Transport(HttpTransport):
    """Remembers whether something did not arrive."""

    has_lost = False

    def on_dropped_event(self, _reason: str) -> None:
        self.has_lost = True


def _to_sentry(error: BaseException, where: str) -> bool:
    transport = sentry_sdk.get_client().transport
    if not settings.SENTRY_DSN or not isinstance(transport, _Transport):
        return False
    transport.has_lost = False
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("where", where)
        scope.set_tag("request", logs.request_id.get())
        identity = sentry_sdk.capture_exception(error)
    late: list[int] = []
    sentry_sdk.get_client().flush(PATIENCE, callback=lambda pending, _seconds: late.append(pending))
    return bool(identity) and not transport.has_lost and not any(late)


def _by_mail(error: BaseException, where: str) -> bool:
    if not settings.ERRORS_TO:
        return False
    ours = settings.EMAIL_BACKEND
    # Not by the outbox: the database may be what is wrong. Nor for as long as a mail of the outbox may take.
    backend = "django.core.mail.backends.smtp.EmailBackend" if ours == "core.smtp.EmailBackend" else ours
    mail = EmailMessage(
        f"Leerpact: {type(error).__name__} in {where}",
        f"{settings.SITE_URL}\n{where}\nrequest {logs.request_id.get()}\n\n{_lines(error)}",
        settings.SERVER_EMAIL,
        settings.ERRORS_TO,
        connection=get_connection(backend, timeout=PATIENCE),
    )
    try:
        return bool(mail.send())
    except OSError as trouble:  # what smtplib raises is one too
        logger.warning("A report of an error was not sent: %s", type(trouble).__name__)
        return False


def _lines(error: BaseException) -> str:
    """Where it went wrong, the cause first, without what was said."""
    parts: list[str] = []
    here: BaseException | None = error
    while here is not None:
        frames = traceback.format_tb(here.__traceback__)
        parts.insert(0, "".join([*frames, type(here).__module__, ".", type(here).__name__]))
        here = here.__cause__ or here.__context__
    return "\n\nand then\n".join(parts)


def _kind(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {last}"
