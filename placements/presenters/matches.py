"""What the templates print of matches: the name a reader may see, the state in a word with its colour, the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import today
from partnerships.models import Organisation
from partnerships.presenters.spaces import space_of
from placements.enums import OPEN_MATCH, Cause, MatchState
from placements.models import Match, Placement
from placements.models.matches import REOPEN_DAYS
from placements.presenters import contacts
from placements.presenters.placements import address_of
from placements.presenters.slots import Fact, SlotRow, facts, words
from placements.presenters.standing import standing_of
from placements.queries import fits
from placements.queries.contacts import around_match
from placements.queries.fits import Fit
from placements.queries.seats import Opening, edition_of, opening
from placements.rules import matches as rules
from placements.rules import placements as placement_rules
from ui.history import TrailLine, Undo, trail, undo_of

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from placements.forms.matches import AnswerForm

KINDS = {
    MatchState.PROPOSED: "wait",
    MatchState.EMPLOYER_AGREED: "wait",
    MatchState.ACCEPTED: "done",
    MatchState.DECLINED: "back",
    MatchState.WITHDRAWN: "todo",
    MatchState.EXPIRED: "todo",
}
WORDS: dict[str, Promise] = {
    MatchState.PROPOSED: gettext_lazy("Waiting for the employer"),
    MatchState.EMPLOYER_AGREED: gettext_lazy("Waiting for the student"),
    MatchState.ACCEPTED: gettext_lazy("Both said yes"),
    MatchState.DECLINED: gettext_lazy("Declined"),
    MatchState.WITHDRAWN: gettext_lazy("Withdrawn"),
    MatchState.EXPIRED: gettext_lazy("Expired"),
}
SLOT_FACTS = ("period", "week", "supervisor", "qualifications", "tasks", "learns")


@dataclass(frozen=True)
class MatchRow:
    """A match with the name this reader may see; `is_asked`: whether the answer waited for is this reader's."""

    match: Match
    sees_identity: bool
    is_asked: bool = False

    @property
    def name(self) -> str:
        """The whole name, or the first name for whoever may know no more."""
        student = self.match.enrolment.student
        return student.full_name if self.sees_identity else student.first_name

    @property
    def email(self) -> str:
        """Where the student reads mail."""
        return address_of(self.match.enrolment.student)

    @property
    def is_named(self) -> bool:
        """Whether the title of the place names the programme already."""
        title = words(self.match.slot.title)
        return words(self.match.enrolment.cohort.programme.name) <= title

    @property
    def kind(self) -> str:
        """The colour of the state."""
        return KINDS[MatchState(self.match.state)]

    @property
    def word(self) -> str:
        """The state in words."""
        return _("Waits for you") if self.is_asked else str(WORDS[self.match.state])

    @property
    def answer_by(self) -> date | None:
        """Until when the answer is waited for, as long as it is."""
        return self.match.answer_by if self.match.state in OPEN_MATCH else None

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for."""
        return self.match.state in OPEN_MATCH

    @property
    def close_cause(self) -> str:
        """Why it ended without an answer, when it did."""
        return str(Cause(self.match.close_cause).label) if self.match.close_cause else ""


def row_of(actor: Actor, match: Match) -> MatchRow:
    """A match, loaded `with_taught`, as this reader may see it."""
    return MatchRow(match, rules.sees_identity(actor, match), bool(rules.can_answer(actor, match)))


def asked_of(rows: Sequence[MatchRow]) -> list[Organisation]:
    """The employers for whom the reader has several proposals to answer, and so can say yes to all at once."""
    waiting = [
        row.match.slot.organisation for row in rows if row.is_asked and row.match.state == MatchState.PROPOSED
    ]
    return sorted({one for one in waiting if waiting.count(one) > 1}, key=lambda one: one.name)


def offered(actor: Actor, match: Match) -> Opening | None:
    """What a party would say yes to as things are now; None for others, and for a match that is over."""
    if match.state in OPEN_MATCH and rules.party_of(actor, match):
        return opening(match.slot, match.enrolment)
    return None


def detail_context(actor: Actor, match: Match, form: AnswerForm, found: Opening | None) -> dict[str, Any]:
    """One match: the pair, why they fit, and what this reader can do; `found` is what is `offered`."""
    row, party, history = row_of(actor, match), rules.party_of(actor, match), trail(match)
    is_open, is_school = match.state in OPEN_MATCH, rules.is_school_side(actor, match)
    placement = None
    if not is_open:
        placements = Placement.objects.visible_to(actor).with_taught(actor).select_related("slot")
        placement = placements.filter(match=match).first()
    days = placement or found
    return {
        "match": match,
        "shown": row,
        "slot_shown": SlotRow(match.slot),
        "facts": [
            *facts(match.slot, SLOT_FACTS, (days.starts_on, days.ends_on) if days else None),
            *([_contacts(match)] if is_open else []),
        ],
        "fit": _fit(match) if is_school else None,
        "form": form,
        "answer": form["answer"].value() or "",
        "read": edition_of(match, found) if found else "",
        "party": party,
        "can_answer": (can_answer := rules.can_answer(actor, match)),
        "standing": None if can_answer else standing_of(match, row.name, party, history),
        "can_withdraw": rules.can_withdraw_match(actor, match),
        "undo": _undo(actor, match, history),
        "no_until": today() + timedelta(days=REOPEN_DAYS),  # until when a no of today can be taken back
        "is_school": is_school,
        # With what was said to the school alone.
        "history": history if is_school else [],
        "sees_identity": row.sees_identity,
        "sees_wishes": rules.sees_wishes(actor, match),
        "sees_reason": rules.sees_reason(actor, match),
        "placement": placement,
        "contacts": contacts.cards(around_match(match), actor) if party or is_school else [],
        "sees_contact": placement is not None and placement_rules.sees_contact(actor, placement),
        "space": party or space_of(actor),
    }


def _fit(match: Match) -> Fit:
    known = fits.accreditations_of({match.slot.organisation_id})
    return fits.weigh(match.slot, match.enrolment, known)


def _contacts(match: Match) -> Fact:
    """Who at the employer can be asked about a proposal that waits."""
    names = ", ".join(match.slot.contact_names)
    return Fact(gettext_lazy("Contact person"), names, gettext_lazy("Not known yet"))


def _undo(actor: Actor, match: Match, history: list[TrailLine]) -> Undo | None:
    undo = undo_of(match, history)
    return undo if undo and rules.can_take_back(actor, match, undo.act) else None


def after_answer(match: Match, party: str | None, *, yes: bool) -> str:
    """Where someone goes after answering: with the student's yes there is a place, and that has a page of its own."""
    if party == "student" and yes:
        placement = Placement.objects.filter(match=match).values_list("public_id", flat=True).first()
        if placement is not None:
            return reverse("placement-moment", args=[placement])
    return match.get_absolute_url()


def answered(party: str, yes: bool) -> str:
    """What someone reads after answering."""
    if party == "student" and yes:
        return _("You have a training place!")
    if party == "student":
        return _("You said no. Your teacher will keep looking with you.")
    return _("You said yes. Now it is the student's turn.") if yes else _("You said no.")
