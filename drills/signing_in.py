"""People who sign in at a portal one after the other, and what they see: a yes is a session that must be there after."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

WRITERS = 3
Login = tuple[float, str]


@dataclass
class Seen:
    """What the people saw."""

    yes: list[Login] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    slow: float = 0.0


class Browser:
    """One that signs in: gets the form, sends it, and is in when it has a session."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, path: str, body: str = "", cookies: str = "") -> tuple[int, str, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {"Cookie": cookies, "Referer": f"http://127.0.0.1:{self.port}/"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            given = "; ".join(line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or [])
            return answer.status, text, given, answer.headers.get("Retry-After", "")
        finally:
            connection.close()

    def sign_in(self, email: str, password: str) -> tuple[int, str]:
        """The answer, and the key of the session that it gave."""
        status, text, cookies, _later = self.ask("GET", "/account/inloggen/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        if status != 200 or not token:
            return status, ""
        form = urlencode({"csrfmiddlewaretoken": token[1], "login": email, "password": password})
        status, _text, given, _later = self.ask("POST", "/account/inloggen/", form, cookies)
        session = re.search(r"sessionid=(\w+)", given)
        return status, session[1] if status == 302 and session else ""


@contextmanager
def people(port: int, emails: list[str], password: str, seen: Seen) -> Iterator[None]:
    """Who sign in one after the other, all the time."""
    stop, lock = threading.Event(), threading.Lock()

    def sign_in(number: int) -> None:
        browser, turn = Browser(port), number
        while not stop.is_set():
            began, turn = time.monotonic(), turn + WRITERS
            try:
                status, session = browser.sign_in(emails[turn % len(emails)], password)
                told = str(status)
            except (OSError, http.client.HTTPException) as error:
                session, told = "", type(error).__name__
            with lock:
                seen.answers[told] += 1
                seen.slow = max(seen.slow, time.monotonic() - began)
                if session:
                    seen.yes.append((time.monotonic(), session))
            time.sleep(0.05 if session else 0.3)

    threads = [threading.Thread(target=sign_in, args=(number,), daemon=True) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(20)
