"""What apps above may hear of. Each is sent in the transaction of the act, so what they do stands or falls with it."""

from django.dispatch import Signal

accreditation_verified = Signal()  # check: the employer was found to be accredited, by: the actor
placement_confirmed = Signal()  # placement, by: the actor
placement_broken_off = Signal()  # placement, last_day, reason, by: the actor, cause: the change that ended it
placement_completed = Signal()  # placement
placement_restored = Signal()  # placement, by: the actor, act: what ended it, undo: what took that back
break_off_considered = Signal()  # placement; listeners give the sentences that say what ends with it
