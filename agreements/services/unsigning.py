"""A text that all had signed turns out to lack a signature: what held before it holds on, as far as it still can.

Nothing here is refused. Where seat, student or enrolment went on without the placement, the end stays what it is, with
the reason; the school then looks for a new place.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.mail import letters
from agreements.enums import AgreementState, VersionState
from agreements.models import Agreement, AgreementVersion
from agreements.queries import signers
from agreements.queries.history import newest_signed
from agreements.services import effects, versions
from core import states
from core.models import StateChange


@transaction.atomic
def unsign(*, agreement: Agreement, version: AgreementVersion, reason: str, by: str) -> None:
    """Take away that a text was signed by all; `by` is the name of whoever says so. Call it under `locks.with_placement`.

    The newest one waits for the signature again, unless what it brought about cannot be undone. An older one, or one of
    an agreement that ended otherwise, never counted.
    """
    if version.state != VersionState.SIGNED:
        return
    if agreement.agreed != version or not _is_open_again(agreement, version, reason=reason, by=by):
        states.advance(version, "void", by=None, reason=reason, **_unsigned())
        versions.settle(agreement=agreement)
        return
    # A change of a text that does not count falls with it.
    versions.lapse_pending(
        agreement=agreement,
        by=None,
        reason=str(_("A signature under the text that it changes was disputed.")),
    )
    values = _unsigned() | {"waits_since": timezone.now()}
    act = states.advance(version, "object", by=None, reason=reason, **values)
    versions.settle(agreement=agreement)
    before = newest_signed(agreement)
    if before is None:
        states.advance(agreement, "object", by=None, reason=reason, cause=act)
    else:
        effects.go_back(version=before, cause=act)


def _unsigned() -> dict[str, Any]:
    return {"holds": None, "signed_at": None, "signed_digest": ""}


def _is_open_again(agreement: Agreement, version: AgreementVersion, *, reason: str, by: str) -> bool:
    """Whether the agreement is in force, if need be since the end that this text brought about is taken back."""
    if agreement.state == AgreementState.COMPLETED:
        return _resumed(agreement, version, reason)
    if agreement.state != AgreementState.ENDED:
        return True
    act = states.last_act(agreement)
    if act is None or act.cause is None or not _is_of(act.cause, version):
        return False
    return _taken_back(agreement, act, reason=reason, by=by)


def _resumed(agreement: Agreement, version: AgreementVersion, reason: str) -> bool:
    """Whether it goes on to a later day that was signed before."""
    before = newest_signed(agreement, but=version)
    if before is None or before.ends_on <= version.ends_on:
        return False
    states.advance(agreement, "resume", by=None, reason=reason)
    return True


def _taken_back(agreement: Agreement, act: StateChange, *, reason: str, by: str) -> bool:
    """Whether the end is taken back with that of the placement; not when the place or the student is taken since."""
    try:
        with transaction.atomic():
            undone = states.take_back(agreement, act, by=None, reason=reason, ended_on=None)
            effects.restore_placement(act=act, by=None, undo=undone.change)
            letters.taken_back(undone.mailed, by=by, reason=reason, among=signers.parties(agreement))
    except ValidationError:
        agreement.refresh_from_db(fields=["state", "ended_on"])
        return False
    return True


def _is_of(change: StateChange, version: AgreementVersion) -> bool:
    return (change.model, change.object_id) == (version._meta.label_lower, str(version.pk))
