"""What the administrator did with accounts: a second step that was lost, and someone who left and signs in no more."""

import datetime as dt

from django.db import transaction

from accounts.enums import SecurityKind
from accounts.models import Person, SecurityEvent, SupportAct, User
from demo.seed.context import Seed

LOST = "Belde met een nieuwe telefoon: de app met de codes is weg."
LEFT = "Werkt niet meer bij De Linde en vroeg om het account te stoppen."
ADMINISTRATOR = "admin"


def load(seed: Seed) -> None:
    _act(seed, "teacher", -12, LOST, SecurityKind.SECOND_STEP_OFF)
    left = _act(seed, "linde-left", -4, LEFT, SecurityKind.ACCOUNT_CLOSED)
    if left is not None:
        User.objects.filter(person=left).update(is_active=False)


@transaction.atomic
def _act(seed: Seed, key: str, days: int, reason: str, did: SecurityKind) -> Person | None:
    """One act with what was done under it; the person, or None when that is there already."""
    person = seed.people[key]
    if SupportAct.objects.filter(subject=person).exists():
        return None
    begun = seed.at(days, 14)
    administrator = seed.people[ADMINISTRATOR]
    act = SupportAct.objects.create(
        administrator=administrator, subject=person, reason=reason, begun_at=begun
    )
    for minutes, kind in ((0, SecurityKind.SUPPORT_BEGUN), (6, did), (9, SecurityKind.SUPPORT_ENDED)):
        moment = begun + dt.timedelta(minutes=minutes)
        SecurityEvent.objects.create(person=person, kind=kind, at=moment, support=act)
    return person
