"""What the forms and lists of the demo's pages say when they are asked: what stands chosen, is refused, is narrowed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import QueryDict
from lxml.html import FormElement, HtmlElement, fragment_fromstring

from core.dates import today

OURS = (
    *(
        "accounts",
        "partnerships",
        "meetings",
        "programmes",
        "students",
        "placements",
        "agreements",
        "search",
        "portal",
        "ui",
    ),
    "tests",  # planted ones
)
MOST_OPTIONS, DEEPEST = 8, 3
LONG, FEWEST_PARTS = 8, 2  # fields, headings
PARTS = ".//h2 | .//h3 | .//fieldset[contains(@class, 'form__part')]/legend[not(h2)] | .//details/summary"
UNSEEN = ("hidden", "submit", "button", "image")
SEARCHED = "zzz"
STEPS = "ol[contains(@class, 'steps')]/li[@aria-current='step']"
# Sent along with a form that is no filter: rows that are ticked for an act, and two versions that are compared.
NO_FILTERS = ("rij", "van", "naar")


def forms_in(context: Any) -> list[forms.BaseForm]:
    """Every form that a page shows, each once, also in a list, a set or what is drawn around it."""
    found: dict[int, forms.BaseForm] = {}
    for layers in context or ():
        for layer in getattr(layers, "dicts", ()):
            for value in layer.values():
                found |= {id(form): form for form in _forms(value)}
    return list(found.values())


def _forms(value: Any, depth: int = 0) -> Iterator[forms.BaseForm]:
    kind = type(value)  # isinstance would load what is lazy
    if issubclass(kind, forms.BaseForm):
        yield value
    elif issubclass(kind, forms.BaseFormSet):
        yield from value.forms
    elif depth < DEEPEST and issubclass(kind, (list, tuple)):
        for one in value:
            yield from _forms(one, depth + 1)
    elif depth < DEEPEST and is_dataclass(kind):
        for one in fields(value):
            yield from _forms(getattr(value, one.name, None), depth + 1)


def name_of(form: forms.BaseForm) -> str:
    return f"{type(form).__module__}.{type(form).__qualname__}"


def is_ours(form: forms.BaseForm) -> bool:
    """Not those of the package for signing in, which ask more of a request than what was typed."""
    kinds = {kind.__module__.partition(".")[0] for kind in type(form).__mro__}
    return type(form).__module__.partition(".")[0] in OURS and "allauth" not in kinds


def is_new(form: forms.BaseForm) -> bool:
    """Whether it asks something for the first time: of what is there already, things stand as they are."""
    instance = getattr(form, "instance", None)
    return not form.is_bound and not (instance and instance.pk) and not getattr(form, "over", "")


def chosen_beforehand(form: forms.BaseForm) -> Iterator[str]:
    """Fields of a new form in which something stands chosen or ticked, as it is printed, before anyone did that."""
    for bound in form.visible_fields():
        if not isinstance(bound.field, forms.ChoiceField | forms.BooleanField):
            continue
        printed = fragment_fromstring(str(bound), create_parent="div")
        ticked = printed.xpath(".//input[@checked and not(@disabled)]")
        options = printed.xpath(".//option[@selected and @value!='']")
        if ticked or options:
            yield f"{name_of(form)}.{bound.name}"


def refused_when_empty(form: forms.BaseForm) -> Iterator[str]:
    """Fields that may be left empty, and are refused then for some answer to the others, without saying when.

    `form` was sent; it is looked at again with each answer to each question.
    """
    filled = _filled(form)
    for data in [*_answers(form, {}), *_answers(form, filled)]:
        for name in _refused(form, data):
            field = form.fields[name]
            says = getattr(field, "is_sometimes_needed", False) and field.help_text
            if not field.required and not field.disabled and not says:
                yield f"{name_of(form)}.{name}"


def _answers(form: forms.BaseForm, filled: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What was filled in with each other answer to one question; then with each field that may be empty left so."""
    yield filled
    for name, field in form.fields.items():
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            for value in _values(field):
                yield filled | {name: [value] if isinstance(field, forms.MultipleChoiceField) else value}
        elif isinstance(field, forms.BooleanField):
            yield filled | {name: "on"}
        elif name in filled and not field.required:
            yield {key: value for key, value in filled.items() if key != name}


def _values(field: Any) -> list[str]:
    found = []
    for value, label in field.choices:
        found += [str(one) for one, _word in label] if isinstance(label, (list, tuple)) else [str(value)]
    return [value for value in found if value][:MOST_OPTIONS]


def _filled(form: forms.BaseForm) -> dict[str, Any]:
    """Something in every field that has to be filled in."""
    return {name: _something(field) for name, field in form.fields.items() if field.required}


def _something(field: Any) -> Any:
    if isinstance(field, forms.ModelChoiceField):
        first = field.queryset.first()
        value = field.prepare_value(first) if first else ""
        return [value] if isinstance(field, forms.ModelMultipleChoiceField) else value
    if isinstance(field, forms.ChoiceField):
        values = _values(field)[:1]
        return values if isinstance(field, forms.MultipleChoiceField) else "".join(values)
    for kind, value in (
        (forms.BooleanField, "on"),
        (forms.EmailField, "iemand.anders@voorbeeld.example"),
        (forms.DateTimeField, f"{today():%Y-%m-%d} 10:00"),
        (forms.DateField, (today() + dt.timedelta(days=30)).isoformat()),
        (forms.TimeField, "09:00"),
        (forms.IntegerField, "1"),
        (forms.DecimalField, "1"),
        (forms.FileField, ""),
    ):
        if isinstance(field, kind):
            return value
    return "Dat past zo beter"


def _refused(form: Any, data: dict[str, Any]) -> list[str]:
    """The fields that are refused though nothing is in them, when this is sent."""
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        for one in value if isinstance(value, list) else [value]:
            sent.appendlist(form.add_prefix(name), str(one))
    before = form.data, form._errors
    form.data, form._errors = sent, None
    try:
        errors = [name for name in form.errors if name in form.fields]
    finally:
        form.data, form._errors = before
    return [name for name in errors if not data.get(name)]


def emptied(form: FormElement) -> QueryDict:
    """What a browser sends of a form in which nothing is filled in, chosen or ticked."""
    data = QueryDict(mutable=True)
    for name, value in form.form_values():
        data.appendlist(name, value or "")
    for control in form.iter("input", "textarea", "select"):
        name = control.get("name")
        if not name or (control.get("type") or control.tag).lower() in UNSEEN:
            continue
        if control.get("type") in {"checkbox", "radio", "file"}:
            data.pop(name, None)
        else:
            data[name] = ""
    return data


def narrowed(tree: HtmlElement) -> Iterator[tuple[str, str, str]]:
    """Each way in which a list can be narrowed: the form, what is asked, and the word that the title then names."""
    for form in tree.xpath("//main//form[translate(@method, 'GET', 'get')='get' or not(@method)]"):
        for control in form.iter("select", "input"):
            name, kind = control.get("name"), (control.get("type") or control.tag).lower()
            if not name or kind in UNSEEN or name in NO_FILTERS:
                continue
            where = f"{form.get('action') or ''} {name}"
            if kind == "select":
                options = [one for one in control.iter("option") if one.get("value")]
                if options:
                    word = named(options[-1].text_content())
                    yield where, f"{quote(name)}={quote(options[-1].get('value'))}", word
            elif kind in {"checkbox", "radio"}:
                label = control.xpath("string(ancestor::label[1])")
                value = quote(control.get("value") or "on")
                yield where, f"{quote(name)}={value}", named(label)
            elif kind in {"search", "text"}:
                yield where, f"{quote(name)}={SEARCHED}", SEARCHED


def named(label: str) -> str:
    """What a choice is called, without how many there are of it."""
    return re.sub(r"\s*(?:\(\d+\)|, \d.*)$", "", " ".join(label.split()))


def title_of(tree: HtmlElement) -> str:
    return " ".join((tree.findtext(".//head/title") or "").split())


def steps_unsaid(tree: HtmlElement) -> Iterator[str]:
    """The step on which one is, where the title does not name it."""
    for step in tree.xpath(f"//main//{STEPS}"):
        word = re.sub(r"^\d+\.\s*", "", " ".join(step.text_content().split()))
        if word.lower() not in title_of(tree).lower():
            yield f"{title_of(tree)} does not name the step {word}"


def dead_and_main(tree: HtmlElement) -> Iterator[str]:
    """Buttons that cannot act now and draw the eye all the same."""
    lesser = {"btn--second", "btn--quiet", "btn--danger"}
    for button in tree.xpath("//*[@disabled or @aria-disabled='true']"):
        classes = set((button.get("class") or "").split())
        if "btn" in classes and not classes & lesser:
            yield " ".join(button.text_content().split())


def ways_out(tree: HtmlElement, address: str) -> tuple[bool, set[str]]:
    """Whether one can sign out on the page itself, and where the links around it lead."""
    here = bool(tree.xpath(f"//form[@action='{address}']//button"))
    links: Iterable[str] = tree.xpath("//body/header//a/@href | //body/nav//a/@href | //body/footer//a/@href")
    return here, set(links)


def ungrouped(tree: HtmlElement) -> Iterator[str]:
    """Long forms whose fields stand under no headings of their own."""
    for form in tree.xpath("//main//form[translate(@method, 'POST', 'post')='post']"):
        if len(form.xpath(f".//*[{_of('field')}]")) >= LONG and len(form.xpath(PARTS)) < FEWEST_PARTS:
            yield f"{form.get('action') or ''} {', '.join(form.xpath('.//label/text()')[:2])}"


def long_forms(tree: HtmlElement) -> int:
    return sum(len(form.xpath(f".//*[{_of('field')}]")) >= LONG for form in tree.xpath("//main//form"))


def _of(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
