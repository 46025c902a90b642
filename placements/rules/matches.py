"""Matches: the school's side proposes, the employer answers, then the student does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny, not_now
from core.states import permits, permits_undo
from placements.enums import MatchState
from students.enums import EnrolmentState

if TYPE_CHECKING:
    from core.models import StateChange
    from partnerships.actors import Actor
    from placements.models import Match
    from programmes.models import Cohort
    from students.models import Enrolment


def is_school_side(actor: Actor, row: Any) -> bool:
    """Teacher of the cohort or coordinator; `row` is a match or placement loaded `with_taught`."""
    return bool(row.is_taught) or row.slot.partnership_id in actor.coordinates


def can_propose_in(actor: Actor, cohort: Cohort) -> Verdict:
    """Propose students of a cohort that was loaded `for_page`."""
    if cohort.is_taught or cohort.programme.partnership_id in actor.coordinates:
        return ALLOW
    return deny(_("Only teachers of the cohort and coordinators propose training places."))


def party_of(actor: Actor, match: Match) -> str:
    """Whose answer the actor gives: "employer", "student" or nobody's."""
    if match.enrolment.student.person_id == actor.person_id:
        return "student"
    return "employer" if match.slot.organisation_id in actor.employer_organisations else ""


def can_answer(actor: Actor, match: Match) -> Verdict:
    """Say yes or no now, as the student or as the employer."""
    if party_of(actor, match) == "student":
        return can_answer_as_student(actor, match)
    return can_answer_as_employer(actor, match)


def can_answer_as_employer(actor: Actor, match: Match) -> Verdict:
    """The employer's people answer first."""
    if match.slot.organisation_id not in actor.employer_organisations:
        return deny(_("Only contact persons and practice trainers of the employer answer this proposal."))
    if match.state == MatchState.EMPLOYER_AGREED:
        return not_now(_("You said yes. Now it is the student's turn."))
    return permits(match, "employer_yes")


def can_answer_as_student(actor: Actor, match: Match) -> Verdict:
    """The student answers once the employer said yes."""
    if match.enrolment.student.person_id != actor.person_id:
        return deny(_("Only the student answers this."))
    if match.state == MatchState.PROPOSED:
        return not_now(_("The employer answers first."))
    return permits(match, "student_yes")


def can_withdraw_match(actor: Actor, match: Match) -> Verdict:
    """Take a proposal back while it waits for an answer; `match` is loaded `with_taught`."""
    if not is_school_side(actor, match):
        return deny(_("Only teachers of the cohort and coordinators withdraw a proposal."))
    return permits(match, "withdraw")


def can_take_back(actor: Actor, match: Match, act: StateChange | None) -> Verdict:
    """Undo the last answer or the withdrawal: for the party whose act it was; `match` is loaded `with_taught`."""
    if act is None or act.action not in {"employer_yes", "decline", "withdraw"}:
        return not_now(_("There is nothing here that can be taken back now."))
    if act.action == "withdraw":
        may = is_school_side(actor, match)
    elif act.from_state == MatchState.EMPLOYER_AGREED:
        may = match.enrolment.student.person_id == actor.person_id
    else:
        may = match.slot.organisation_id in actor.employer_organisations
    return permits_undo(match, act) if may else deny(_("Only the party whose act it was takes it back."))


def can_be_placed(enrolment: Enrolment) -> Verdict:
    """Whether a student can be proposed for a place now; asks nothing about people."""
    if enrolment.state == EnrolmentState.ENROLLED:
        return ALLOW
    return not_now(_("This student is not enrolled now."))


def sees_identity(actor: Actor, match: Match) -> bool:
    """Full name and contact data: the student and the school's side always, the employer after both said yes."""
    if match.state == MatchState.ACCEPTED or match.enrolment.student.person_id == actor.person_id:
        return True
    return is_school_side(actor, match)


def sees_reason(actor: Actor, match: Match) -> bool:
    """Why someone said no: the school's side, and the party that said it. A student's reason stays with the school.

    What ended a proposal without an answer was told to all who knew of it.
    """
    if match.close_cause:
        return True
    decliner = "student" if match.employer_agreed_at else "employer"
    return is_school_side(actor, match) or party_of(actor, match) == decliner


def sees_wishes(actor: Actor, match: Match) -> bool:
    """Town and wishes stay between the student and the school's side (docs/domain.md section 2)."""
    return is_school_side(actor, match) or match.enrolment.student.person_id == actor.person_id
