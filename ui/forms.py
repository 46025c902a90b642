"""Forms as this portal shows them: our own field template, clear errors, and no citizen service numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import changes, versions
from core.constraints import explained
from ui.editing import EditingMixin
from ui.form_words import speak

# Characters that nobody types and that hide or turn text round, or that PostgreSQL refuses.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters, by their class, that print nothing
LONGEST_LINE = 255
LONGEST_TEXT = 10_000

PLAIN_NINE = re.compile(r"(?<!\d)(?<!\+\d\d)(?<!\+\d\d[ -])\d{9}(?!\d)")  # a phone number after +31 is none
GROUPED = re.compile(r"(?<![\d+])(?<!\d[ .\-])\d+(?:(?P<gap>[ .\-])\d+)(?:(?P=gap)\d+)*(?![ .\-]?\d)")
NUMBER_LENGTH = 9
ELEVEN = 11


class PortalFormRenderer(TemplatesSetting):
    """Django's renderer over our templates, so that `{{ field.as_field_group }}` prints a whole field."""

    field_template_name = "django/forms/field.html"


@dataclass(frozen=True, slots=True)
class ErrorEntry:
    """A line of the error summary; `target` is the id of the control it links to, empty for the whole form."""

    message: str
    label: str = ""
    target: str = ""


def passes_elfproef(digits: str) -> bool:
    """Whether nine digits could be a citizen service number (BSN) or education number."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % ELEVEN == 0 and int(digits) > 0


def holds_citizen_number(text: str) -> bool:
    """Whether a text has a number in it that passes the elfproef, written whole or in groups (1234.56.782)."""
    if any(passes_elfproef(match.group()) for match in PLAIN_NINE.finditer(text)):
        return True
    grouped = ("".join(filter(str.isdigit, match.group())) for match in GROUPED.finditer(text))
    return any(len(digits) == NUMBER_LENGTH and passes_elfproef(digits) for digits in grouped)


def without_unwanted(value: str) -> str:
    """The text without control characters and with plain line ends."""
    return UNWANTED.sub("", value).replace("\r\n", "\n").replace("\r", "\n")


def shows_nothing(text: str) -> bool:
    """Whether every character is a space, a joiner or a filler: a title like that could not be clicked."""
    return not any(letter.isprintable() and not letter.isspace() and letter not in FILLERS for letter in text)


EARLIEST_YEAR, LATEST_YEAR = 1900, 2199  # a year typed with two digits becomes 0026 in a browser's date field
DATE_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d-%m-%y"]

if TYPE_CHECKING:
    _Base = forms.BaseForm
    _RowChoice = forms.ModelChoiceField[Any]
    _RowChoices = forms.ModelMultipleChoiceField[Any]
else:
    _Base = object
    _RowChoice, _RowChoices = forms.ModelChoiceField, forms.ModelMultipleChoiceField


class PortalFormMixin(_Base):
    """Classes, words and refusals that hold in every form; `elfproef_exempt` names fields that hold another register."""

    elfproef_exempt: Collection[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = _cleaned_data(self.data)
        self._dress_all()

    def full_clean(self) -> None:
        self._dress_all()  # a form may add fields of its own after `__init__`
        super().full_clean()

    def __getitem__(self, name: str) -> forms.BoundField:
        if name in self.fields:
            _dress(self.fields[name])
        return super().__getitem__(name)

    def _dress_all(self) -> None:
        for field in self.fields.values():
            _dress(field)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # of the form it is mixed into
        for name, value in list(self.cleaned_data.items()):
            field = self.fields[name]
            if name in self.elfproef_exempt or isinstance(field.widget, forms.PasswordInput):
                continue
            if isinstance(value, str) and value and shows_nothing(value):
                self.cleaned_data[name] = ""
                if field.required:
                    self.add_error(name, field.error_messages["required"])
                continue
            if (
                isinstance(value, str | int)
                and not isinstance(value, bool)
                and holds_citizen_number(str(value))
            ):
                self.add_error(name, citizen_number_error())

    def error_entries(self) -> list[ErrorEntry]:
        """The lines of the error summary, in the order of the fields."""
        return list(self._entries())

    def _entries(self) -> Iterator[ErrorEntry]:
        for message in self.errors.get(NON_FIELD_ERRORS, []):
            yield ErrorEntry(str(message))
        for name in self.fields:
            for message in self.errors.get(name, []):
                label = str(self[name].label).rstrip(".:?")  # a colon follows it
                yield ErrorEntry(str(message), label, _control_id(self[name]))


class PortalForm(PortalFormMixin, forms.Form):
    """The base of every plain form."""


class EditForm(EditingMixin, PortalForm):
    """The base of a plain form over something that is there; `over` is the version of that."""


class PortalModelForm(EditingMixin, PortalFormMixin, forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """The base of every form on a model; over a row that is there, it says so to who saves second.

    What is refused does not stay in the row: the page of the form prints the row as it is, and the fields what was typed.
    """

    _kept: Mapping[str, Any] = {}  # the row as it was before the form wrote to it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.over = versions.of(self.instance)

    def _post_clean(self) -> None:
        before = dict(vars(self.instance))
        super()._post_clean()  # type: ignore[misc]  # a hook of Django that the stubs do not know
        self._kept = before
        if self.errors:
            self._give_back()

    def add_error(self, field: Any, error: Any) -> None:
        super().add_error(field, error)
        self._give_back()

    def _give_back(self) -> None:
        """Take what was typed out of the row again."""
        for field in self.instance._meta.concrete_fields:
            name = field.attname
            if name in self._kept and getattr(self.instance, name) != self._kept[name]:
                setattr(self.instance, name, self._kept[name])  # forgets the row behind a link, too

    def write(self, *, by: int | None) -> Model:
        """Save a valid form with its lists, over what was read; what is on record is kept with who changed it.

        Raises ValidationError for what a constraint refuses.
        """
        with transaction.atomic(), explained(self.instance):
            versions.claim(self.read, self.instance)
            before = changes.stored(self.instance) if self.instance.pk else {}
            row: Model = self.save()
            changes.record(row, before, by=by)
            return row


class ReasonForm(PortalForm):
    """Why something ends or is refused; `help_text` says who reads it."""

    reason = forms.CharField(max_length=300, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, help_text: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text  # type: ignore[assignment]  # a lazy text is printed like any


class PublicChoice(_RowChoice):
    """A row by its public id; what is no such id is a choice that is not possible."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, to_field_name="public_id", **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class PublicChoices(_RowChoices):
    """Several rows by their public ids."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, to_field_name="public_id", **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError as refusal:
            if refusal.code != "invalid":
                raise
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class ChoiceOf(forms.ChoiceField):
    """One of a few rows, loaded once: a ModelChoiceField asks the database again to print and again to check.

    `offer` gives the rows.
    """

    def __init__(self, *, empty_label: str | Promise = "---------", **kwargs: Any) -> None:
        self.empty_label = empty_label
        self.rows: dict[str, Model] = {}
        super().__init__(**kwargs)

    def offer(self, rows: Iterable[Model]) -> None:
        self.rows = {str(row.pk): row for row in rows}
        options: list[tuple[str, str | Promise]] = [(key, str(row)) for key, row in self.rows.items()]
        only_one = self.required and len(options) == 1
        self.choices = options if only_one else [("", self.empty_label), *options]

    def clean(self, value: Any) -> Model | None:
        return self.rows.get(super().clean(value))


class ChoicesOf(forms.MultipleChoiceField):
    """Some of a few rows, loaded once."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        self.rows: dict[str, Model] = {}
        super().__init__(**kwargs)

    def offer(self, rows: Iterable[Model]) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(key, str(row)) for key, row in self.rows.items()]

    def clean(self, value: Any) -> list[Model]:
        return [self.rows[key] for key in super().clean(value)]


def offer(form: forms.BaseForm, name: str, rows: Iterable[Model], *, empty_label: str | Promise = "") -> None:
    """Give a field of a form, a ChoiceOf or ChoicesOf, the rows that can be chosen; `empty_label` names choosing none."""
    field = form.fields[name]
    if empty_label and isinstance(field, ChoiceOf):
        field.empty_label = empty_label
    if isinstance(field, ChoiceOf | ChoicesOf):
        field.offer(rows)


def choose_from(form: forms.BaseForm, name: str, choices: Sequence[tuple[str, str | Promise]]) -> None:
    """Give a ChoiceField of a form its choices, each a value with its word."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def limit(form: forms.BaseForm, name: str, *, least: int | None = None, most: int | None = None) -> None:
    """Hold a number between these, in place of what its column alone would allow: one fault, one message."""
    field = form.fields[name]
    for kind, attribute, value in ((MinValueValidator, "min", least), (MaxValueValidator, "max", most)):
        if value is not None:
            others = [one for one in field.validators if not isinstance(one, kind)]
            field.validators = [*others, kind(value)]
            field.widget.attrs[attribute] = value


def narrow(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a ModelChoiceField of a form choose from these rows only."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


def citizen_number_error() -> ValidationError:
    """UAVG article 46: a national number only where a law asks for it, and none asks for it here."""
    return ValidationError(
        _(
            "This looks like a citizen service number (BSN) or education number. Leave it out: we may not keep it."
        ),
        code="citizen_number",
    )


def refuse_unlikely_year(value: dt.date) -> None:
    """Dates of people and plans lie within three centuries; the rest is a slip, and breaks sums with dates."""
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise ValidationError(
            _("Fill in the year in four digits, between %(first)d and %(last)d."),
            code="unlikely_year",
            params={"first": EARLIEST_YEAR, "last": LATEST_YEAR},
        )


def _cleaned_data(data: Any) -> Any:
    """What was sent, without unwanted characters; the same object when there is nothing to take out."""
    if isinstance(data, QueryDict):
        if not any(UNWANTED.search(value) or "\r" in value for values in data.lists() for value in values[1]):
            return data
        clean = data.copy()
        for key, values in data.lists():
            clean.setlist(key, [without_unwanted(value) for value in values])
        return clean
    if isinstance(data, dict):
        return {
            key: without_unwanted(value) if isinstance(value, str) else value for key, value in data.items()
        }
    return data


def _control_id(bound: forms.BoundField) -> str:
    """The id of the first control: a list of choices numbers them."""
    if bound.use_fieldset:
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label)


def _dress(field: forms.Field) -> None:
    """Give a field its class, its kind of input, its longest length and its words; once."""
    if getattr(field, "is_dressed", False):
        return
    field.is_dressed = True  # type: ignore[attr-defined]  # a mark of our own
    widget = field.widget
    if isinstance(field, forms.DateField):
        field.validators = [*field.validators, refuse_unlikely_year]
    if isinstance(field, forms.DateField) and type(widget) is forms.DateInput:
        widget.input_type, widget.format = "date", "%Y-%m-%d"
        field.input_formats = DATE_FORMATS
        _add_class(widget, "input--date")
    elif isinstance(field, forms.TimeField) and type(widget) is forms.TimeInput:
        widget.input_type, widget.format = "time", "%H:%M"
        _add_class(widget, "input--date")
    if not isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        _add_class(widget, _class_of(widget))
    # The height that Django gives is too much for us.
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        widget.attrs.update(rows="5")
        widget.attrs.pop("cols", None)
    if isinstance(field, forms.CharField) and field.max_length is None:
        longest = LONGEST_TEXT if isinstance(widget, forms.Textarea) else LONGEST_LINE
        field.max_length = longest
        field.validators.append(MaxLengthValidator(longest))
    speak(field)


def _class_of(widget: forms.Widget) -> str:
    for kind, name in ((forms.Select, "select"), (forms.Textarea, "textarea"), (forms.FileInput, "file")):
        if isinstance(widget, kind):
            return name
    return "input"


def _add_class(widget: forms.Widget, name: str) -> None:
    classes = str(widget.attrs.get("class", "")).split()
    if name not in classes:
        widget.attrs["class"] = " ".join([name, *classes])
