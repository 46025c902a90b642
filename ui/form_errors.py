"""What is wrong in a form, or in the rows of several, as lines that lead to the field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.formsets import BaseFormSet
from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

Text = str | Promise
ROW_LETTERS = 60  # of what a row says, enough to know it by


@dataclass(frozen=True, slots=True)
class ErrorEntry:
    """A line of the error summary; `target` is the id that it links to, `row` which of several rows it is about."""

    message: str
    label: str = ""
    target: str = ""
    row: str = ""

    def __str__(self) -> str:
        """The row, the field and what is wrong, as one line; a message that names the field says it alone."""
        label = "" if f"“{self.label}" in self.message else Truncator(self.label).chars(ROW_LETTERS)
        before = ", ".join(part for part in (self.row, label) if part)
        return f"{before}: {self.message}" if before else self.message


class RowMixin:
    """For a form that may stand on its page several times: `row` says in words which one it is."""

    row: Text = ""

    def __init__(self, *args: Any, row: Text = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row:
            self.row = row

    def row_of(self, name: str) -> Text:  # noqa: ARG002  for forms that have several
        """The row in which a field stands; a form with the fields of several rows knows each one's."""
        return self.row


def row_name(kind: Text, number: int, says: object = "") -> str:
    """Which row it is: what it is one of, which number from 1, and how what it says begins."""
    says = Truncator(" ".join(str(says).split())).chars(ROW_LETTERS)
    words = _("%(kind)s %(number)d: %(says)s") if says else _("%(kind)s %(number)d")
    return words % {"kind": capfirst(str(kind)), "number": number, "says": says}


def entries_of_rows(rows: BaseFormSet[Any], kind: Text) -> Iterator[ErrorEntry]:
    """What is wrong in the rows of a formset; `kind` is what each one is."""
    for message in rows.non_form_errors():
        yield ErrorEntry(str(message), str(capfirst(str(kind))), f"{rows.prefix}-group")
    for number, form in enumerate(rows.forms, 1):
        instance = getattr(form, "instance", None)
        says = instance if instance is not None and instance.pk else ""
        yield from _entries(form, row_name(kind, number, says), f"{rows.prefix}-{number - 1}")


def entries_of(form: forms.BaseForm) -> list[ErrorEntry]:
    """What is wrong in any bound form."""
    return list(_entries(form)) if form.is_bound else []


def summary_of(
    form: forms.BaseForm | None, *rows: forms.BaseForm | Sequence[forms.BaseForm | None] | None
) -> dict[str, list[ErrorEntry]]:
    """What is wrong in a form, and in those of its rows, with a link to each field; nothing when all is well.

    rows: forms, or lists of them; each says which row it is.
    """
    several = [form, *(each for one in rows for each in (one if isinstance(one, Sequence) else [one]))]
    return {
        "errors": [
            entry for each in several if isinstance(each, forms.BaseForm) for entry in entries_of(each)
        ]
    }


def _entries(form: forms.BaseForm, row: str = "", row_target: str = "") -> Iterator[ErrorEntry]:
    row_of = getattr(form, "row_of", lambda _name: "")
    for message in form.errors.get(NON_FIELD_ERRORS, []):
        yield ErrorEntry(str(message), "", row_target, row or str(getattr(form, "row", "")))
    for name in form.fields:
        for message in form.errors.get(name, []):
            label = str(form[name].label).rstrip(".:?")  # a colon follows it
            target = row_target if row_target and form[name].is_hidden else _control_id(form[name])
            yield ErrorEntry(str(message), capfirst(label), target, row or str(row_of(name)))


def _control_id(bound: forms.BoundField) -> str:
    """The id of the first control: a list of choices numbers them."""
    if bound.use_fieldset:
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label)
