"""Fixtures of the placements tests."""

import pytest
import time_machine

from core.models import OutgoingMail
from tests.placements.cases import Case, agreement_case
from tests.placements.reminding import START
from tests.placements.scene import Scene


@pytest.fixture
def scene(db) -> Scene:
    return Scene()


@pytest.fixture
def case(db) -> Case:
    return agreement_case()


@pytest.fixture
def clock():
    """Time stands still at `START`; the test moves it on."""
    with time_machine.travel(START, tick=False) as travelled:
        yield travelled


@pytest.fixture
def outbox(db):
    """Kinds and recipients of the mails promised so far: `outbox()` gives (kind, address) pairs, sorted."""

    def mails() -> list[tuple[str, str]]:
        return sorted(OutgoingMail.objects.values_list("kind", "to_email"))

    return mails
