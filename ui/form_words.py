"""What forms say of a fault: our words in place of Django's, but never in place of what a form wrote itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise, lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

REQUIRED_WORDS: tuple[tuple[type[forms.Field], Promise], ...] = (
    (forms.FileField, _("Choose a file.")),
    (forms.BooleanField, _("Tick this box to continue.")),
    (forms.ModelChoiceField, _("Make a choice.")),
    (forms.ChoiceField, _("Make a choice.")),
    (forms.DateField, _("Fill in a date.")),
    (forms.Field, _("Fill in this field.")),
)
FILL_IN = _("Fill in “{label}”.")
INVALID_WORDS: tuple[tuple[type[forms.Field], Promise], ...] = (
    (forms.DateField, _("Fill in a date that exists, for example 26-11-2026.")),
    (forms.TimeField, _("Fill in a time, for example 14:00.")),
    (forms.DecimalField, _("Fill in a number, for example 7.5.")),
    (forms.IntegerField, _("Fill in a whole number.")),
    (forms.URLField, _("Fill in a whole web address, starting with https://.")),
)
CHOICE_WORDS: tuple[tuple[type[forms.Field], Promise], ...] = (
    (forms.ModelChoiceField, _("This choice is not possible any more. Choose again.")),
    (forms.ChoiceField, _("This choice is not possible any more. Choose again.")),
)
WORDS = (
    ("required", REQUIRED_WORDS),
    ("invalid", INVALID_WORDS),
    ("invalid_choice", CHOICE_WORDS),
    ("invalid_pk_value", CHOICE_WORDS),
)
LIMIT_WORDS: dict[str, Promise] = {
    "min_value": _("Fill in %(limit_value)s or more."),
    "max_value": _("Fill in %(limit_value)s or less."),
    "min_length": _("Use at least %(limit_value)d characters; there are %(show_value)d now."),
    "max_digits": _("Use at most %(max)s digits."),
    "max_whole_digits": _("Use at most %(max)s digits before the decimal point."),
    "max_decimal_places": _("Use at most %(max)s digits after the decimal point."),
    "max_length": _("Use at most %(limit_value)d characters; there are %(show_value)d now."),
}


def speak(field: forms.Field) -> None:
    """Replace Django's usual messages, but none that a form wrote itself."""
    for code, limit in LIMIT_WORDS.items():  # a validator's own message gives way to the field's
        if not isinstance(field, forms.FileField):
            field.error_messages.setdefault(code, limit)  # type: ignore[arg-type]  # a lazy text is printed like any
    for code, words in WORDS:
        # There is none where a validator speaks, as for an email address.
        usual = _usual_messages(type(field)).get(code)
        if field.error_messages.get(code) is usual:
            word = next((text for kind, text in words if isinstance(field, kind)), None)
            if word is not None and code == "required" and word is REQUIRED_WORDS[-1][1]:
                field.error_messages[code] = _fill_in(field, word)
            elif word is not None:
                field.error_messages[code] = word  # type: ignore[assignment]  # a lazy text is printed like any


def _fill_in(field: forms.Field, usual: Promise) -> Any:
    """Names the field, whose label may still change; without a label it is told from where it stands."""
    return lazy(
        lambda: str(FILL_IN).format(label=capfirst(field.label)) if field.label else str(usual), str
    )()


def _usual_messages(kind: type[forms.Field]) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for parent in reversed(kind.__mro__):
        messages.update(getattr(parent, "default_error_messages", {}))
    return messages
