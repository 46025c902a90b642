"""The employers of a call in columns, one for each state."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.limits import MOST_STEPS
from partnerships.enums import SignUpState
from partnerships.models import Call, SignUp
from partnerships.queries.sign_ups import counted

# The step that takes an employer to the next column; who drops out, or talks again, needs a reason on its own page.
FORWARD = {
    SignUpState.INTEREST: "talk",
    SignUpState.TALKING: "pledge",
    SignUpState.PLEDGED: "sign",
    SignUpState.SIGNED: "start",
}
WORDS = {
    "talk": _("In talks"),
    "pledge": _("Training places are pledged"),
    "sign": _("The agreement is signed"),
    "start": _("The first students started"),
}


@dataclass
class Column:
    """A state, how many employers and places are in it, and the cards that fit on the page."""

    state: SignUpState
    employers: int = 0
    places: int = 0
    cards: list[SignUp] = field(default_factory=list)

    @property
    def word(self) -> str | Promise:
        """The state in words."""
        return self.state.label

    @property
    def action(self) -> str:
        """The step to the next column; empty where there is none."""
        return FORWARD.get(self.state, "")

    @property
    def button(self) -> str | Promise:
        """That step in words."""
        return WORDS.get(self.action, "")

    @property
    def further(self) -> int:
        """How many are in the list alone."""
        return self.employers - len(self.cards)


def columns_of(call: Call) -> list[Column]:
    """All states in order, with the newest sign-ups of the call; three queries however many there are."""
    columns = {state: Column(state) for state in SignUpState}
    for state, employers, places in counted(call.pk):
        columns[SignUpState(state)].employers, columns[SignUpState(state)].places = employers, places
    for row in SignUp.objects.confirmed().filter(call=call).for_list()[:MOST_STEPS]:
        row.call = call
        columns[SignUpState(row.state)].cards.append(row)
    return list(columns.values())
