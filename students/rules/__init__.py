"""Who may do what around students; pure, on loaded attributes (`Enrolment.objects.with_parties()`)."""

from students.rules.parties import can_read_whole_plan, party_of, side_of
from students.rules.plans import (
    can_add_evidence,
    can_answer,
    can_ask_consent,
    can_assess,
    can_begin,
    can_change_goal,
    can_create_plan,
    can_decide,
    can_demonstrate,
    can_edit_plan,
    can_lapse,
    can_propose_goal,
    can_remark,
    can_resume,
    can_take_up,
    can_work_on,
)

__all__ = [
    "can_add_evidence",
    "can_answer",
    "can_ask_consent",
    "can_assess",
    "can_begin",
    "can_change_goal",
    "can_create_plan",
    "can_decide",
    "can_demonstrate",
    "can_edit_plan",
    "can_lapse",
    "can_propose_goal",
    "can_read_whole_plan",
    "can_remark",
    "can_resume",
    "can_take_up",
    "can_work_on",
    "party_of",
    "side_of",
]
