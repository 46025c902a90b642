"""A server that takes connections and never says a word: the worst way to be away."""

import socket
import threading


class SilentServer:
    """Listens on `port`; `asked` is how often someone connected."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._held: list[socket.socket] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "SilentServer":
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        for held in [self._listener, *self._held]:
            held.close()

    @property
    def asked(self) -> int:
        return len(self._held)

    def _listen(self) -> None:
        while True:
            try:
                self._held.append(self._listener.accept()[0])
            except OSError:
                return
