"""Which of the answers to a text count: as whole rows, or as the columns that a list reads of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from students.enums import Party

if TYPE_CHECKING:
    from students.models.consents import Consent


class Said(NamedTuple):
    """The columns of an answer that count, where no whole `Consent` is loaded."""

    party: str
    answer: str
    organisation_id: int | None


AnswerT = TypeVar("AnswerT", "Consent", Said)


def answers_that_count(answers: Iterable[AnswerT], employer_id: int | None) -> dict[str, AnswerT]:
    """The answer of each party that gave one, among all answers to one text, oldest first.

    The employer's answer counts while it is the employer: an earlier one's stays as history, and today's is asked
    again. Without an employer (`employer_id` is None) the answer that one gave last stands.
    """
    return {
        row.party: row
        for row in answers
        if row.party != Party.EMPLOYER or employer_id in (None, row.organisation_id)
    }
