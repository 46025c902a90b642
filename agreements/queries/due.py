"""What moves by the clock: agreements whose day has come, by their ids."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q

from agreements.enums import AgreementState, VersionState
from agreements.models import Agreement, AgreementVersion
from core.dates import today
from placements.enums import LIVE_PLACEMENT


def to_complete() -> list[int]:
    """Active ones of which no text holds today or later: the last day was yesterday or earlier."""
    holding = AgreementVersion.objects.filter(
        agreement=OuterRef("pk"), state=VersionState.SIGNED, holds__endswith__gt=today()
    )
    over = Agreement.objects.filter(~Exists(holding), state=AgreementState.ACTIVE)
    return list(over.order_by("pk").values_list("pk", flat=True))


def lacks_contract() -> Q:
    """A condition: the last agreement of a placement that goes on after it, while no next one is open."""
    others = Agreement.objects.open().filter(placement=OuterRef("placement"))
    over = Q(
        ~Exists(others),
        ~Exists(Agreement.objects.following(OuterRef("pk"))),
        state__in=(AgreementState.ENDED, AgreementState.COMPLETED),
        placement__state__in=LIVE_PLACEMENT,
        placement__ends_on__gte=today(),
    )
    return over & ~Q(placement__ends_on__lte=F("ended_on"))
