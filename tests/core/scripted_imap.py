"""A mailbox on loopback with as much of IMAP as `core.mailbox` speaks, that misbehaves as it is told."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

PART = re.compile(rb"BODY\.PEEK\[\]<0\.(\d+)>")


@dataclass
class Box:
    """`messages` by number; `seen` are marked read. At a command that starts with `at` it does `fault`."""

    messages: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    password: str = "geheim"
    at: str = ""
    fault: str = ""
    given: list[int] = field(default_factory=list)  # bytes that were handed out, a message each
    _over: threading.Event = field(default_factory=threading.Event)
    _listens: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def url(self) -> str:
        return f"imap://ontvangst:geheim@127.0.0.1:{self._listens.getsockname()[1]}/INBOX"

    def serve(self) -> None:
        while not self._over.is_set():
            try:
                line, _address = self._listens.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def stop(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listens.shutdown(socket.SHUT_RDWR)
        self._listens.close()

    def _talk(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line, line.makefile("rb") as said:
            if self.at == "greeting" and self.fault == "stall":
                self._over.wait()
            line.sendall(b"* OK here\r\n")
            for command in said:
                tag, _space, rest = command.strip().partition(b" ")
                text = rest.decode()
                if self.at and text.upper().startswith(self.at):
                    if self.fault == "stall":
                        self._over.wait()
                    if self.fault in {"stall", "drop"}:
                        return
                    line.sendall(tag + b" NO as told\r\n")
                    continue
                line.sendall(self._answer(text) + tag + b" OK done\r\n")
                if text.upper().startswith("LOGOUT"):
                    return

    def _answer(self, text: str) -> bytes:
        verb = text.upper()
        if verb.startswith("CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1\r\n"
        if verb.startswith("SELECT"):
            return f"* {len(self.messages)} EXISTS\r\n".encode()
        if verb.startswith("UID SEARCH"):
            unread = [number for number in range(1, len(self.messages) + 1) if number not in self.seen]
            return f"* SEARCH {' '.join(map(str, unread))}\r\n".encode()
        if verb.startswith("UID FETCH"):
            number = int(text.split()[2])
            asked = PART.search(text.encode())
            content = self.messages[number - 1][: int(asked.group(1)) if asked else None]
            self.given.append(len(content))
            head = f"* {number} FETCH (UID {number} BODY[]<0> {{{len(content)}}}\r\n".encode()
            return head + content + b")\r\n"
        if verb.startswith("UID STORE"):
            self.seen.add(int(text.split()[2]))
        return b""


@contextlib.contextmanager
def mailbox() -> Iterator[Box]:
    box = Box()
    thread = threading.Thread(target=box.serve, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        box.stop()
        thread.join(5)
