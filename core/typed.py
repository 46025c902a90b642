"""What is sent with a form, cleaned before any field reads it: one way for every form of the portal and of its tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.widgets import Input
from django.utils.datastructures import MultiValueDict

from core import pasted

# Characters that nobody types and that hide or turn text round, or that PostgreSQL refuses.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_AS_IT_IS = (forms.PasswordInput, forms.HiddenInput, forms.CheckboxInput, forms.FileInput)

if TYPE_CHECKING:
    _Base = forms.BaseForm
else:
    _Base = object


class TypedMixin(_Base):
    """Takes what was typed through `core.pasted`: in lines for a field of several lines, else in one line.

    A password, a choice and what a page of ours hid in the form only lose what no text may hold.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._clean_sent()

    def full_clean(self) -> None:
        self._clean_sent()  # a form may add fields of its own after `__init__`
        super().full_clean()

    def _clean_sent(self) -> None:
        if not self.is_bound:
            return
        kinds = {self.add_prefix(name): field.widget for name, field in self.fields.items()}
        data: Any = self.data
        several = isinstance(data, MultiValueDict)
        lists = list(data.lists()) if several else [(name, [one]) for name, one in data.items()]
        sent = {name: [_clean(one, kinds.get(name)) for one in values] for name, values in lists}
        if all(sent[name] == values for name, values in lists):
            return
        if several:
            self.data = data = data.copy()
            for name, values in sent.items():
                data.setlist(name, values)
        else:
            self.data = {name: values[0] for name, values in sent.items()}


class TypedForm(TypedMixin, forms.Form):
    """A plain form, for a filter that leaves aside what it does not know."""


def _clean(value: Any, widget: forms.Widget | None) -> Any:
    if not isinstance(value, str):
        return value
    if isinstance(widget, forms.Textarea):
        return pasted.text(value)
    if isinstance(widget, Input) and not isinstance(widget, _AS_IT_IS):
        return pasted.line(value)
    return _UNWANTED.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
