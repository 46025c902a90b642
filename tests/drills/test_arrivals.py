"""Who comes in the load drill hears what the portal says, and when; a line that breaks is heard too."""

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from drills.load.arrivals import Public


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", (200, False)),
        (b"HTTP/1.1 500 Error\r\n\r\n", (500, False)),
        (b"HTTP/1.1 503 Busy\r\nRetry-After: 5\r\n\r\n", (503, True)),
        (b"HTTP/1.1 503 Busy\r\n\r\n", (503, False)),
        (b"", (0, False)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", (0, False)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole", (200, False)),
    ],
    ids=["well", "error", "busy", "busy for ever", "closed line", "half a page", "whole page"],
)
def test_who_comes_is_answered_and_timed(said, seen):
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.2)
        writer.write(said)
        writer.close()

    async def come() -> list:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            public = Public(port, [("", "/")], [("", "/")], random.Random(1))
            return await public.come(50, 0.5)

    # In a thread of its own: in this one the browser's tests may have left their loop running.
    with ThreadPoolExecutor(1) as apart:
        answers = apart.submit(asyncio.run, come()).result()
    assert len(answers) > 5
    assert {(one.status, one.says_when) for one in answers} == {seen}
    assert all(one.seconds >= 0.2 for one in answers)
