"""What accounts tells the apps above it."""

from django.dispatch import Signal

# Sent inside the accepting transaction, with `invitation` and `user`: a receiver that raises undoes
# the acceptance.
invitation_accepted = Signal()
