"""Hours as people fill them in: a number, or a week with the hours of each day."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from core.reading import numbers
from core.weeks import DAYS
from ui import formats
from ui.fields import decimal_mark, taken
from ui.form_words import speak

BOTH_WEEKS = 2 * DAYS
DAY_HOURS = 24


class HoursField(forms.Field):
    """Hours as people write them (7:30, 7,5, 7u30), in whole minutes; None for none. `most` is a number of hours."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.most = most

    def to_python(self, value: Any) -> int | None:
        """The minutes; raises ValidationError for what are no hours, with how to write them."""
        minutes = taken(numbers.minutes("" if value is None else value, decimal=decimal_mark()))
        for code, is_wrong, limit in (
            ("min_value", (minutes or 0) < 0, 0),
            ("max_value", (minutes or 0) > self.most * 60, self.most),
        ):
            if is_wrong:
                raise ValidationError(self.error_messages[code], code=code, params={"limit_value": limit})
        return None if minutes is None else int(minutes)


def hours_of(minutes: int | None) -> str:
    """Minutes as a form shows hours: 8, or 7,5 (7.5 in English); nothing for nothing."""
    text = f"{Decimal(minutes) / 60:.2f}".rstrip("0").rstrip(".") if minutes else ""
    return text.replace(".", decimal_mark())


class WeekInput(forms.Widget):
    """A box for each day, Monday first, and a second week that can be opened; all are sent under one name, in order."""

    template_name = "django/forms/widgets/week.html"
    use_fieldset = True
    in_order = True  # what was typed is compared box by box (`ui.editing`)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:  # noqa: ARG002  # Django gives both
        return self.format_value(data.getlist(name) if hasattr(data, "getlist") else data.get(name))

    def format_value(self, value: Any) -> list[str]:
        """What stands in each box, also in those that nobody filled in."""
        typed = [str(text).strip() for text in value] if isinstance(value, list | tuple) else []
        return [*typed, *([""] * BOTH_WEEKS)][:BOTH_WEEKS]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        attributes = context["widget"]["attrs"]
        ident = attributes.get("id", name)
        boxes = [
            {"label": WEEKDAYS[at % DAYS], "value": text, "attrs": attributes | {"id": f"{ident}_{at}"}}
            for at, text in enumerate(self.format_value(value))
        ]
        first, second = boxes[:DAYS], boxes[DAYS:]
        has_second = any(box["value"] for box in second)
        context["widget"] |= {"first": first, "second": second, "has_second": has_second}
        return context

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """That of the first box."""
        return f"{id_}_{index or 0}" if id_ else id_


class WeekField(forms.Field):
    """The minutes of each day as `core.weeks` has them, typed as hours; nothing where the days are not fixed."""

    widget = WeekInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"label": _("Hours for each day"), "required": False})
        self.box = HoursField(most=DAY_HOURS)
        speak(self.box)

    def prepare_value(self, value: Any) -> Any:
        """Minutes as hours; what was typed stays as it was."""
        return [hours_of(one) if isinstance(one, int) else one for one in value or ()]

    def to_python(self, value: Any) -> list[int]:
        minutes = [self._minutes(at, text) for at, text in enumerate(value or ())]
        first, second = minutes[:DAYS], minutes[DAYS:]
        if any(second):
            return [*first, *second]
        return first if any(first) else []

    def _minutes(self, at: int, text: str) -> int:
        try:
            return self.box.clean(text) or 0
        except ValidationError as error:
            # The day says which of the boxes is meant
            raise ValidationError(
                f"{WEEKDAYS[at % DAYS]}: {' '.join(error.messages)}", code="hours"
            ) from error

    def in_words(self, values: Sequence[str]) -> str:
        """What was typed, as a reader sees it; as it was typed where it is no week."""
        try:
            return formats.week(self.to_python(values))
        except ValidationError:
            return ", ".join(text for text in values if text)
