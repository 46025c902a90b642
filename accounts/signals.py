"""What accounts tells the apps above it."""

from django.dispatch import Signal

# Sent in the transaction that accepts, with `invitation` and `user`. When a receiver raises, nothing was accepted.
invitation_accepted = Signal()
