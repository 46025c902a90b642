from placements.models.accreditations import Accreditation
from placements.models.agreements import Agreement, AgreementVersion, Signature
from placements.models.matches import Match
from placements.models.placements import Placement
from placements.models.slots import Slot
from placements.models.supervisors import Supervisor

__all__ = [
    "Accreditation",
    "Agreement",
    "AgreementVersion",
    "Match",
    "Placement",
    "Signature",
    "Slot",
    "Supervisor",
]
