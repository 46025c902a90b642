"""A mail server on loopback that misbehaves as it is told, at the moment and to the mails it is told."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from tests.core.listening import Listening, listening

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
RESET = struct.pack("ii", 1, 0)


@dataclass
class Scripted(Listening):
    """At `moment` ("greeting", "mail", "rcpt", "data", "dot") it does `fault`: a code to answer, "stall" or "reset".

    Only to mails for an address in `at`, or to all when that is empty. `taken` are the Message-IDs of the mails it had
    whole, `answered` those to which it said 250.
    """

    moment: str = ""
    fault: str = ""
    at: set[str] = field(default_factory=set)
    pause: float = 0  # seconds that it thinks about a mail it has whole
    taken: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)

    def talk(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line, line.makefile("rb") as said:
            reader = ""
            answer = self._answer(line, "greeting", reader, "220 here")
            while answer:
                line.sendall(answer)
                command = said.readline()
                verb = command[:4].lower().decode()
                if verb == "rcpt":
                    reader = command.split(b"<")[1].split(b">")[0].decode()
                answer = self._answer(line, verb, reader, "354 go on" if verb == "data" else "250 OK")
                if verb == "data" and answer.startswith(b"354"):
                    line.sendall(answer)
                    answer = self._take(line, said, reader)
                elif verb in {"quit", ""}:
                    return

    def _take(self, line: socket.socket, said: Any, reader: str) -> bytes:
        found = MESSAGE_ID.search(b"".join(iter(said.readline, b".\r\n")))
        assert found
        name = found.group(1).decode()
        self.taken.append(name)
        self.over.wait(self.pause)
        answer = self._answer(line, "dot", reader, "250 OK")
        if answer.startswith(b"250"):
            self.answered.append(name)
        return answer

    def _answer(self, line: socket.socket, moment: str, reader: str, usual: str) -> bytes:
        """What is said at this moment; nothing when the line is dead."""
        if moment != self.moment or (self.at and reader not in self.at):
            return f"{usual}\r\n".encode()
        if self.fault == "stall":
            self.over.wait()
        elif self.fault == "reset":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        else:
            return f"{self.fault} as told\r\n".encode()
        return b""


def scripted() -> AbstractContextManager[Scripted]:
    return listening(Scripted())
