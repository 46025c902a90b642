"""What an answer of a mail server, or a delivery report, says is wrong with a mail: one of few reasons (RFC 3463)."""

from __future__ import annotations

import re

from core.outgoing import OutgoingMail

Trouble = OutgoingMail.Trouble
ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
CODE = re.compile(r"\s*([245]\d\d)\b")
# Class 5 alone: with class 4 the same words say that it may still come.
NO_ADDRESS = {("1", "0"), ("1", "1"), ("1", "2"), ("1", "3"), ("1", "6"), ("1", "10"), ("2", "1"), ("4", "4")}
FULL = {("2", "2"), ("2", "3")}
BARE_NO_ADDRESS = {"550", "551", "553"}  # of servers that tell no more, when the address was named
BARE_FULL = {"552", "452"}


def of_status(text: str) -> OutgoingMail.Trouble | None:
    """Of a status as "5.1.1", anywhere in a text; none when there is none."""
    found = ENHANCED.search(text)
    if found is None:
        return None
    detail = found.group(2), found.group(3)
    if detail in FULL:
        return Trouble.FULL
    if found.group(1) == "4":
        return Trouble.NOT_YET
    return Trouble.NO_ADDRESS if detail in NO_ADDRESS else Trouble.REFUSED


def of_answer(text: str, *, at_address: bool = False) -> OutgoingMail.Trouble:
    """Of a whole answer as "550 5.1.1 no such user"; `at_address` when it was given to the address itself."""
    known = of_status(text[:200])
    code = found.group(1) if (found := CODE.match(text)) else ""
    if known is not None and code[:1] != "5" and known != Trouble.FULL:
        return Trouble.NOT_YET
    if known is not None:
        return known
    if code in BARE_FULL:
        return Trouble.FULL
    if code[:1] == "5":
        return Trouble.NO_ADDRESS if at_address and code in BARE_NO_ADDRESS else Trouble.REFUSED
    return Trouble.NOT_YET


def of_return(text: str) -> OutgoingMail.Trouble:
    """Of what came back for good, as "550 5.1.1" or a status alone: also "not yet" is over then."""
    known = of_status(text) or of_answer(text, at_address=True)
    return Trouble.REFUSED if known == Trouble.NOT_YET and CODE.match(text) and text[:1] == "5" else known
