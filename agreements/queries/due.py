"""What moves by the clock: agreements whose day has come, by their ids."""

from __future__ import annotations

from agreements.enums import AgreementState
from agreements.models import Agreement
from core.dates import today


def to_complete() -> list[int]:
    """Active ones whose last day was yesterday or earlier."""
    over = Agreement.objects.filter(state=AgreementState.ACTIVE, current__ends_on__lt=today())
    return list(over.order_by("pk").values_list("pk", flat=True))
