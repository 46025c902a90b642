"""What pages tell the apps above them."""

from __future__ import annotations

from django.dispatch import Signal

# A list went out as a file: `request`, and `what`, the name of the page with the kind of file.
list_taken = Signal()
