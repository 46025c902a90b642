"""A visitor of a drill tells every answer as it came, also half of one; and one who stops looking is no silence."""

import socket
import threading
from contextlib import contextmanager

import pytest

from drills.visitors import Crowd, Visitor


@contextmanager
def saying(said: bytes):
    """A server that says this to everyone, and then closes the line."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    line, _from = server.accept()
                except OSError:
                    return
                with line:
                    line.recv(65536)
                    line.sendall(said)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole", 200),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", 0),
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nwhole", 503),
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 9\r\n\r\nhalf", 0),
        (b"nonsense\r\n\r\n", 0),
        (b"", 0),
    ],
    ids=["page", "half a page", "busy", "half of busy", "nonsense", "closed line"],
)
def test_every_answer_is_told(said, status):
    with saying(said) as url:
        visitor = Visitor(url)
        assert visitor.opens("/").status == status
    assert [one.status for one in visitor.answers] == [status]


def test_a_visitor_who_cannot_go_on_ends_the_drill():
    def stumbles(_turn: int) -> None:
        raise LookupError("no such form")

    crowd = Crowd()
    crowd.add(Visitor("http://127.0.0.1"), stumbles, pause=0.01)
    crowd.start()
    with pytest.raises(LookupError, match="no such form"):
        crowd.stop()
