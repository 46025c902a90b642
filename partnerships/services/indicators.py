"""What an initiative measures, and the measurements; both by who leads it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import changes, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from partnerships.actors import Actor
from partnerships.models import Indicator, Initiative, Measurement
from partnerships.rules.days import can_be_corrected, can_be_measured_on
from partnerships.rules.initiative_partners import can_lead
from partnerships.rules.partnerships import goes_on
from partnerships.services.locks import initiative_under_lock


@transaction.atomic
def save(*, indicator: Indicator, by: Actor, version: str | None) -> Indicator:
    """Keep an indicator, new or changed. Raises ValidationError when the initiative measures the same already."""
    initiative = initiative_under_lock(indicator.initiative_id)
    ensure(can_lead(by, initiative) and goes_on(initiative.partnership))
    versions.claim(version, indicator)
    for name in ("baseline", "target"):  # as the column has them, so that 22 and 22.00 are no change
        value = getattr(indicator, name)
        setattr(indicator, name, None if value is None else value.quantize(Decimal("0.01")))
    with explained(indicator):
        changes.save(indicator, by=by.person_id)
    _is_news(initiative)
    return indicator


@transaction.atomic
def measure(
    *, indicator_id: int, measured_on: dt.date, value: Decimal | None, note: str, source: str, by: Actor
) -> Measurement:
    """Keep a measurement; it is news of the initiative. The same one again is given back as it is.

    Raises ValidationError for a day that is still to come.
    """
    ensure(can_be_measured_on(measured_on))
    indicator, initiative = _locked(indicator_id)
    ensure(can_lead(by, initiative) and goes_on(initiative.partnership))
    values = {"measured_on": measured_on, "value": value, "note": note, "source": source}
    known = indicator.measurements.filter(corrected_by=None, **values).first()
    if known is not None:
        return known
    return _kept(indicator, initiative, by_id=by.person_id, **values)


@transaction.atomic
def correct(
    *,
    measurement_id: int,
    measured_on: dt.date,
    value: Decimal | None,
    note: str,
    source: str,
    reason: str,
    by: Actor,
) -> Measurement:
    """Say beside a measurement what it should have been, and why; both stay. The same again changes nothing.

    Raises ValidationError when it was corrected already, or for a day that is still to come.
    """
    known = Measurement.objects.values_list("indicator", flat=True).get(pk=measurement_id)
    indicator, initiative = _locked(known)
    ensure(can_lead(by, initiative))
    measurement = Measurement.objects.for_list().get(pk=measurement_id)
    values: dict[str, Any] = {"measured_on": measured_on, "value": value, "note": note, "source": source}
    values |= {"reason": reason.strip(), "by_id": by.person_id}
    if measurement.is_corrected:
        newer: Measurement = measurement.corrected_by
        if all(getattr(newer, name) == wanted for name, wanted in values.items()):
            return newer
    ensure(can_be_corrected(measurement))
    ensure(can_be_measured_on(measured_on))
    if not values["reason"]:
        raise ValidationError({"reason": _("Give the reason.")})
    return _kept(indicator, initiative, corrects=measurement, **values)


def _kept(indicator: Indicator, initiative: Initiative, **values: Any) -> Measurement:
    row = Measurement(indicator=indicator, **values)
    with explained(row):
        row.save()
    _is_news(initiative)
    return row


def _locked(indicator_id: int) -> tuple[Indicator, Initiative]:
    indicator = Indicator.objects.get(pk=indicator_id)
    return indicator, initiative_under_lock(indicator.initiative_id)


def _is_news(initiative: Initiative) -> None:
    initiative.refreshed_on = today()
    initiative.save(update_fields=["refreshed_on"])
