"""What comes first in the dates of a list, 3/4/2009: shown by the list itself, or asked about it once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.imports.importer import Question
from core.reading import days
from core.reading.answers import Answer, Kind, Unsure

ORDER = "order"  # the key of the question
SAY_FIRST = gettext_lazy("First say above what comes first in the dates of this list.")
MOST_LINES = 5  # of the list that the question names


@dataclass(frozen=True, slots=True)
class DateOrder:
    """The order of day and month in a list: shown or answered, or None; `is_open` where it matters and is still asked."""

    order: days.Order | None = None
    is_open: bool = False
    questions: list[Question] = field(default_factory=list)

    def must_come_first(self, answer: Answer[Any]) -> bool:
        """Whether the question about the whole list comes before this one cell."""
        return self.is_open and _turns_on_the_order(answer)


def order_of(texts: Iterable[tuple[int, str]], answers: Mapping[str, str]) -> DateOrder:
    """What the dates of a list show, each with its line. When they show nothing, and it matters, it is a question."""
    orders: set[days.Order] = set()
    unsure: list[int] = []
    for line, text in texts:
        if text and len(orders) < len(days.Order):
            orders |= days.orders_in([text])
        if "/" in text and _turns_on_the_order(days.day(text)):
            unsure.append(line)
    if orders or not unsure:
        return DateOrder(next(iter(orders)) if len(orders) == 1 else None)
    choices = [
        (str(days.Order.DAY_FIRST), _("The day, as in the Netherlands")),
        (str(days.Order.MONTH_FIRST), _("The month, as in America")),
    ]
    words = _("What comes first in the dates of this list?")
    question = Question(ORDER, words, choices, unsure[:MOST_LINES])
    chosen = answers.get(ORDER)
    order = days.Order(chosen) if chosen in {value for value, _label in choices} else None
    return DateOrder(order, order is None, [question])


def _turns_on_the_order(answer: Answer[Any]) -> bool:
    return isinstance(answer, Unsure) and answer.kind is Kind.DAY_OR_MONTH
