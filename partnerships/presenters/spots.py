"""The spots of this app's pages where the apps above add sections (ui.sections)."""

from __future__ import annotations

from ui.sections import Spot

# The page for the members of a partnership, and those of a group and an action line.
INSIDE, ON_GROUP, ON_ACTION_LINE = Spot(), Spot(), Spot()
# Each action line in the list of its partnership.
IN_ACTION_LINES = Spot()
