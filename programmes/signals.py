"""What apps above may hear of. Each is sent in the transaction of the act, so what they do stands or falls with it."""

from django.dispatch import Signal

# Both with `accreditation` and `by`, the actor.
accreditation_verified = Signal()  # the employer was found to be accredited, also when that was known
accreditation_withdrawn = Signal()  # it was not known before that the accreditation is gone
