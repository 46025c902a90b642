"""Steps that a coordinator takes with a row are taken back: an initiative's phases, an employer's way through a call."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core import states
from core.models import StateChange


def act_read(row: models.Model, act_id: int, *, by: int | None) -> StateChange | None:
    """The step that was on the page; None when this person has taken it back already: a button pressed twice."""
    act = states.history(row).filter(pk=act_id).select_related("undone_by").first()
    if act is None:
        raise ValidationError(states.CHANGED, code="changed")
    undone: Any = getattr(act, "undone_by", None)
    return None if undone is not None and undone.by_id == by else act
