"""What coordinators of the demo wrote to many, on the days on which they did."""

from __future__ import annotations

from typing import Any

from core.versions import NO_PAGE
from demo.seed.context import Seed, tree
from demo.seed.later import Days
from partnerships.models import Call, MemberLetter
from partnerships.services import member_letters


def load(seed: Seed) -> None:
    """Once; the mails went out on those days and are not kept."""
    if MemberLetter.objects.exists():
        return
    days = Days(seed)
    for row in tree("letters.yaml"):
        for one in row["letters"]:
            letter = MemberLetter(
                partnership=seed.partnerships[row["partnership"]],
                group=seed.groups.get(one.get("group", "")),
                call=Call.objects.filter(slug=one.get("call", "")).first(),
                subject=one["subject"],
                text=one["text"].strip(),
                day=seed.day(one["days"]),
            )
            sent: dict[str, Any] = {"letter": letter, "read": NO_PAGE}
            days.act(one["days"], row["by"], member_letters.send, **sent)
