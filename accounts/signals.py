"""What accounts tells the apps above it."""

from django.dispatch import Signal

# Sent in the transaction that accepts, with `invitation` and `user`. When a receiver raises, nothing was accepted.
invitation_accepted = Signal()

# A name or an address changed: sent in the transaction that did it, with `person`, `made` (the changes of its fields)
# and `by` (a person's id).
person_changed = Signal()

# Two people turn out to be one: sent before the keys move, with `kept`, `dropped` (people) and `by` (a person's id or
# None), so that each app can end what would stand twice. Each receiver gives a list of sentences on how.
people_merging = Signal()

# The same, after the keys moved, where someone who knows both made them one by hand: with `kept`. Each receiver withdraws
# what waits for an answer and is not needed any more, and gives a list of sentences on that.
people_merged = Signal()

# Someone will be able to sign in no more: sent before that, with `person`. A receiver that knows of something that nobody
# could do then raises ValidationError, and nothing is done.
account_closing = Signal()

# Whether an app knows a file that it made: with `digest`, and who asks as `actor` (None for a visitor). A receiver gives
# an `accounts.queries.verifying.Known`, or None.
file_asked = Signal()

# A personal link took the place of `former`: with `link`, so that the app of its act says what the new one is about.
personal_link_renewed = Signal()

# A mail is written: sent with `reader` (a person, or None for who has no account) and `by` (the person who did what it
# tells of, or None). Each receiver gives a number and what looks for a list of `core.mail.Ask`; the lowest that knows
# someone counts, and nobody looks further.
who_is_asked = Signal()
