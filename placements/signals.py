"""What apps above may hear of. Each is sent in the transaction of the act, so what they do stands or falls with it."""

from django.dispatch import Signal

placement_confirmed = Signal()  # placement, by: the actor
placement_broken_off = Signal()  # placement, reason, by: the actor
placement_completed = Signal()  # placement
