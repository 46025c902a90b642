"""What happened to an agreement and to its texts, in one row of time."""

from __future__ import annotations

from agreements.enums import VersionState
from agreements.models import Agreement, AgreementVersion
from agreements.queries.visible import changes
from core.models import StateChange


def changes_of(agreement: Agreement) -> list[StateChange]:
    """Every recorded change, newest first, with the people loaded."""
    texts = [str(text.pk) for text in agreement.versions.all()]
    return changes(agreement=str(agreement.pk), texts=texts)


def newest_signed(agreement: Agreement, but: AgreementVersion | None = None) -> AgreementVersion | None:
    """The text that all signed last, as it is now; `but` leaves one out of account."""
    signed = agreement.versions.filter(state=VersionState.SIGNED).order_by("-signed_at", "-number")
    found = next((text for text in signed if text != but), None)
    if found is not None:
        found.agreement = agreement
    return found
