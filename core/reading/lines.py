"""Several things read from a text, a line each."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def on_line(number: int, fault: ValidationError) -> ValidationError:
    """The same fault, with the line that it is about, counted from 1."""
    return ValidationError(
        _("Line %(number)d: %(why)s"), params={"number": number, "why": " ".join(fault.messages)}
    )
