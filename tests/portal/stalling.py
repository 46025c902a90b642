"""A line to a server that can be made silent, as one that is stopped: what is sent is taken, and nothing comes."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


class StallingLine:
    """Passes on what comes in at `port` to a server on loopback and back, while `goes` is set."""

    def __init__(self, to: int) -> None:
        self.goes = threading.Event()
        self.goes.set()
        self._to = to
        self._over = False
        self._listens = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listens.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        self._over = True
        self.goes.set()
        with contextlib.suppress(OSError):
            self._listens.shutdown(socket.SHUT_RDWR)
        self._listens.close()

    def _serve(self) -> None:
        while not self._over:
            try:
                near, _address = self._listens.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near: socket.socket) -> None:
        self.goes.wait()
        with contextlib.suppress(OSError):
            far = socket.create_connection(("127.0.0.1", self._to))
            threading.Thread(target=self._pass_on, args=(far, near), daemon=True).start()
            self._pass_on(near, far)

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError), source, target:
            while piece := source.recv(65536):
                self.goes.wait()
                target.sendall(piece)


@contextlib.contextmanager
def stalling_line(to: int) -> Iterator[StallingLine]:
    line = StallingLine(to)
    try:
        yield line
    finally:
        line.stop()
