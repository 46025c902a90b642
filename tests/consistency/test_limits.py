"""One fact has one limit: what fits where it is asked first fits wherever it is asked, typed or kept again."""

import inspect
from collections import defaultdict
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django import forms
from django.apps import apps
from django.db import models

from core.limits import REASON

APPS = (
    "core",
    "ui",
    "accounts",
    "partnerships",
    "programmes",
    "students",
    "placements",
    "agreements",
    "portal",
)
# One name for several facts: each with its limits.
OTHER_FACTS = {
    "code": ({5, 9, 20}, "of a core task, of a work process, of a code by mail"),
    "description": ({2000, 6000}, "of an organisation, of a partnership"),
    "email": ({254, 320}, "of our forms, of those of the package for signing in"),
    "field": ({40, 80}, "of a list that is read, of a record of changes"),
    "file_name": ({150, 200}, "of evidence, of a list that is read"),
    "kind": ({40, 80}, "of a list that is read, of a mail"),
    "name": (
        {40, 80, 110, 120, 160, 250},
        "of a person, an organisation, a programme, a theme, a row of a list",
    ),
    "password": ({128, 200}, "as it is kept, as it is typed"),
    "pc4": ({4, 10}, "as it is kept, as people type it"),
    "remark": ({500, 1000}, "on a goal, of who signs up"),
    "text": ({200, 1000, 2000, 4000, 6000}, "of a goal, feedback, a situation, evidence, a call"),
    "title": ({120, 200}, "in our words, in those of the qualification file"),
}


def typed():
    """Every field for text of a form of ours: its name, its limit, and where it stands."""
    for app in APPS:
        package = import_module(app)
        for found in walk_packages(package.__path__, f"{app}."):
            if ".forms" not in found.name:
                continue
            module = import_module(found.name)
            for name, form in inspect.getmembers(module, inspect.isclass):
                if issubclass(form, forms.BaseForm) and form.__module__ == found.name:
                    for field, one in form.base_fields.items():
                        if getattr(one, "max_length", None):
                            yield field, one.max_length, f"{found.name}.{name}"


def kept():
    """Every column for text that people choose the words of: the same three."""
    for model in apps.get_models():
        if model.__module__.split(".")[0] in APPS:
            for one in model._meta.concrete_fields:
                if (
                    isinstance(one, models.CharField | models.TextField)
                    and one.max_length
                    and not one.choices
                    and one.name != "slug"
                ):
                    yield one.name, one.max_length, model._meta.label


@pytest.fixture(scope="module")
def limits():
    found = defaultdict(lambda: defaultdict(list))
    for name, limit, where in [*typed(), *kept()]:
        found[name][limit].append(where)
    return found


def several(limits):
    return {
        name: dict(of_name)
        for name, of_name in limits.items()
        if len(of_name) > 1 and set(of_name) != OTHER_FACTS.get(name, (set(), ""))[0]
    }


def test_one_fact_has_one_limit(limits):
    assert len(limits) > 100
    assert several(limits) == {}
    assert [name for name in OTHER_FACTS if len(limits[name]) < 2] == []


def test_two_limits_of_one_fact_are_found():
    planted = {
        "town": {80: ["a"], 60: ["b"]},
        "code": {5: ["a"], 9: ["b"], 20: ["c"]},
        "pc4": {4: ["a"], 6: ["b"]},
    }
    assert list(several(planted)) == ["town", "pc4"]


def test_a_reason_has_the_same_limit_by_every_name(limits):
    reasons = {name: set(found) for name, found in limits.items() if name.endswith("reason")}
    reasons["removed_because"] = set(limits["removed_because"])
    assert len(reasons) >= 5
    assert all(found == {REASON} for found in reasons.values()), reasons
