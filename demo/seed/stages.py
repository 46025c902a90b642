"""How far each student of demo/data/students.csv has come; `stage` there names one of these."""

from dataclasses import dataclass, replace

from agreements.enums import AgreementState
from placements.enums import MatchState, PlacementState
from students.enums import EnrolmentState

# The days, counted from that of loading, on which a student who dropped out left; lately it can still be taken back.
LEFT, LEFT_LATELY = -20, -3
BACK = -6  # and on which one came back


@dataclass(frozen=True)
class Stage:
    """One point of the journey.

    `plan`: none, draft (texts, not asked), waiting (asked, not all agreed), active or closed.
    `done`: the share of goals that the school has assessed.
    `story`: what happened to the agreement since (`demo/seed/agreements.py`).
    """

    enrolment: str = EnrolmentState.ENROLLED
    has_account: bool = True
    match: str = ""
    placement: str = ""
    agreement: str = ""
    plan: str = ""
    done: float = 0.0
    exchange: bool = False
    story: str = ""
    left: int = LEFT
    has_returned: bool = False


_PLACED = Stage(match=MatchState.ACCEPTED, placement=PlacementState.RUNNING)
_LEARNING = replace(_PLACED, agreement=AgreementState.ACTIVE, plan="active")
_DROPPED = Stage(
    enrolment=EnrolmentState.DROPPED_OUT,
    match=MatchState.ACCEPTED,
    placement=PlacementState.BROKEN_OFF,
    agreement=AgreementState.ENDED,
    plan="closed",
    done=0.1,
)

STAGES = {
    "waiting": Stage(enrolment=EnrolmentState.WAITING, has_account=False),
    "none": Stage(has_account=False),
    "new": Stage(),
    "matched": Stage(match=MatchState.PROPOSED),
    "employer_yes": Stage(match=MatchState.EMPLOYER_AGREED),
    "declined": Stage(match=MatchState.DECLINED),
    "unanswered": Stage(match=MatchState.EXPIRED),
    "placed_draft": replace(_PLACED, agreement=AgreementState.DRAFT, plan="draft"),
    "signing": replace(_PLACED, agreement=AgreementState.SIGNING, plan="waiting"),
    "active_early": _LEARNING,
    # An agreement with a change that is asked, or signed; signed on paper; one with a signature that is disputed; one that
    # ended while the student stayed
    "amending": replace(_LEARNING, story="amending"),
    "amended": replace(_LEARNING, story="amended"),
    "paper": replace(_LEARNING, story="paper"),
    "disputed": replace(_LEARNING, story="disputed"),
    "followed": replace(_LEARNING, story="followed"),
    "active_mid": replace(_LEARNING, done=0.3),
    "active_late": replace(_LEARNING, done=0.7),
    "exchange": replace(_LEARNING, done=0.4, exchange=True),
    "dropped": _DROPPED,
    "dropped_lately": replace(_DROPPED, left=LEFT_LATELY),
    "returned": replace(_DROPPED, has_returned=True),
    "history_completed": Stage(enrolment=EnrolmentState.COMPLETED),
    "history_dropped": Stage(enrolment=EnrolmentState.DROPPED_OUT),
}
