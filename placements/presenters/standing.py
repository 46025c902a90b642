"""How far a proposal has come, for who has no answer to give now: who said what, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import local_day
from placements.enums import OPEN_MATCH, MatchState
from ui.components import PartyName, SignParty
from ui.formats import day as full_day
from ui.history import TrailLine, last_act

if TYPE_CHECKING:
    from datetime import date

    from placements.models import Match


@dataclass(frozen=True)
class Follows:
    """One thing that comes next, with its icon."""

    icon: str
    words: str


@dataclass(frozen=True)
class Standing:
    """`title` and `lead` stand at the head where this reader's own answer says it all."""

    strip: list[SignParty]
    follows: list[Follows]
    title: str = ""
    lead: str = ""


def standing_of(match: Match, name: str, party: str, history: list[TrailLine]) -> Standing:
    """For a match that `party` ("" for the school's side) cannot answer now; `name` is what it may know the student by."""
    act = last_act(history)
    ended_on = local_day(act.at) if act and match.state not in OPEN_MATCH else None
    strip = [_school(match, ended_on), _employer(match, ended_on), _student(match, ended_on)]
    title, lead = _head(match, name, party)
    return Standing(strip, _follows(match, name, party), title, lead)


def _head(match: Match, name: str, party: str) -> tuple[str, str]:
    if party == "employer" and match.state == MatchState.EMPLOYER_AGREED:
        until = {"name": name, "day": full_day(match.answer_by)}
        return (
            _("You said yes. Now it is %(name)s's turn.") % {"name": name},
            _("%(name)s answers by %(day)s at the latest.") % until,
        )
    if match.state == MatchState.DECLINED and party == _decliner(match):
        followed = {
            "employer": _("The school keeps looking for this student."),
            "student": _("Your teacher will keep looking with you."),
        }
        return _("You said no."), followed[party]
    return "", ""


def _follows(match: Match, name: str, party: str) -> list[Follows]:
    if match.state not in OPEN_MATCH:
        return []
    found = []
    if match.state == MatchState.PROPOSED:
        found.append(Follows("users", _("If the employer says yes, %(name)s is asked.") % {"name": name}))
    elif party == "employer":
        found.append(Follows("users", _("If %(name)s says yes, you see the full name.") % {"name": name}))
    school = match.enrolment.cohort.programme.school.name
    makes = _("After both have said yes, %(school)s makes the agreement.") % {"school": school}
    silent = _("Without an answer the proposal expires after %(day)s.") % {"day": full_day(match.answer_by)}
    if party == "employer":  # the head names the day
        silent = _("Without an answer the proposal expires.")
    return [*found, Follows("file-text", makes), Follows("clock", silent)]


def _decliner(match: Match) -> str:
    return "student" if match.employer_agreed_at else "employer"


def _school(match: Match, ended_on: date | None) -> SignParty:
    if match.state == MatchState.WITHDRAWN:
        return SignParty("school", "back", on=ended_on, word=_("Withdrawn"))
    return SignParty("school", "ok", on=local_day(match.proposed_at), word=_("Proposed"))


def _employer(match: Match, ended_on: date | None) -> SignParty:
    if match.employer_agreed_at:
        return SignParty("employer", "ok", on=local_day(match.employer_agreed_at), word=_("Yes"))
    return _asked(match, "employer", ended_on)


def _student(match: Match, ended_on: date | None) -> SignParty:
    if match.state == MatchState.ACCEPTED:
        return SignParty("student", "ok", on=ended_on, word=_("Yes"))
    if match.employer_agreed_at:
        return _asked(match, "student", ended_on)
    return SignParty("student", "none", word=pgettext("proposal", "Not asked"))


def _asked(match: Match, party: PartyName, ended_on: date | None) -> SignParty:
    """The party whose answer it is: asked, said no, or left without an answer when it ended."""
    if match.state in OPEN_MATCH:
        return SignParty(party, "wait", on=local_day(match.asked_at), word=pgettext("proposal", "Asked"))
    if match.state == MatchState.DECLINED:
        return SignParty(party, "back", on=ended_on, word=_("No"))
    return SignParty(party, "none", word=_("No answer"))
