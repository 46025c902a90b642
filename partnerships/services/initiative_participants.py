"""People ask to take part with their own yes, are let in or not, and leave whenever they want."""

from __future__ import annotations

from django.db import transaction

from core import states, versions
from core.access import ensure
from core.dates import today
from partnerships.actors import Actor
from partnerships.mail import initiative_participants as mail
from partnerships.models import InitiativeParticipant
from partnerships.queries.initiative_participants import own_in
from partnerships.rules import initiative_participants as rules
from partnerships.services.locks import initiative_under_lock
from partnerships.signals import participant_joined


@transaction.atomic
def ask(*, initiative_id: int, kind: str, consent: str, by: Actor) -> InitiativeParticipant:
    """Keep someone's own yes, with the words that it was given to; who leads the initiative hears. Twice is once."""
    initiative = initiative_under_lock(initiative_id)
    own = own_in(initiative, by.person_id)
    if own is not None and own.kind == kind:
        return own
    ensure(rules.can_ask(by, initiative, own))
    participant = InitiativeParticipant.objects.create(
        initiative=initiative, person_id=by.person_id, kind=kind, consent=consent
    )
    act = states.record(participant, "ask", after=participant.state, by_id=by.person_id)
    mail.party_initiative_person_asked(participant, act)
    return participant


@transaction.atomic
def accept(*, participant_id: int, by: Actor, read: str | None) -> InitiativeParticipant:
    """Let someone in, from today; the person hears, and so does who must know (`participant_joined`)."""
    participant = _locked(participant_id)
    if states.is_repeat(participant, "accept", by=by.person_id):
        return participant
    ensure(rules.can_accept(by, participant))
    versions.ensure(read, participant)
    act = states.advance(participant, "accept", by=by.person_id, starts_on=today())
    mail.person_initiative_answered(participant, act)
    participant_joined.send(InitiativeParticipant, participant=participant)
    return participant


@transaction.atomic
def decline(*, participant_id: int, reason: str, by: Actor, read: str | None) -> InitiativeParticipant:
    """Say no, or end that someone takes part, with the reason; the person hears."""
    participant = _locked(participant_id)
    if states.is_repeat(participant, "decline", by=by.person_id):
        return participant
    ensure(rules.can_decline(by, participant))
    versions.ensure(read, participant)
    ends_on = today() if participant.starts_on else None
    act = states.advance(participant, "decline", by=by.person_id, reason=reason, ends_on=ends_on)
    mail.person_initiative_answered(participant, act)
    return participant


@transaction.atomic
def leave(*, participant_id: int, by: Actor, read: str | None) -> InitiativeParticipant:
    """Take the own yes back, from today; who leads the initiative hears."""
    participant = _locked(participant_id)
    if states.is_repeat(participant, "leave", by=by.person_id):
        return participant
    ensure(rules.can_leave(by, participant))
    versions.ensure(read, participant)
    ends_on = today() if participant.starts_on else None
    act = states.advance(participant, "leave", by=by.person_id, ends_on=ends_on)
    mail.party_initiative_person_left(participant, act)
    return participant


def _locked(participant_id: int) -> InitiativeParticipant:
    known = InitiativeParticipant.objects.values_list("initiative", flat=True).get(pk=participant_id)
    initiative = initiative_under_lock(known)
    rows = InitiativeParticipant.objects.select_for_update(of=("self",), no_key=True)
    participant = rows.select_related("person__user").get(pk=participant_id)
    participant.initiative = initiative
    return participant
