"""Faults that the drill of plans must find: each is a way in which it could be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from types import ModuleType
from typing import Any
from unittest.mock import patch

from core.access import ALLOW
from partnerships.actors import Actor
from students.models import Consent, Goal, GoalVersion
from students.models import goals as texts
from students.models.answers import AnswerT, answers_that_count
from students.queries import consent
from students.services import opinions, plans, returns


@contextmanager
def kept_consent() -> Iterator[None]:
    """A new text takes over what was said to the one before."""
    write = plans._write

    def keeping(goal: Goal, by: Actor, **texts: Any) -> GoalVersion:
        former = goal.latest
        made = write(goal, by, **texts)
        for row in Consent.objects.filter(goal_version=former).order_by("number"):
            row.pk, row._state.adding, row.goal_version = None, True, made
            row.save()
        return made

    with patch.object(plans, "_write", keeping):
        yield


@contextmanager
def former_employer(*modules: ModuleType) -> Iterator[None]:
    """The yes of an employer who is gone still counts, for whoever asks it in one of the modules."""
    with ExitStack() as stack:
        for module in modules:
            stack.enter_context(patch.object(module, "answers_that_count", _of_any_employer))
        yield


def _of_any_employer(rows: Iterable[AnswerT], _employer: int | None) -> dict[str, AnswerT]:
    return answers_that_count(rows, None)


@contextmanager
def late_undo() -> Iterator[None]:
    """An act is taken back however long ago it was."""
    with patch.dict(Goal.UNDO, dict.fromkeys(Goal.UNDO)):
        yield


FAULTS: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "consent is kept with a new text": kept_consent,
    "the yes of a former employer counts": lambda: former_employer(texts, consent, plans),
    "a goal is agreed with the yes of a former employer": lambda: former_employer(plans),
    "an opinion is given before the student begins": lambda: patch.object(
        opinions.rules, "can_give_opinion", lambda *_: ALLOW
    ),
    "a result is taken back at any time": late_undo,
    "who comes back finds the plan closed": lambda: patch.object(returns.plans, "reopen", lambda **_: None),
}
