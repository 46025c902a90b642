"""The lock under which every verb of an agreement works, so that two of them come one after the other."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementQuerySet, AgreementVersion


def rows() -> AgreementQuerySet:
    """Agreements to be locked for this transaction: only their own rows, not those that are joined."""
    return Agreement.objects.select_for_update(of=("self",), no_key=True).select_related(
        "current",
        "placement__student__user",
        "placement__slot__organisation",
        "placement__slot__location",
        "placement__enrolment__cohort__programme__school",
    )


def agreement(agreement_id: int) -> Agreement:
    """One agreement, locked, with its newest version and everyone around it."""
    found: Agreement = rows().get(pk=agreement_id)
    if found.current_id is not None and found.current is not None:
        found.current.agreement = found
    return found


def current(agreement: Agreement) -> AgreementVersion:
    """The newest version; refuses an agreement without any text."""
    if agreement.current is None:
        raise ValidationError(_("This agreement has no text yet."))
    return agreement.current
