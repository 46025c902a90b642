"""Faults in support acts."""

import datetime as dt

from django.db.models import F

from accounts.models import SupportAct, User
from tests.demo.faults.base import Fault, change

FAULTS: list[Fault] = [
    (
        "support_act_begins_at_once_and_its_deeds_follow",
        "does not begin when it began",
        change(SupportAct.objects.all(), begun_at=F("begun_at") + dt.timedelta(minutes=1)),
    ),
    (
        "account_is_closed_by_a_support_act",
        "closed by nobody",
        lambda: User.objects.create(email="weg@voorbeeld.example", is_active=False),
    ),
]
