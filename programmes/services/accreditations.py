"""Accreditation checks, as recorded by people (docs/domain.md 8, Accreditation)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import Organisation
from partnerships.queries.people import people_of
from partnerships.roles import EMPLOYER_PARTY
from programmes.enums import AccreditationStatus
from programmes.mail import accreditations as mail
from programmes.models import Accreditation
from programmes.signals import accreditation_verified, accreditation_withdrawn


@transaction.atomic
def record(
    *,
    organisation: Organisation,
    crebo: str,
    learning_company_id: str,
    status: str,
    valid_from: date,
    valid_until: date | None,
    withdrawn_on: date | None,
    checked_on: date,
    source: str,
    by: Actor,
) -> Accreditation:
    """Record what someone found out; there is one row per employer and crebo, its history is kept beside it."""
    content = {
        "learning_company_id": learning_company_id,
        "status": status,
        "valid_from": valid_from,
        "valid_until": valid_until,
        "withdrawn_on": withdrawn_on if status == AccreditationStatus.WITHDRAWN else None,
        "checked_on": checked_on,
        "source": source,
        "checked_by_id": by.user_id,
    }
    known = (
        Accreditation.objects.select_for_update(of=("self",), no_key=True)
        .filter(organisation=organisation, crebo=crebo)
        .first()
    )
    before = known.status if known else ""
    try:
        with transaction.atomic():
            row, _made = Accreditation.objects.update_or_create(
                organisation=organisation, crebo=crebo, defaults=content
            )
    except IntegrityError as error:
        raise ValidationError(_("The dates do not fit each other.")) from error
    _keep_history(row, before, by)
    if row.status == AccreditationStatus.WITHDRAWN and before != AccreditationStatus.WITHDRAWN:
        mail.employer_accreditation_withdrawn(row, people_of(row.organisation_id, EMPLOYER_PARTY))
        accreditation_withdrawn.send(Accreditation, accreditation=row, by=by)
    if row.status == AccreditationStatus.VERIFIED:
        accreditation_verified.send(Accreditation, accreditation=row, by=by)
    return row


def _keep_history(row: Accreditation, before: str, by: Actor) -> None:
    StateChange.objects.create(
        model=row._meta.label_lower,
        object_id=str(row.pk),
        action="check",
        from_state=before,
        to_state=row.status,
        by_id=by.user_id,
        reason=row.source,
    )
