"""Every model has a factory and proper names, every beat entry a task."""

import importlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping

from django.apps import apps
from django.db.models import CASCADE, PROTECT, SET_NULL
from factory.base import FactoryMetaClass

from portal.celery import app as celery_app
from tests.consistency.source import APPS, modules

MAY_START_LARGE = re.compile(r"[A-Z]{2}|[A-Z]\b|KvK")  # abbreviations


def our_models() -> list[type]:
    """Those with a table: what a view shows is written nowhere."""
    found = [model for label in APPS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if model._meta.managed]


def models_with_a_factory() -> set[type]:
    return {
        value._meta.get_model_class()
        for path in modules("tests/factories")
        for value in vars(importlib.import_module(f"tests.factories.{path.stem}")).values()
        if isinstance(value, FactoryMetaClass) and value._meta.model
    }


def without_a_factory(models: Iterable[type], made: Container[type]) -> Iterator[str]:
    yield from (model._meta.label for model in models if model not in made)


def verbose_names() -> list[str]:
    return [
        str(name)
        for model in our_models()
        for name in (
            model._meta.verbose_name,
            *(getattr(field, "verbose_name", "") for field in model._meta.get_fields()),
        )
    ]


def large_starts(names: Iterable[str]) -> Iterator[str]:
    yield from (name for name in names if name[:1].isupper() and not MAY_START_LARGE.match(name))


def entries_without_a_task(schedule: Mapping[str, dict], tasks: Container[str]) -> Iterator[str]:
    yield from (name for name, entry in schedule.items() if entry["task"] not in tasks)


# A draft takes its own parts along when it is thrown away; all else is closed, merged or gets an end.
PARTS_OF_A_DRAFT = {
    "students.PlanVersion.plan",
    "students.Goal.plan",
    "students.GoalVersion.goal",
    "students.GoalRemark.goal",
}


def links() -> dict[str, object]:
    """`app.Model.field` of each key that we wrote → what happens to the row when the other one goes."""
    return {
        f"{model._meta.label}.{field.name}": field.remote_field.on_delete
        for model in our_models()
        for field in model._meta.local_fields
        if field.remote_field and not field.remote_field.parent_link
    }


def not_protected(found: Mapping[str, object]) -> set[str]:
    return {name for name, on_delete in found.items() if on_delete is not PROTECT}


def test_nothing_goes_along_but_the_parts_of_a_draft():
    found = links()
    assert len(found) >= 90
    assert not_protected(found) == PARTS_OF_A_DRAFT
    assert {found[name] for name in PARTS_OF_A_DRAFT} == {CASCADE}


def test_guard_of_links_finds_a_cascade():
    assert not_protected({"a.B.c": CASCADE, "a.B.d": PROTECT, "a.B.e": SET_NULL}) == {"a.B.c", "a.B.e"}


def test_every_model_has_a_factory():
    models = our_models()
    assert len(models) >= 40
    assert list(without_a_factory(models, models_with_a_factory())) == []


def test_guard_of_factories_finds_a_model_without_one():
    missing, *others = our_models()
    made = models_with_a_factory() - {missing}
    assert list(without_a_factory([missing, *others], made)) == [missing._meta.label]


def test_verbose_names_start_small():
    names = verbose_names()
    assert len(names) >= 200
    assert list(large_starts(names)) == []


def test_guard_of_verbose_names_finds_a_large_start_and_lets_abbreviations_be():
    assert list(large_starts(["Start date", "start date", "KvK number", "BPV", ""])) == ["Start date"]


def test_every_beat_entry_names_a_real_task():
    celery_app.loader.import_default_modules()
    schedule = celery_app.conf.beat_schedule
    assert len(schedule) >= 4
    assert list(entries_without_a_task(schedule, celery_app.tasks)) == []


def test_no_message_of_beat_outlives_the_next():
    schedule = celery_app.conf.beat_schedule
    lives = {name: entry["options"]["expires"] for name, entry in schedule.items()}
    assert lives["outbox"] == 20
    assert lives["reminders"] == 15 * 60
    assert lives["forget-throttles"] == 3600
    assert lives["check-invariants"] == 24 * 3600
    assert all(0 < seconds <= 24 * 3600 for seconds in lives.values())


def test_guard_of_beat_finds_an_entry_without_a_task():
    schedule = {"mail": {"task": "core.deliver"}, "renamed": {"task": "core.gone"}}
    assert list(entries_without_a_task(schedule, {"core.deliver"})) == ["renamed"]
