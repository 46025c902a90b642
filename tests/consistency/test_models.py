"""Every model has a factory and proper names, every beat entry a task."""

import importlib
import re

from django.apps import apps
from factory.base import FactoryMetaClass

from portal.celery import app as celery_app
from tests.consistency.source import APPS, modules


def our_models() -> list[type]:
    return [model for label in APPS for model in apps.get_app_config(label).get_models()]


def test_every_model_has_a_factory():
    with_factory = set()
    for path in modules("tests/factories"):
        for value in vars(importlib.import_module(f"tests.factories.{path.stem}")).values():
            if isinstance(value, FactoryMetaClass) and value._meta.model:
                with_factory.add(value._meta.get_model_class())
    assert [model._meta.label for model in our_models() if model not in with_factory] == []


def test_verbose_names_start_small():
    named = [
        (model._meta.label, str(name))
        for model in our_models()
        for name in (
            model._meta.verbose_name,
            *(getattr(f, "verbose_name", "") for f in model._meta.get_fields()),
        )
    ]
    abbreviations = re.compile(r"[A-Z]{2}|[A-Z]\b|KvK")
    assert [
        (label, name) for label, name in named if name[:1].isupper() and not abbreviations.match(name)
    ] == []


def test_every_beat_entry_names_a_real_task():
    celery_app.loader.import_default_modules()
    unknown = {name: entry["task"] for name, entry in celery_app.conf.beat_schedule.items()}
    assert {name: task for name, task in unknown.items() if task not in celery_app.tasks} == {}
