"""What apps above may hear of."""

from django.dispatch import Signal

# A check of an accreditation was recorded. Sent in its transaction with `accreditation`, `before` (the status that
# was known until then, "" when nothing was) and `by`, the actor.
accreditation_checked = Signal()
