"""A mailbox on loopback with as much of IMAP as `core.mailbox` speaks, that misbehaves as it is told."""

from __future__ import annotations

import contextlib
import re
import socket
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from tests.core.listening import Listening, listening

PART = re.compile(rb"BODY\.PEEK\[\]<0\.(\d+)>")


@dataclass
class Box(Listening):
    """`messages` by number; `seen` are marked read. At a command that starts with `at` it does `fault`."""

    messages: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    password: str = "geheim"
    at: str = ""
    fault: str = ""
    given: list[int] = field(default_factory=list)  # bytes that were handed out, a message each

    @property
    def url(self) -> str:
        return f"imap://ontvangst:geheim@127.0.0.1:{self.port}/INBOX"

    def talk(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line, line.makefile("rb") as said:
            if self.at == "greeting" and self.fault == "stall":
                self.over.wait()
            line.sendall(b"* OK here\r\n")
            for command in said:
                tag, _space, rest = command.strip().partition(b" ")
                text = rest.decode()
                if self.at and text.upper().startswith(self.at):
                    if self.fault == "stall":
                        self.over.wait()
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


def mailbox() -> AbstractContextManager[Box]:
    return listening(Box())
