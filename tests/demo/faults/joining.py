"""Faults in who asked and answered to join."""

from typing import Any

from core.dates import today
from core.models import StateChange
from partnerships.enums import JoinRequestKind
from partnerships.models import JoinRequest
from tests.demo.faults.base import Fault, change

ASKED = JoinRequest.objects.filter(kind=JoinRequestKind.ASKED)


def _coordinator() -> Any:
    """Someone who speaks for the partnerships, and for no organisation in them."""
    return JoinRequest.objects.exclude(partnership_yes_by=None).earliest("pk").partnership_yes_by


FAULTS: list[Fault] = [
    (
        "join_request_is_asked_and_answered_by_two_sides",
        "asked by someone else",
        change(ASKED, organisation_yes_by=_coordinator),
    ),
    (
        "join_request_is_asked_and_answered_by_two_sides",
        "answered by someone else",
        lambda: StateChange.objects.filter(model="partnerships.joinrequest", action="decline").update(
            by=ASKED.earliest("pk").organisation_yes_by
        ),
    ),
    (
        "join_request_is_asked_and_answered_by_two_sides",
        "expired before its last day was over",
        lambda: JoinRequest.objects.filter(state="expired").update(expires_on=today()),
    ),
]
