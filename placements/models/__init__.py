from placements.models.answering import AnswerTerm
from placements.models.matches import Match
from placements.models.placements import Placement
from placements.models.slots import Slot
from placements.models.supervisors import Supervisor

__all__ = ["AnswerTerm", "Match", "Placement", "Slot", "Supervisor"]
