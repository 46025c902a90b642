"""Signals for higher apps, who must hear without being imported: docs/adr/0001."""

from django.dispatch import Signal

# Sent with membership, inside the transaction that made or ended it; of an end also with by (the actor) and act, the change
# that is the end. When that is taken back: with membership, act and undo.
membership_started = Signal()
membership_ended = Signal()
membership_restored = Signal()
# Asked with membership and by (the actor who reads it) before a role is ended: each receiver gives what hangs on it
# (partnerships.queries.leaving.Hanging). What is chosen there comes with `membership_ended` as successors: the role that
# takes over what stands under each key, 0 for nobody.
role_leaving_considered = Signal()
# sent with organisation_id; receivers give the rows of their app that count on the organisation
organisation_relied_on = Signal()
# the same of someone, with person_id: rows of those who know this person otherwise than by a role
person_relied_on = Signal()

# Someone takes part in an initiative from now on: with participant, in the transaction of that.
participant_joined = Signal()

# Asked with `gone` (partnerships.queries.able.Gone) before a role, a mandate or an account ends: each receiver gives a
# list of sentences on what nobody could do any more.
rights_lowering = Signal()

# An organisation leaves a partnership, in the transaction of that act: with member, by (the actor) and act, the change that
# is the end. When that is taken back: with member, by, act and undo. Beforehand, with member, each receiver gives a list of
# sentences on what follows.
member_ended = Signal()
member_restored = Signal()
member_leaving_considered = Signal()

# Two organisations turn out to be one: sent before the keys move, with `kept`, `dropped`, `by` (the actor) and `act`, the
# change that says so. Each receiver solves what would stand twice in its app and gives a list of sentences on how.
organisations_merging = Signal()

# The same for a partnership as a whole: with partnership, by and act; with partnership, by, act and undo, to which each
# receiver gives sentences on what did not come back; with partnership.
partnership_closed = Signal()
partnership_reopened = Signal()
partnership_closing_considered = Signal()

# The same for a location: with location, by and act; with location, by, act and undo, to which each receiver gives
# sentences on what did not come back; with location.
location_closed = Signal()
location_reopened = Signal()
location_closing_considered = Signal()
