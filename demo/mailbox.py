"""The mails that the demo's SMTP catcher kept, newest first."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class CaughtMail:
    name: str
    received_at: datetime
    to: str
    subject: str
    text: str


def caught_mails(limit: int = 200) -> list[CaughtMail]:
    return [_read(file) for file in sorted(_folder().glob("*.eml"), reverse=True)[:limit]]


def caught_mail(name: str) -> CaughtMail | None:
    """`name` comes from an address: only a name that the folder lists is opened."""
    return next((_read(file) for file in _folder().glob("*.eml") if file.stem == name), None)


def _folder() -> Path:
    folder: Path = settings.DEMO_MAIL_DIR
    return folder


def _read(file: Path) -> CaughtMail:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what policy.default makes
    body = message.get_body(("plain",))
    return CaughtMail(
        name=file.stem,
        received_at=datetime.fromtimestamp(int(file.stem.split("-")[0]) / 1e9, UTC),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=str(body.get_content()) if body else "",
    )
