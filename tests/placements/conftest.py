"""Fixtures of the placements tests."""

from copy import deepcopy

import pytest
import time_machine

from core.models import OutgoingMail
from tests.placements.cases import Case, agreement_case
from tests.placements.reminding import START
from tests.placements.scene import Scene


@pytest.fixture(scope="module")
def scene_of_module(once) -> Scene:
    return once(Scene)


@pytest.fixture
def scene(scene_of_module, db) -> Scene:
    return deepcopy(scene_of_module)


@pytest.fixture(scope="module")
def case_of_module(once) -> Case:
    return once(agreement_case)


@pytest.fixture
def case(case_of_module, db) -> Case:
    return deepcopy(case_of_module)


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
