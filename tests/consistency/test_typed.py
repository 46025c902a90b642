"""Whatever is typed or pasted goes through one cleaning, whichever form of whichever app or table takes it."""

import importlib
from collections.abc import Iterator

import pytest
from django import forms
from django.contrib import admin
from django.http import HttpRequest, QueryDict
from django_filters import FilterSet

from accounts.models import User
from core.typed import TypedMixin
from tests.consistency.source import APPS, ROOT, modules

TYPED = (forms.CharField, forms.Textarea)
PASTED = "•\tZoe\u0308\xa0van\u200b den\r\nBerg\u202e"
ONE_LINE, LINES = "Zoë van den Berg", "- Zoë van den\nBerg"


def own_forms() -> set[type[forms.BaseForm]]:
    """Every form that a module of the portal defines."""
    for path in modules(*APPS):
        if {"forms", "filters", "admin", "uploads"} & set(path.relative_to(ROOT).with_suffix("").parts):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return {form for form in _below(forms.BaseForm) if form.__module__.split(".")[0] in APPS}


def _below(kind: type) -> Iterator[type]:
    for below in kind.__subclasses__():
        yield from (below, *_below(below))


def table_forms() -> dict[str, type[forms.BaseForm]]:
    """The forms of the administrators' tables, those of their rows below included, as far as anything is written there."""
    request = HttpRequest()
    request.user = User(is_staff=True, is_superuser=True)
    found: dict[str, type[forms.BaseForm]] = {}
    for model, table in admin.site._registry.items():
        if not (table.has_change_permission(request) or table.has_add_permission(request)):
            continue
        found[model._meta.label] = table.get_form(request)
        for row in table.get_inline_instances(request):
            found[f"{model._meta.label}: {row.model._meta.label}"] = row.get_formset(request).form
    return found


def filter_forms() -> dict[str, type[forms.BaseForm]]:
    """The forms that stand above lists."""
    own_forms()
    return {
        each.__qualname__: each._meta.form
        for each in _below(FilterSet)
        if each.__module__.split(".")[0] in APPS
    }


def escaping(forms_: Iterator[type[forms.BaseForm]]) -> set[str]:
    """Forms in which something is typed and not cleaned."""
    return {
        f"{form.__module__}.{form.__qualname__}"
        for form in forms_
        if not issubclass(form, TypedMixin) and any(_is_typed(field) for field in form.base_fields.values())
    }


def _is_typed(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and not isinstance(field.widget, forms.HiddenInput)


def test_no_form_takes_text_as_it_was_pasted():
    found = own_forms()
    assert len(found) > 80
    assert escaping(found) == set()


@pytest.mark.filterwarnings("ignore:The default scheme")  # of a field that the table's own form replaces
def test_no_table_takes_text_as_it_was_pasted():
    found = table_forms()
    assert len(found) > 5
    assert {name for name, form in found.items() if escaping([form])} == set()


def test_no_filter_takes_text_as_it_was_pasted():
    found = filter_forms()
    assert len(found) >= 5
    assert {name for name, form in found.items() if not issubclass(form, TypedMixin)} == set()


def test_form_past_the_cleaning_is_found():
    class Planted(forms.Form):
        title = forms.CharField()

    assert escaping([Planted]) == {f"{__name__}.{Planted.__qualname__}"}


class Everything(TypedMixin, forms.Form):
    title = forms.CharField()
    story = forms.CharField(widget=forms.Textarea)
    seats = forms.IntegerField(required=False)
    secret = forms.CharField(widget=forms.PasswordInput, strip=False)
    held = forms.CharField(widget=forms.HiddenInput, strip=False)


@pytest.mark.parametrize("way", ["query", "dict"])
@pytest.mark.parametrize("prefix", ["", "deep"])
def test_each_field_reads_what_was_meant(way, prefix):
    name = f"{prefix}-%s" if prefix else "%s"
    typed = {"title": PASTED, "story": PASTED, "seats": "\xa07 ", "secret": "a \xa0 b•\t", "held": "•\tx"}
    sent = {name % field: value for field, value in typed.items()}
    if way == "query":
        data = QueryDict(mutable=True)
        data.update(sent)
    else:
        data = sent
    form = Everything(data, prefix=prefix or None)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "title": ONE_LINE,
        "story": LINES,
        "seats": 7,
        "secret": "a \xa0 b•\t",
        "held": "•\tx",
    }
    assert data[name % "title"] == PASTED


def test_field_that_a_form_adds_later_is_cleaned_too():
    form = Everything({"title": "a", "story": "b", "secret": "c", "held": "d", "late": PASTED})
    form.fields["late"] = forms.CharField()
    assert form.is_valid()
    assert form.cleaned_data["late"] == ONE_LINE
