"""What the drill `restore` asks of the portal, each in a process of its own: by `BEGIN`."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

BEGIN = "from drills import restoring; restoring.main()"  # python -c BEGIN <act> …


def write(file: str, stop: str) -> None:
    """Place students until the file `stop` is there; after each commit a line in `file`, as someone would have read it."""
    from django.db import DatabaseError, transaction  # noqa: PLC0415

    from tests.factories.placements import PlacementFactory  # noqa: PLC0415
    from tests.factories.students import EvidenceFactory, GoalFactory  # noqa: PLC0415

    number = 0
    with Path(file).open("a", buffering=1) as acknowledged:
        while not Path(stop).exists():
            try:
                with transaction.atomic():
                    placement = PlacementFactory()
                    path = ""
                    if number % 5 == 0:
                        goal = GoalFactory(plan__enrolment=placement.enrolment)
                        path = EvidenceFactory(goal=goal, content=os.urandom(200)).file.path
            except DatabaseError:
                return
            number += 1
            acknowledged.write(f"{placement.public_id} {dt.datetime.now(dt.UTC).isoformat()} {path or '-'}\n")


def prepare() -> None:
    """Someone who asked to be erased and was granted it, and someone with a second step."""
    from allauth.mfa.adapter import get_adapter  # noqa: PLC0415
    from allauth.mfa.models import Authenticator  # noqa: PLC0415

    from tests.factories.accounts import ErasureRequestFactory, UserFactory  # noqa: PLC0415

    UserFactory.reset_sequence(900_000, force=True)  # who writes begins at nought
    person = ErasureRequestFactory(granted=True).person
    secret = {"secret": get_adapter().encrypt("JBSWY3DPEHPK3PXP")}
    Authenticator.objects.create(user=UserFactory(), type=Authenticator.Type.TOTP, data=secret)
    json.dump({"person": str(person.public_id)}, sys.stdout)


def look() -> None:
    """What the database holds now."""
    from accounts.models import Person  # noqa: PLC0415
    from placements.models import Placement  # noqa: PLC0415

    there: dict[str, Any] = {
        "placements": [str(one) for one in Placement.objects.values_list("public_id", flat=True)],
        "people": [str(one) for one in Person.objects.values_list("public_id", flat=True)],
    }
    json.dump(there, sys.stdout)


ACTS: dict[str, Callable[..., None]] = {"write": write, "prepare": prepare, "look": look}


def main() -> int:
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # of invented people
    ACTS[sys.argv[1]](*sys.argv[2:])
    return 0
