"""A server that does not answer is left alone for a while."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PAUSE = 10.0  # seconds


@dataclass
class Rest:
    """Whether a server that may be away is asked now: its silence costs one time-out, not one for every question.

    Ask `is_on` first; say afterwards that it `failed` or `answered`. One for a server in each process.
    """

    seconds: float
    _until: float = field(default=0.0, init=False)  # on the clock of the machine; 0 while the server answers

    def is_on(self) -> bool:
        """Whether to leave it alone. When a rest is over one caller tries, and the others rest on meanwhile."""
        if not self._until:
            return False
        now = time.monotonic()
        if now < self._until:
            return True
        self._until = now + self.seconds
        return False

    def failed(self) -> None:
        """No answer: the rest begins."""
        self._until = time.monotonic() + self.seconds

    def answered(self) -> None:
        """It is back."""
        self._until = 0.0


_rests: dict[str, Rest] = defaultdict(lambda: Rest(PAUSE))


def of(url: str) -> Rest:
    """The rest of the server at this address: whatever it is asked for in this process, its silence is found out once."""
    return _rests[urlsplit(url).netloc]
