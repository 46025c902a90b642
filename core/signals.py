"""What the ground tells the apps above it."""

from django.dispatch import Signal

# The scanner found something in a file that was kept: whoever handed it in hears of it. `file`: StoredFile
something_found = Signal()
