"""Requests that come at a rate of their own, however long earlier ones take, as the public does.

Written here, since users of a tool as locust wait for their answer before they ask again: when a server slows down they
slow down with it, and what those would have waited who came meanwhile is never seen. It also says when each came in
(`X-Request-Start`), as the proxy in front of the portal does.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.middleware.csrf import CSRF_SECRET_LENGTH, _mask_cipher_secret
from django.utils.crypto import get_random_string

LONGEST = 60.0  # seconds after which we ask no longer
WRITES = 0.1  # of all requests
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """`came` is when it was asked for, in seconds of the loader's clock; `status` is 0 for a broken line."""

    came: float
    seconds: float
    status: int
    says_when: bool
    path: str


@dataclass
class Public:
    """Those who come, to one port."""

    port: int
    reads: list[tuple[str, str]]
    writes: list[tuple[str, str]]
    chance: random.Random
    answers: list[Answer] = field(default_factory=list)
    written: list[str] = field(default_factory=list)  # texts that were taken with a yes

    async def come(self, rate: float, seconds: float) -> list[Answer]:
        """So many a second, at moments that chance gives; ends when all are answered."""
        end, asked, first = time.monotonic() + seconds, set(), len(self.answers)
        moment = time.monotonic()
        while moment < end:
            await asyncio.sleep(max(0.0, moment - time.monotonic()))
            task = asyncio.create_task(self._ask())
            asked.add(task)
            task.add_done_callback(asked.discard)
            moment += self.chance.expovariate(rate)
        if asked:
            await asyncio.wait(asked)
        return self.answers[first:]

    async def press_on(self, together: int, seconds: float) -> tuple[float, float]:
        """How many answers a second so many get who ask again at once, and how long one of them waits at most."""
        end, first = time.monotonic() + seconds, len(self.answers)

        async def one() -> None:
            while time.monotonic() < end:
                await self._ask()

        await asyncio.gather(*(one() for _turn in range(together)))
        got = self.answers[first:]
        return len(got) / seconds, max(answer.seconds for answer in got)

    async def _ask(self) -> None:
        writes = self.chance.random() < WRITES
        cookie, path = self.chance.choice(self.writes if writes else self.reads)
        text, body = "", b""
        headers = [f"X-Request-Start: t={time.time():.3f}"]
        if writes:
            secret = get_random_string(CSRF_SECRET_LENGTH)
            cookie += f"; csrftoken={secret}"
            text = get_random_string(20)
            body = urlencode({"csrfmiddlewaretoken": _mask_cipher_secret(secret), "text": text}).encode()
            headers += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        if cookie:
            headers.append(f"Cookie: {cookie}")
        came = time.monotonic()
        status, says_when = 0, False
        with contextlib.suppress(OSError, TimeoutError, ValueError):
            async with asyncio.timeout(LONGEST):
                status, says_when = await self._sent("POST" if writes else "GET", path, headers, body)
        self.answers.append(Answer(came, time.monotonic() - came, status, says_when, path))
        if text and status == 302:
            self.written.append(text)

    async def _sent(self, method: str, path: str, headers: list[str], body: bytes) -> tuple[int, bool]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers, "", ""]
            writer.write("\r\n".join(lines).encode() + body)
            head, _end, page = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
        length = LENGTH.search(head)
        if not head or (length and len(page) < int(length[1])):
            raise ConnectionError("the line was closed before the answer was there")
        return int(head.split(b" ", 2)[1]), b"\r\nretry-after:" in head.lower()
