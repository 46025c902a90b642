"""The spots of this app's pages where the apps above add sections (ui.sections)."""

from __future__ import annotations

from ui.sections import Spot

# The page for the members of a partnership, those of a group and an action line, and the inner page of an initiative.
INSIDE, ON_GROUP, ON_ACTION_LINE, ON_INITIATIVE = Spot(), Spot(), Spot(), Spot()
# The page of a partnership that everyone reads.
ON_PARTNERSHIP = Spot()
# The page of a version of the cooperation agreement.
ON_COOPERATION = Spot()
# The page of a call for who writes it.
ON_CALL = Spot()
# The page of a duty of social return.
ON_SOCIAL_RETURN = Spot()
# The page of a sign-up for the coordinators.
ON_SIGN_UP = Spot()
# Each action line in the list of its partnership.
IN_ACTION_LINES = Spot()
# The public page of a partnership.
IN_PUBLIC = Spot()
