"""Forms as this portal shows them: our own field template, clear errors, and no citizen service numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import changes, names, versions
from core.constraints import explained
from core.limits import REASON
from core.typed import TypedMixin
from ui.editing import EditingMixin
from ui.fields import (
    CHOOSE,
    NameMixin,
    first_name_field,
    last_name_field,
    leave_open,
    name_prefix_field,
    teach,
)
from ui.form_errors import RowMixin
from ui.form_parts import PartsMixin
from ui.form_words import speak
from ui.languages import choice

FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters, by their class, that print nothing
LONGEST_LINE = 255
LONGEST_TEXT = 10_000

PLAIN_NINE = re.compile(r"(?<!\d)(?<!\+\d\d)(?<!\+\d\d[ -])\d{9}(?!\d)")  # a phone number after +31 is none
GROUPED = re.compile(r"(?<![\d+])(?<!\d[ .\-])\d+(?:(?P<gap>[ .\-])\d+)(?:(?P=gap)\d+)*(?![ .\-]?\d)")
NUMBER_LENGTH = 9
ELEVEN = 11

# What nobody writes: an id that is chosen or sent along, in which nine digits may stand in a row; and a secret.
NOT_WRITTEN = (forms.PasswordInput, forms.HiddenInput, forms.Select, forms.RadioSelect, forms.URLInput)


class PortalFormRenderer(TemplatesSetting):
    """Django's renderer over our templates, so that `{{ field.as_field_group }}` prints a whole field."""

    field_template_name = "django/forms/field.html"


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


def shows_nothing(text: str) -> bool:
    """Whether every character is a space, a joiner or a filler: a title like that could not be clicked."""
    return not any(letter.isprintable() and not letter.isspace() and letter not in FILLERS for letter in text)


if TYPE_CHECKING:
    _RowChoice = forms.ModelChoiceField[Any]
    _RowChoices = forms.ModelMultipleChoiceField[Any]
else:
    _RowChoice, _RowChoices = forms.ModelChoiceField, forms.ModelMultipleChoiceField


def _check_of_name(name: str, field: forms.Field) -> Callable[[str], None] | None:
    """What a name has to pass: known by how the field is called, so that no form forgets it."""
    if not isinstance(field, forms.CharField):
        return None
    if name in names.OF_PEOPLE:
        return names.check_of_person
    return names.check if name in names.OF_THINGS else None


class PortalFormMixin(PartsMixin, RowMixin, TypedMixin):
    """Classes, words and refusals that hold in every form; `elfproef_exempt` names fields that hold another register."""

    elfproef_exempt: Collection[str] = ()
    sometimes: Collection[str] = ()  # fields that some answers ask for; their hint says which
    marks_optional = True  # False where a field says by itself that something is wanted of it
    username = ""  # whose password is typed here, for password managers

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self._dress_all()

    def full_clean(self) -> None:
        self._dress_all()  # a form may add fields of its own after `__init__`
        super().full_clean()

    def __getitem__(self, name: str) -> forms.BoundField:
        if name in self.fields:
            _dress(self.fields[name])
        bound = super().__getitem__(name)
        bound.row = self.row_of(name)  # type: ignore[attr-defined]  # for the template
        return bound

    def _dress_all(self) -> None:
        for name, field in self.fields.items():
            _dress(field)
            if not self.marks_optional:
                field.is_unmarked = True  # type: ignore[attr-defined]  # for the template
            if name in self.sometimes:
                field.is_sometimes_needed = True  # type: ignore[attr-defined]  # for the template
            check = _check_of_name(name, field)
            if check is not None and check not in field.validators:
                field.validators.append(check)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # of the form it is mixed into
        for name, value in list(self.cleaned_data.items()):
            field = self.fields[name]
            if name in self.elfproef_exempt or isinstance(field.widget, NOT_WRITTEN):
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


class PortalForm(PortalFormMixin, forms.Form):
    """The base of every plain form."""


class NameForm(NameMixin, PortalForm):
    """The name of someone, as one else fills it in."""

    first_name = first_name_field()
    name_prefix = name_prefix_field()
    last_name = last_name_field()


class EditForm(EditingMixin, PortalForm):
    """The base of a plain form over something that is there; `over` is the version of that."""


class PortalModelForm(EditingMixin, PortalFormMixin, forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """The base of every form on a model; over a row that is there, it says so to who saves second.

    What is refused does not stay in the row: the page of the form prints the row as it is, and the fields what was typed.
    """

    as_it_is: Collection[str] = ()  # choices that stand as long as nobody makes another one
    _kept: Mapping[str, Any] = {}  # the row as it was before the form wrote to it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.over = versions.of(self.instance)
        else:
            self._leave_open(kwargs.get("initial") or {})

    def _leave_open(self, given: Mapping[str, Any]) -> None:
        """A new thing's choices are for a person to make, whatever the column would be without one."""
        for name, field in self.fields.items():
            one_of_several = isinstance(field, forms.ChoiceField) and not isinstance(
                field, forms.MultipleChoiceField | forms.ModelChoiceField
            )
            if one_of_several and field.required and name not in given and name not in self.as_it_is:
                self.initial.pop(name, None)
                field.initial = None

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

    reason = forms.CharField(max_length=REASON, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

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

    def __init__(self, *, empty_label: str | Promise = CHOOSE, **kwargs: Any) -> None:
        self.empty_label = empty_label
        self.rows: dict[str, Model] = {}
        super().__init__(**kwargs)

    def offer(self, rows: Iterable[Model]) -> None:
        self.rows = {str(row.pk): row for row in rows}
        options: list[tuple[str, str | Promise]] = [(key, choice(row)) for key, row in self.rows.items()]
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
        self.choices = [(key, choice(row)) for key, row in self.rows.items()]

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
        if type(field.widget) is forms.Select:
            leave_open(field)


def limit(form: forms.BaseForm, name: str, *, least: int | None = None, most: int | None = None) -> None:
    """Hold a number between these, in place of what its column alone would allow: one fault, one message."""
    field = form.fields[name]
    for kind, value in ((MinValueValidator, least), (MaxValueValidator, most)):
        if value is not None:
            others = [one for one in field.validators if not isinstance(one, kind)]
            field.validators = [*others, kind(value)]


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


def _dress(field: forms.Field) -> None:
    """Give a field its class, its kind of input, its longest length and its words; once."""
    if getattr(field, "is_dressed", False):
        return
    field.is_dressed = True  # type: ignore[attr-defined]  # a mark of our own
    widget = field.widget
    teach(field)
    leave_open(field)
    if isinstance(field, forms.DateField) and type(widget) is forms.DateInput:
        widget.input_type, widget.format = "date", "%Y-%m-%d"
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
