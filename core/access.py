"""Answers to "may I?": a verdict that is false and says why, in two grades."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an act is allowed; when it is not, the reason in words for a user.

    `is_final` tells the two grades of a refusal apart: an act that is never this person's (the answer is 403), and
    one that is, but not in the state in which things are now (the answer is a message).
    """

    allowed: bool
    reason: str | Promise = ""
    is_final: bool = False

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
    """The act is never this person's; `reason` is a lazy translation, shown to the person refused."""
    return Verdict(False, reason, is_final=True)


def not_now(reason: str | Promise) -> Verdict:
    """The act is this person's, but not as things stand now; `reason` is a lazy translation."""
    return Verdict(False, reason)


def require(verdict: Verdict) -> None:
    """Let an allowed verdict pass, raise `Forbidden` otherwise: for pages that only some may open."""
    if not verdict:
        raise Forbidden(verdict.reason)


def ensure(verdict: Verdict) -> None:
    """Let an allowed verdict pass, raise `ValidationError` with its reason otherwise.

    For services, which ask the rule again under their lock: what held when the page was made may have changed.
    """
    if not verdict:
        raise ValidationError(str(verdict.reason))
