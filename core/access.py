"""Answers to "may I?": a verdict that is false and says why."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an act is allowed; when it is not, the reason in words for a user."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOW = Verdict(True)


class Forbidden(PermissionDenied):
    """Raised by `require`; the 403 page shows `reason`."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


def deny(reason: str | Promise) -> Verdict:
    """A refusal; `reason` is a lazy translation, shown to the person refused."""
    return Verdict(False, reason)


def require(verdict: Verdict) -> None:
    """Let an allowed verdict pass, raise `Forbidden` otherwise."""
    if not verdict:
        raise Forbidden(verdict.reason)
