"""A virus scanner that speaks as clamd does, on a port of its own, and finds what the tests plant."""

from __future__ import annotations

import socketserver
import struct
from threading import Thread
from types import TracebackType
from typing import Self

PLANTED = b"a planted virus, for the tests alone"


class Scanner:
    """Answers INSTREAM while it is open; `answer` replaces what it says."""

    def __init__(self) -> None:
        self.answer = b""
        self.seen = 0
        scanner = self

        class Line(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                if self.rfile.read(10) != b"zINSTREAM\0":
                    return
                content = b""
                while size := struct.unpack(">I", self.rfile.read(4))[0]:
                    content += self.rfile.read(size)
                scanner.seen += 1
                found = b"stream: Planted FOUND" if PLANTED in content else b"stream: OK"
                self.wfile.write((scanner.answer or found) + b"\0")

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def address(self) -> str:
        """What the setting CLAMD says."""
        return f"tcp://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
