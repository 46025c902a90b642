"""The mails that a running site sent, read from its catcher."""

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path


class Mailbox:
    """The mails that the site's worker really sent over SMTP."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: dict[Path, EmailMessage] = {}  # each is read once: a journey makes hundreds

    def all(self, to: str = "") -> list[EmailMessage]:
        for file in self.folder.glob("*.eml"):
            if file not in self.read:
                mail = message_from_bytes(file.read_bytes(), policy=policy.default)
                assert isinstance(mail, EmailMessage)
                self.read[file] = mail
        return [mail for _file, mail in sorted(self.read.items()) if to in str(mail["To"])]

    def wait_for(self, to: str, subject: str = "", seconds: float = 30) -> EmailMessage:
        """The newest mail to that address whose subject contains the words; waits for it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for mail in reversed(self.all(to)):
                if subject in str(mail["Subject"]):
                    return mail
            time.sleep(0.2)
        raise AssertionError(
            f"no mail to {to} about {subject!r}; there are {[str(m['Subject']) for m in self.all()]}"
        )

    def link(self, to: str, subject: str = "") -> str:
        """The first address in that mail's text."""
        body = self.wait_for(to, subject).get_body(("plain",))
        assert body is not None
        found = re.search(r"https?://\S+", body.get_content())
        assert found is not None
        return found.group().rstrip(".,)")
