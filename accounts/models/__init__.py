"""Models of accounts."""

from accounts.models.invitations import Invitation
from accounts.models.links import PersonalLink
from accounts.models.people import Person
from accounts.models.privacy import ErasureLedger, ErasureRequest, OwnRecord, RetentionRun, RetentionTerm
from accounts.models.security import SecurityEvent
from accounts.models.support import SupportAct
from accounts.models.throttles import Throttle
from accounts.models.users import User

__all__ = [
    "ErasureLedger",
    "ErasureRequest",
    "Invitation",
    "OwnRecord",
    "Person",
    "PersonalLink",
    "RetentionRun",
    "RetentionTerm",
    "SecurityEvent",
    "SupportAct",
    "Throttle",
    "User",
]
