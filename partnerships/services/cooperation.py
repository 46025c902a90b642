"""The cooperation agreement of a partnership: written as a draft, put up for signature, signed by each party.

The text in force holds until the next one is signed by all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core import drafts, states, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from partnerships.actors import Actor
from partnerships.enums import CooperationState
from partnerships.mail import cooperation as mail
from partnerships.models import CooperationParty, CooperationSignature, CooperationVersion, Promise
from partnerships.models.cooperation import ONE_OPEN
from partnerships.queries.cooperation import open_version, still_takes_part
from partnerships.rules import cooperation as rules
from partnerships.services.locks import cooperation_under_lock, partnership_under_lock

TEXTS = ("vision", "starts_on", "ends_on")
BEGIN = "begin"


@dataclass(frozen=True)
class Promised:
    """A promise as it was typed: `pk` of one that stands there already; without a text it goes."""

    text: str
    organisation_id: int | None = None
    due_on: dt.date | None = None
    pk: int | None = None


@transaction.atomic
def save(
    *,
    version: CooperationVersion,
    parties: Collection[int],
    promises: Sequence[Promised],
    by: Actor,
    read: str | None,
) -> CooperationVersion:
    """Keep a draft, new or changed; `parties` are the organisations that are to sign, by key.

    The same new draft sent twice is one. Raises ValidationError when another one is on its way.
    """
    with explained(version):
        if version._state.adding:
            return _begin(version, parties, promises, by)
        known = cooperation_under_lock(version.pk)
        ensure(rules.can_change(by, known))
        versions.claim(read, known)
        for name in TEXTS:
            setattr(known, name, getattr(version, name))
        known.save(update_fields=TEXTS)
        _keep_parties(known, parties)
        _keep_promises(known, promises)
    return known


def _begin(
    version: CooperationVersion, parties: Collection[int], promises: Sequence[Promised], by: Actor
) -> CooperationVersion:
    partnership = partnership_under_lock(version.partnership_id)
    there = open_version(partnership)
    ensure(rules.can_begin(by, partnership, has_open=False))
    if there is not None:
        if not _says_the_same(there, version, parties, promises):
            raise ValidationError(ONE_OPEN)
        return there
    last = partnership.cooperation_versions.aggregate(last=Max("number"))["last"]
    version.number = (last or 0) + 1
    version.save()
    states.record(version, BEGIN, after=CooperationState.DRAFT, by_id=by.person_id)
    _keep_parties(version, parties)
    _keep_promises(version, promises)
    return version


def _says_the_same(
    there: CooperationVersion,
    version: CooperationVersion,
    parties: Collection[int],
    promises: Sequence[Promised],
) -> bool:
    texts = all(getattr(there, name) == getattr(version, name) for name in TEXTS)
    signing = set(there.parties.values_list("organisation", flat=True)) == set(parties)
    said = {_said(row) for row in there.promises.all()} == {_said(row) for row in promises if row.text}
    return there.is_draft and texts and signing and said


def _said(row: Promise | Promised) -> tuple[str, int | None, dt.date | None]:
    return row.text, row.organisation_id, row.due_on


def _keep_parties(version: CooperationVersion, parties: Collection[int]) -> None:
    version.parties.exclude(organisation__in=parties).delete()
    there = set(version.parties.values_list("organisation", flat=True))
    for key in sorted(set(parties) - there):
        version.parties.create(organisation_id=key)


def _keep_promises(version: CooperationVersion, promises: Sequence[Promised]) -> None:
    """Those that stood there as they are typed now, and after them the new ones, each once."""
    known = {row.pk: row for row in version.promises.all()}
    for typed in promises:
        row = known.get(typed.pk) if typed.pk else None
        if row is None:
            if typed.text and not typed.pk and _said(typed) not in {_said(one) for one in known.values()}:
                made = version.promises.create(
                    text=typed.text, organisation_id=typed.organisation_id, due_on=typed.due_on
                )
                known[made.pk] = made
        elif not typed.text:
            row.delete()
        elif _said(row) != _said(typed):
            row.text, row.organisation_id, row.due_on = _said(typed)
            row.save()


@transaction.atomic
def discard(*, version_id: int, by: Actor, read: str | None) -> None:
    """Throw a draft away."""
    version = cooperation_under_lock(version_id)
    ensure(rules.can_discard(by, version))
    versions.ensure(read, version)
    drafts.discard(version, version.promises.all(), version.parties.all(), by=by.person_id)


@transaction.atomic
def ask(*, version_id: int, by: Actor, read: str | None) -> CooperationVersion:
    """Put a draft up for signature: it never changes from now on. The managers of the parties are told."""
    version = cooperation_under_lock(version_id)
    if states.is_repeat(version, "ask", by=by.person_id):
        return version
    ensure(rules.can_ask(by, version, parties=version.parties.count()))
    versions.ensure(read, version)
    sealed: dict[str, Any] = {"asked_at": timezone.now(), "digest": version.fingerprint()}
    act = states.advance(version, "ask", by=by.person_id, **sealed)
    mail.manager_cooperation_asked(version, act)
    return version


@transaction.atomic
def withdraw(*, version_id: int, reason: str, by: Actor, read: str | None) -> CooperationVersion:
    """Ask no longer; the text in force goes on. Who was asked reads the reason."""
    version = cooperation_under_lock(version_id)
    if states.is_repeat(version, "withdraw", by=by.person_id):
        return version
    ensure(rules.can_withdraw(by, version))
    versions.ensure(read, version)
    act = states.advance(version, "withdraw", by=by.person_id, reason=reason)
    mail.manager_cooperation_withdrawn(version, act)
    return version


@transaction.atomic
def sign(
    *, version_id: int, party_id: int, function: str, by: Actor, read: str | None
) -> CooperationSignature:
    """Sign the text that was read for the organisation of which one is a manager."""
    version = cooperation_under_lock(version_id)
    party = _party(version, party_id)
    if party.signed is not None and party.signed.person_id == by.person_id:
        return party.signed
    ensure(rules.can_sign(by, version, party))
    signature = CooperationSignature(party=party, person_id=by.person_id, signed_on=today())
    return _sign(version, signature, function, by, read)


@transaction.atomic
def record(
    *,
    version_id: int,
    party_id: int,
    function: str,
    name: str,
    signed_on: dt.date,
    by: Actor,
    read: str | None,
) -> CooperationSignature:
    """Write down a signature that stands on paper. The managers of that organisation are told at once."""
    version = cooperation_under_lock(version_id)
    party = _party(version, party_id)
    there, said = party.signed, (function, name, signed_on)
    if there is not None and (there.function, there.name, there.signed_on) == said and there.is_paper:
        return there
    ensure(rules.can_record(by, version, party) and rules.is_of_the_past(signed_on))
    signature = CooperationSignature(party=party, name=name, signed_on=signed_on, is_paper=True)
    _sign(version, signature, function, by, read)
    mail.manager_cooperation_recorded(version, signature, by=by)
    return signature


def _party(version: CooperationVersion, party_id: int) -> CooperationParty:
    found = next((party for party in version.parties.all() if party.pk == party_id), None)
    if found is None:
        raise versions.Changed
    return found


def _sign(
    version: CooperationVersion, signature: CooperationSignature, function: str, by: Actor, read: str | None
) -> CooperationSignature:
    """Keep a signature; with the last one the text is in force, and the one before it no longer."""
    if not still_takes_part(signature.party, version.partnership):
        ensure(rules.NOT_INSIDE)
    versions.ensure(read, version)
    signature.function, signature.by_id = function, by.person_id
    signature.save()
    if all(party == signature.party for party in version.unsigned):
        _comes_into_force(version, by)
    return signature


def _comes_into_force(version: CooperationVersion, by: Actor) -> None:
    for former in CooperationVersion.objects.in_force().filter(partnership=version.partnership_id):
        states.advance(former, "replace", by=by.person_id)
    last = CooperationSignature.objects.filter(party__version=version).aggregate(last=Max("signed_on"))
    act = states.advance(version, "sign", by=by.person_id, signed_on=last["last"])
    mail.party_cooperation_signed(version, act)
