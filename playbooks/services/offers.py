"""An improvement goes back to whose playbook it is: offered, accepted into the draft or declined, and the other hears."""

from __future__ import annotations

from django.db import transaction

from core import states, versions
from core.access import ensure
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.services.locks import partnership_under_lock
from playbooks.mail import offers as mail
from playbooks.models import AdoptedPart, PlaybookOffer, PlaybookPart
from playbooks.queries import names
from playbooks.queries.playbooks import texts_in
from playbooks.rules import offers as rules
from playbooks.rules.playbooks import can_add_part, is_nameless
from playbooks.services import playbooks
from playbooks.services.locks import offer_under_lock

COPIED = ("kind", "title", "body", "details")


@transaction.atomic
def offer(*, part_id: int, why: str, by: Actor, read: str | None) -> PlaybookOffer:
    """Offer a piece as it is now, to the coordinators of whose playbook it began with. It names nobody of either."""
    rows = AdoptedPart.objects.select_related("base", "adoption__version__playbook__partnership")
    part = rows.select_related("adoption__partnership").get(pk=part_id)
    partnership_under_lock(part.adoption.partnership_id)
    there = PlaybookOffer.objects.open().filter(part=part).first()
    if there is not None and there.by_id == by.person_id and there.why == why:  # the button a second time
        return there
    ensure(rules.can_offer(by, part, has_open=there is not None))
    versions.ensure(read, part)
    made = PlaybookOffer(part=part, why=why, by_id=by.person_id or 0)
    for name in COPIED:
        setattr(made, name, getattr(part, name))
    for partnership in (made.offerer, made.publisher):
        ensure(is_nameless(names.named_in(partnership, [*texts_in(part), why])))
    with explained(made):
        made.save()
    mail.coordinator_offer_made(made)
    return made


@transaction.atomic
def accept(*, offer_id: int, by: Actor, read: str | None) -> PlaybookOffer:
    """Put it into the draft of the next version, which is begun when there is none; who offered it hears."""
    found = offer_under_lock(offer_id)
    if states.is_repeat(found, "accept", by=by.person_id):
        return found
    ensure(rules.can_answer(by, found))
    versions.ensure(read, found)
    draft = playbooks.begin(partnership_id=found.publisher.pk, by=by)
    part = draft.parts.filter(key=found.part.key).first()
    if part is None:
        ensure(can_add_part(by, draft, parts=draft.parts.count()))
        part = PlaybookPart(version=draft, key=found.part.key, position=draft.parts.count() + 1)
    for name in COPIED:
        setattr(part, name, getattr(found, name))
    part.save()
    act = states.advance(found, "accept", by=by.person_id)
    mail.offerer_offer_accepted(found, act)
    return found


@transaction.atomic
def decline(*, offer_id: int, reason: str, by: Actor, read: str | None) -> PlaybookOffer:
    """Say why it does not come into the playbook; who offered it reads the reason."""
    found = offer_under_lock(offer_id)
    if states.is_repeat(found, "decline", by=by.person_id):
        return found
    ensure(rules.can_answer(by, found))
    versions.ensure(read, found)
    act = states.advance(found, "decline", by=by.person_id, reason=reason)
    mail.offerer_offer_declined(found, act)
    return found


@transaction.atomic
def withdraw(*, offer_id: int, by: Actor, read: str | None) -> PlaybookOffer:
    """Take it back before there is an answer."""
    found = offer_under_lock(offer_id)
    if states.is_repeat(found, "withdraw", by=by.person_id):
        return found
    ensure(rules.can_withdraw(by, found))
    versions.ensure(read, found)
    states.advance(found, "withdraw", by=by.person_id)
    return found
