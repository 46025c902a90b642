"""The spots of this app's pages where the apps above add sections (ui.sections)."""

from __future__ import annotations

from ui.sections import Spot

# The page of a need.
ON_NEED = Spot()
# The needs of a partnership, beside the button for those who may bring one.
BESIDE_NEEDS = Spot()
