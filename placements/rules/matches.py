"""Matches: the school's side proposes, the employer answers, then the student does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny
from core.states import allowed
from placements.enums import MatchState
from students.enums import EnrolmentState

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from placements.models import Match
    from programmes.models import Cohort
    from students.models import Enrolment

_ANSWERED = _("This proposal has already been answered or withdrawn.")


def is_school_side(actor: Actor, row: Any) -> bool:
    """Teacher of the cohort or coordinator; `row` is a match or placement loaded `with_standing`."""
    return bool(row.is_taught) or row.slot.partnership_id in actor.coordinates


def can_propose_in(actor: Actor, cohort: Cohort) -> Verdict:
    """Propose students of a cohort that was loaded `for_page`."""
    if cohort.is_taught or cohort.programme.partnership_id in actor.coordinates:
        return ALLOW
    return deny(_("Only teachers of the cohort and coordinators propose places."))


def can_propose_for(actor: Actor, enrolment: Enrolment, *, is_taught: bool) -> Verdict:
    """Propose a place for a student: teachers of the cohort and coordinators of its partnership."""
    programme = enrolment.cohort.programme
    if not is_taught and programme.partnership_id not in actor.coordinates:
        return deny(_("Only teachers of the cohort and coordinators propose places."))
    if enrolment.state != EnrolmentState.ENROLLED:
        return deny(_("This student is not enrolled now."))
    return ALLOW


def party_of(actor: Actor, match: Match) -> str:
    """Whose answer the actor gives: "employer", "student" or nobody's."""
    if match.enrolment.student.user_id == actor.user_id:
        return "student"
    return "employer" if match.slot.organisation_id in actor.employer_organisations else ""


def can_answer(actor: Actor, match: Match) -> Verdict:
    """Whether it is this person's turn to say yes or no."""
    party = party_of(actor, match)
    if party == "student":
        return can_answer_as_student(actor, match)
    return can_answer_as_employer(actor, match)


def can_answer_as_employer(actor: Actor, match: Match) -> Verdict:
    if match.slot.organisation_id not in actor.employer_organisations:
        return deny(_("Only contact persons and practice trainers of the employer answer this proposal."))
    if match.state == MatchState.EMPLOYER_AGREED:
        return deny(_("You said yes. Now it is the student's turn."))
    return ALLOW if allowed(match, "employer_yes") else deny(_ANSWERED)


def can_answer_as_student(actor: Actor, match: Match) -> Verdict:
    if match.enrolment.student.user_id != actor.user_id:
        return deny(_("Only the student answers this."))
    if match.state == MatchState.PROPOSED:
        return deny(_("The employer answers first."))
    return ALLOW if allowed(match, "student_yes") else deny(_ANSWERED)


def can_withdraw_match(actor: Actor, match: Match) -> Verdict:
    if not is_school_side(actor, match):
        return deny(_("Only teachers of the cohort and coordinators withdraw a proposal."))
    return ALLOW if allowed(match, "withdraw") else deny(_ANSWERED)


def sees_identity(actor: Actor, match: Match) -> bool:
    """Full name and contact data: the student and the school's side always, the employer after both said yes."""
    if match.state == MatchState.ACCEPTED or match.enrolment.student.user_id == actor.user_id:
        return True
    return is_school_side(actor, match)


def sees_wishes(actor: Actor, match: Match) -> bool:
    """Town and wishes stay between the student and the school's side (product.md, access table)."""
    return is_school_side(actor, match) or match.enrolment.student.user_id == actor.user_id
