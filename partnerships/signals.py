"""Signals offered to higher apps (style.md 2.2: the only use of signals)."""

from django.dispatch import Signal

# sent with membership, inside the transaction that made or ended it
membership_started = Signal()
membership_ended = Signal()
