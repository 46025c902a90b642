"""Duties of social return as those who keep them read them, and as totals for a partnership."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from partnerships.models import SocialReturnActivity, SocialReturnObligation
from partnerships.presenters.spaces import space_of_organisation
from ui import formats
from ui.history import edits
from ui.pages import Page


def money(value: Decimal) -> str:
    """A sum in euros, without cents where there are none."""
    whole = value == value.to_integral_value()
    return f"€\u00a0{formats.number(int(value)) if whole else formats.number(float(round(value, 2)))}"


@dataclass(frozen=True)
class ObligationRow:
    """A duty with its sums in words."""

    obligation: SocialReturnObligation
    owed: str
    counted: str
    open: str

    @property
    def is_met(self) -> bool:
        """Whether nothing is open any more."""
        return not self.obligation.open


@dataclass(frozen=True)
class ActivityRow:
    """What was done, with what it counts for."""

    activity: SocialReturnActivity
    quantity: str
    value: str


def row_of(obligation: SocialReturnObligation) -> ObligationRow:
    """A duty of `for_list`."""
    return ObligationRow(
        obligation, money(obligation.owed), money(obligation.counted), money(obligation.open)
    )


def activity_row(activity: SocialReturnActivity) -> ActivityRow:
    """An activity in the list of its duty."""
    quantity = formats.number(float(activity.quantity.normalize()))
    return ActivityRow(activity, quantity.removesuffix(",0").removesuffix(".0"), money(activity.value))


def detail_context(obligation: SocialReturnObligation, page: Page) -> dict[str, Any]:
    """One duty, with what counts for it and what changed."""
    return space_of_organisation(obligation.organisation) | {
        "organisation": obligation.organisation,
        "obligation": obligation,
        "row": row_of(obligation),
        "page": page,
        "rows": [activity_row(activity) for activity in page],
        "history": edits(obligation),
    }


def total_rows(page: Page) -> list[dict[str, Any]]:
    """The totals of members, in words."""
    return [
        {
            "organisation": total.organisation,
            "owed": money(total.owed),
            "counted": money(total.counted),
            "open": money(total.open),
        }
        for total in page
    ]
