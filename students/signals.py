"""What students tells the apps above it, inside the transaction that caused it."""

from django.dispatch import Signal

# With `enrolment` (its state says how: completed or dropped out), `by`, the actor, and `act`, the change of state.
enrolment_ended = Signal()
# With `enrolment`, `by`, `act`, which was taken back, and `undo`, which did so: what came along with `act` comes back.
# Each receiver gives a list of sentences on what could not.
enrolment_reinstated = Signal()
# With `enrolment` and `former`, the first and last day that it had: a receiver refuses days that leave out what is there.
enrolment_days_changed = Signal()
# With `enrolment`: before someone is taken out, each receiver gives a list of sentences on what would follow.
leaving_considered = Signal()
