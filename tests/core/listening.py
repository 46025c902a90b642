"""A server on loopback that talks to whoever comes, each in a thread of its own, until it is stopped."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar


@dataclass
class Listening:
    """`talk` is what it does on a line; while it waits for something it waits for `over`."""

    over: threading.Event = field(default_factory=threading.Event, kw_only=True)
    listens: socket.socket = field(
        default_factory=lambda: socket.create_server(("127.0.0.1", 0)), kw_only=True
    )

    @property
    def port(self) -> int:
        return int(self.listens.getsockname()[1])

    def talk(self, line: socket.socket) -> None:
        raise NotImplementedError

    def serve(self) -> None:
        while not self.over.is_set():
            try:
                line, _address = self.listens.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(line,), daemon=True).start()

    def stop(self) -> None:
        self.over.set()
        with contextlib.suppress(OSError):
            self.listens.shutdown(socket.SHUT_RDWR)
        self.listens.close()


S = TypeVar("S", bound=Listening)


@contextlib.contextmanager
def listening(server: S) -> Iterator[S]:
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(5)
