"""A mail server of the drills, in a process of its own: takes all, and writes down which mails it had whole, and when.

`python -c "from drills import mail_sink; mail_sink.main()" <port> <log> <seconds it thinks about a mail>`
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import sys
import threading
import time
from typing import Any

BEGIN = "from drills import mail_sink; mail_sink.main()"
MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.MULTILINE | re.IGNORECASE)


def main() -> None:
    """Serve until it is killed."""
    port, log, pause = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
    listens = socket.create_server(("127.0.0.1", port), reuse_port=True)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    while True:
        line, _address = listens.accept()
        threading.Thread(target=_talk, args=(line, written, pause), daemon=True).start()


def _talk(line: socket.socket, log: int, pause: float) -> None:
    with contextlib.suppress(OSError), line, line.makefile("rb") as said:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(b"220 drill\r\n")
        for command in said:
            verb = command[:4].upper()
            if verb == b"DATA":
                line.sendall(b"354 go on\r\n")
                _take(said, log)
                time.sleep(pause)
            line.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 OK\r\n")
            if verb == b"QUIT":
                return


def _take(said: Any, log: int) -> None:
    """One write a mail, so that lines never run through each other and a kill loses none that was answered."""
    head, is_head = [], True
    for row in said:
        if row == b".\r\n":
            break
        is_head = is_head and row != b"\r\n"
        if is_head:
            head.append(row)
    found = MESSAGE_ID.search(b"".join(head))
    os.write(log, b"%f %s\n" % (time.time(), found.group(1) if found else b"none"))
