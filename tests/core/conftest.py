"""A mail server that answers as told."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller


@dataclass
class Script:
    """What the server says to RCPT and DATA, and what it took."""

    rcpt: dict[str, str] = field(default_factory=dict)
    data: str = "250 OK"
    pause: float = 0
    drop: bool = False  # break the line after taking a mail, before saying so
    messages: list[Message] = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options) -> str:
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope) -> str:
        await asyncio.sleep(self.pause)
        if self.data.startswith("250"):
            self.messages.append(message_from_bytes(envelope.content))
        if self.drop:
            server.transport.abort()
        return self.data

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.messages]


class AnyPort(Controller):
    """A controller that lets the system choose the port."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def smtp(settings: Any, socket_enabled: None) -> Iterator[Script]:
    script = Script()
    controller = AnyPort(script, hostname="127.0.0.1", port=0, ready_timeout=10)
    controller.start()
    settings.EMAIL_BACKEND = "core.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 20  # a busy machine is no silent server
    try:
        yield script
    finally:
        controller.stop(no_assert=True)
