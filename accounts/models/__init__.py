"""Models of accounts."""

from accounts.models.invitations import Invitation
from accounts.models.users import User

__all__ = ["Invitation", "User"]
