from placements.models.answering import AnswerTerm
from placements.models.matches import Match
from placements.models.placements import Placement
from placements.models.slots import Slot
from placements.models.supervisors import Supervision, Supervisor
from placements.models.terms import PlacementTerms

__all__ = ["AnswerTerm", "Match", "Placement", "PlacementTerms", "Slot", "Supervision", "Supervisor"]
