"""Mandates: what managers let someone do besides the role, with the days on which it held."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from accounts.enums import SecurityKind
from accounts.services import security
from core import endings, versions
from core.access import ensure
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.enums import MandateKind
from partnerships.models import Mandate, Membership
from partnerships.queries.able import Gone, ensure_enough_stay
from partnerships.rules import memberships as rules
from partnerships.services.locks import role_under_lock


@transaction.atomic
def change(
    *, membership_id: int, kinds: Collection[MandateKind], by: Actor, version: str | None
) -> Membership:
    """Let someone with a role have these mandates from now on, and no others.

    What is there already stays as it is. Raises ValidationError when the role has ended or cannot carry it, when
    someone would give it to themselves, and when nobody would be left who can sign what must be signed.
    """
    membership = role_under_lock(membership_id)
    ensure(rules.can_change(by, membership))
    versions.claim(version, membership)
    running = {row.kind: row for row in membership.mandates.running()}
    for kind in MandateKind:
        if kind in kinds and kind not in running:
            ensure(rules.can_mandate(by, membership, kind))
            give(membership=membership, kind=kind, given_by=by.person_id)
        elif kind in running and kind not in kinds:
            if kind == MandateKind.SIGN:
                ensure_enough_stay(Gone(signing=frozenset([membership.pk])))
            end(mandate=running[kind], by=by)
    return membership


@transaction.atomic
def give(*, membership: Membership, kind: MandateKind, given_by: int | None) -> Mandate:
    """Let a mandate begin today, under the lock of who calls. `given_by` is a person's id."""
    mandate = Mandate.objects.create(membership=membership, kind=kind, given_by_id=given_by)
    _note(SecurityKind.MANDATE_GIVEN, mandate)
    return mandate


@transaction.atomic
def end(
    *, mandate: Mandate, by: Actor, last_day: date | None = None, cause: StateChange | None = None
) -> None:
    """Let a mandate hold no more from this moment on, or after `last_day`, under the lock of who calls.

    `cause` is what it followed from.
    """
    subject = mandate.membership.person.public_id
    endings.end(mandate, by=by.person_id, last_day=last_day, cause=cause, subject=subject)
    _note(SecurityKind.MANDATE_ENDED, mandate)


@transaction.atomic
def bring_back(*, mandate: Mandate, act: StateChange, undo: StateChange) -> None:
    """Let a mandate that ended with its role go on with it; `undo` took the end of the role back."""
    if endings.bring_back(mandate, act, undo=undo):
        _note(SecurityKind.MANDATE_GIVEN, mandate)


def _note(kind: SecurityKind, mandate: Mandate) -> None:
    what = f"{mandate.kind} {mandate.membership.organisation.slug}"
    security.note(kind=kind, person_id=mandate.membership.person_id, what=what)
