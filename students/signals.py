"""What students tells the apps above it, inside the transaction that caused it."""

from django.dispatch import Signal

# With `enrolment` (its state says how: completed or dropped out) and `by`, the actor.
enrolment_ended = Signal()
# With `kept` and `dropped`, two students who turned out to be one person: what hangs on `dropped` must go to `kept`.
students_merged = Signal()
