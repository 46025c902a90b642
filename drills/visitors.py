"""People of the demo who use a running site over HTTP, each with a browser's cookies: for drills that look from outside."""

from __future__ import annotations

import contextlib
import http.client
import http.cookiejar
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from lxml.html import FormElement, document_fromstring

LONGEST = 80  # seconds after which we ask no longer


@dataclass(frozen=True)
class Answer:
    """One answer: when it was asked for and how long it took, in seconds; `status` is 0 for a broken line."""

    asked_at: float
    seconds: float
    path: str
    status: int
    says_when: bool = False
    is_write: bool = False
    leads_to: str = ""
    text: str = field(default="", repr=False, compare=False)


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer too."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


class Visitor:
    """One browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: list[Answer] = []
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar), _Stay)

    def sign_in(self, person: str) -> Visitor:
        """By the button of the demo, before anything is amiss."""
        answer = self.sends("/demo/", {"person": person})
        assert answer.status == 302, f"{person} cannot sign in: {answer.status}"
        return self

    def opens(self, path: str) -> Answer:
        return self._ask(path)

    def follows(self, path: str) -> str:
        """The address of the page to which this one leads."""
        answer = self.opens(path)
        return self.follows(answer.leads_to) if answer.leads_to else path

    def cookies(self) -> str:
        """As the header of a request."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    def sends(
        self, path: str, values: Mapping[str, str], *, files: Mapping[str, bytes] | None = None
    ) -> Answer:
        """The form of a page with these fields filled in; the answer to the page where it did not come."""
        page = self.opens(path)
        if page.status != 200:
            return page
        form = _form_with(page.text, next(iter(values)))
        fields = [(name, text or "") for name, text in form.form_values() if name not in values]
        fields += values.items()
        target = urlsplit(urljoin(path, form.action or path)).path
        if files is None:
            return self._ask(target, urlencode(fields).encode())
        kind, body = _multipart(fields, files)
        return self._ask(target, body, kind)

    def _ask(
        self, path: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded"
    ) -> Answer:
        request = urllib.request.Request(f"{self.url}{path}", body)
        if body is not None:
            request.add_header("Content-Type", kind)
        began = time.monotonic()
        status, says_when, text, leads_to = 0, False, "", ""
        # Also a line that breaks halfway a page, of whatever status, is no answer.
        with contextlib.suppress(OSError, http.client.HTTPException):
            try:
                with self._opener.open(request, timeout=LONGEST) as response:
                    text, status = response.read().decode(errors="replace"), response.status
            except urllib.error.HTTPError as error:
                text, status = error.read().decode(errors="replace"), error.code
                says_when, leads_to = (
                    bool(error.headers.get("Retry-After")),
                    error.headers.get("Location", ""),
                )
        taken = time.monotonic() - began
        answer = Answer(began, taken, path, status, says_when, body is not None, leads_to, text)
        # Kept is what refuses; thousands of pages would fill memory.
        self.answers.append(answer if status >= 400 or body is not None else replace(answer, text=""))
        return answer


def _form_with(page: str, name: str) -> FormElement:
    forms: list[FormElement] = document_fromstring(page).forms
    return next(form for form in forms if name in form.fields)


def _multipart(fields: list[tuple[str, str]], files: Mapping[str, bytes]) -> tuple[str, bytes]:
    line = uuid.uuid4().hex
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in fields
    ]
    for name, content in files.items():
        head = f'--{line}\r\nContent-Disposition: form-data; name="{name}"; filename="werk.png"\r\n'
        parts.append(f"{head}Content-Type: image/png\r\n\r\n".encode() + content + b"\r\n")
    return f"multipart/form-data; boundary={line}", b"".join([*parts, f"--{line}--\r\n".encode()])


class Crowd:
    """Visitors who do something each, over and over, until it is enough."""

    def __init__(self) -> None:
        self.visitors: list[Visitor] = []
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._stopped_by: list[Exception] = []

    def add(self, visitor: Visitor, act: Callable[[int], object], *, pause: float) -> None:
        """`act` gets the number of the turn."""
        self.visitors.append(visitor)
        self._threads.append(threading.Thread(target=self._use, args=(act, pause), daemon=True))

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> list[Answer]:
        """All answers, in the order of their asking. Raises what stopped a visitor: with one less, less is seen."""
        self._over.set()
        for thread in self._threads:
            thread.join(LONGEST + 10)
        if self._stopped_by:
            raise self._stopped_by[0]
        return sorted(
            (one for visitor in self.visitors for one in visitor.answers), key=lambda one: one.asked_at
        )

    def _use(self, act: Callable[[int], object], pause: float) -> None:
        turn = 0
        while not self._over.is_set():
            try:
                act(turn)
            except Exception as error:  # told where the crowd is stopped
                self._stopped_by.append(error)
                return
            turn += 1
            self._over.wait(pause)
