"""How a fault is planted in the loaded demo region."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from core.models import StateChange
from demo.seed.history import at
from placements.enums import PlacementKind
from placements.models import Placement

Fault = tuple[str, str, Callable[[], Any]]  # rule, what it says, how it is planted
LONG_AGO = at(dt.date(2001, 1, 1))
DAY = dt.timedelta(days=1)
ORDINARY = Placement.objects.filter(kind=PlacementKind.ORDINARY)


def change(rows: QuerySet[Any], **values: Any) -> Callable[[], Any]:
    """Write these values into the first of the rows; a callable gives the value when its turn comes."""

    def plant() -> None:
        now = {name: value() if callable(value) else value for name, value in values.items()}
        first = rows.order_by("pk").values("pk").first()
        assert first, "nothing to plant the fault in"
        assert rows.model._base_manager.filter(pk=first["pk"]).update(**now)

    return plant


def step(action: str, model: str = "", **values: Any) -> Callable[[], Any]:
    """Write these values into the first recorded change of that name."""
    steps = StateChange.objects.filter(action=action)
    return change(steps.filter(model=model) if model else steps, **values)


def stranger() -> int:
    """Someone with no role at all."""
    return User.objects.get(is_superuser=True).person.pk


def dutch(text: str) -> str:
    with translation.override("nl"):
        return gettext(text)


def let_texts_change() -> None:
    """Plant also what the database itself refuses to change."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE students_goalversion DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE agreements_agreementversion DISABLE TRIGGER USER")
