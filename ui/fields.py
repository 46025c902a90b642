"""What is typed into a field, read as `core.reading` reads it; what a page prints is read back, in its own language.

`teach` gives the plain fields of Django for days, times and numbers these rules, so that no form can do without. Names,
postcodes and phone numbers have fields here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.reading import codes, days, numbers, people
from core.reading.answers import Answer, Read
from core.text import LONGEST_NAME, LONGEST_PREFIX, LONGEST_WHOLE_NAME

NAME_FIELDS = ("first_name", "name_prefix", "last_name")
CHOOSE = _("Choose …")  # what an open choice says
NAMELESS = "---------"  # what Django calls choosing none
OFF = "off"  # a browser would offer the own data of who fills in a form about someone else
PC4_WIDTH = 10  # with its letters, of which the digits are kept

if TYPE_CHECKING:
    _Base = forms.BaseForm
else:
    _Base = object


def decimal_mark() -> str:
    """What divides a number for who reads this page."""
    return numbers.DUTCH if (get_language() or "nl").startswith("nl") else numbers.ENGLISH


def taken(answer: Answer[Any]) -> Any:
    """The value, or the reason as a fault of the field; None where nothing was written."""
    if isinstance(answer, Read):
        return answer.value
    if getattr(answer, "is_empty", False):
        return None
    raise ValidationError(str(answer.reason), code="invalid")


def teach(field: forms.Field) -> None:
    """Let a field read what people write; one with a reading of its own keeps it."""
    read = READINGS.get(_reader_of(type(field)))
    if read is not None:
        field.to_python = partial(read, field)  # type: ignore[method-assign]  # of this one field
    if isinstance(field, forms.IntegerField) and isinstance(field.widget, forms.NumberInput):
        # A number box takes "1.993" for less than two, or hands on nothing at all.
        field.widget.input_type = "text"
        for name in ("min", "max", "step"):
            field.widget.attrs.pop(name, None)
        whole = _reader_of(type(field)) is forms.IntegerField.to_python
        field.widget.attrs |= {"inputmode": "numeric" if whole else "decimal", "autocomplete": OFF}


def leave_open(field: forms.Field) -> None:
    """Let a list of choices begin with none, which says so; where there is one choice only, there is nothing to make."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == NAMELESS:
            field.empty_label = CHOOSE
    elif isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select):
        known: Iterable[Any] = field.widget.choices
        choices = [(key, CHOOSE if (key, word) == ("", NAMELESS) else word) for key, word in known]
        is_open = any(key == "" for key, _word in choices)
        if field.required and not is_open and len(choices) > 1:
            choices = [("", CHOOSE), *choices]
        field.choices = choices


def _day(field: forms.Field, value: Any) -> Any:  # noqa: ARG001  # each reading is given its field
    return taken(days.day("" if value is None else value, order=days.Order.DAY_FIRST))


def _clock(field: forms.Field, value: Any) -> Any:  # noqa: ARG001
    return taken(days.clock("" if value is None else value))


def _whole(field: forms.Field, value: Any) -> Any:  # noqa: ARG001
    return taken(numbers.whole("" if value is None else value, decimal=decimal_mark()))


def _number(field: Any, value: Any) -> Any:
    places = 2 if field.decimal_places is None else field.decimal_places
    return taken(numbers.number("" if value is None else value, places=places, decimal=decimal_mark()))


# By the reading that a class has of Django; one that reads for itself is not among them.
READINGS: dict[Any, Callable[[Any, Any], Any]] = {
    forms.DateField.to_python: _day,
    forms.TimeField.to_python: _clock,
    forms.IntegerField.to_python: _whole,
    forms.DecimalField.to_python: _number,
}


def _reader_of(kind: type[forms.Field]) -> Any:
    return kind.to_python


class Pc4Field(forms.CharField):
    """A postcode as people write it, of which the four digits are kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Postcode"), "max_length": PC4_WIDTH, **kwargs}
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"class": "input--num", "autocomplete": OFF}

    def to_python(self, value: Any) -> str:
        return taken(codes.pc4(value or "")) or ""


class PhoneField(forms.CharField):
    """A phone number as people write it, kept as it is read here."""

    widget = forms.TelInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Phone"), "max_length": people.LONGEST_PHONE, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": widget.attrs.get("autocomplete", OFF)}

    def to_python(self, value: Any) -> str:
        return taken(people.phone(value or "")) or ""


class WholeNameField(forms.CharField):
    """The name of someone in one line, in the order in which it is said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Name"), "max_length": LONGEST_WHOLE_NAME, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": widget.attrs.get("autocomplete", OFF)}

    def to_python(self, value: Any) -> str:
        name = taken(people.whole_name(value or ""))
        return name.whole if name else ""


class NameMixin(_Base):
    """Reads `first_name`, `name_prefix` and `last_name` together: a dash is no name, and one name is enough.

    On a page that one is the first: who leaves the first name out has more often forgotten it.
    """

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if set(NAME_FIELDS) <= set(data):
            answer = people.name(data["first_name"], data["last_name"], data["name_prefix"])
            if isinstance(answer, Read):
                data |= {name: getattr(answer.value, name) for name in NAME_FIELDS}
            else:
                self.add_error("first_name", ValidationError(str(answer.reason), code="invalid"))
        return data


def first_name_field(**kwargs: Any) -> forms.CharField:
    """The field of someone's first name."""
    return _name_field(LONGEST_NAME, label=_("First name"), **kwargs)


def name_prefix_field(**kwargs: Any) -> forms.CharField:
    """The field of what stands before a family name and is not sorted on."""
    usual: dict[str, Any] = {
        "label": _("Prefix of the last name"),
        "help_text": _("For example: van der"),
        "required": False,
    }
    return _name_field(LONGEST_PREFIX, **usual | kwargs)


def last_name_field(**kwargs: Any) -> forms.CharField:
    """The field of someone's family name."""
    usual: dict[str, Any] = {
        "label": _("Last name"),
        "help_text": _("Leave this empty for someone with one name."),
        "required": False,
    }
    return _name_field(LONGEST_NAME, **usual | kwargs)


def _name_field(longest: int, *, autocomplete: str = OFF, **kwargs: Any) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": autocomplete})
    return forms.CharField(max_length=longest, widget=widget, **kwargs)
