"""What of playbooks waits for a coordinator."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import local_day
from partnerships.models import Partnership
from playbooks.queries.waiting import waiting_for
from ui.formats import short_day
from ui.languages import dutch, told
from ui.next_steps import NextStep

ANSWER_WITHIN = dt.timedelta(days=14)


def for_coordinator(partnership: Partnership) -> list[NextStep]:
    """Who wants the playbook too, improvements that were offered, and a newer version; one query."""
    make = {"lead": _lead, "offer": _offer, "update": _update}
    rows = sorted(waiting_for(partnership.pk), key=lambda row: (row["since"], row["id"]))
    return [make[row["step"]](partnership, row) for row in rows]


def _lead(partnership: Partnership, row: dict[str, Any]) -> NextStep:
    day = local_day(row["since"])
    return NextStep(
        title=told(_("Answer {name}, who wants to begin with your playbook"), name=dutch(row["named"])),
        text=told(_("Asked on {day}."), day=short_day(day)),
        url=reverse("playbooks:lead-detail", args=[partnership.slug, row["ident"]]),
        button=_("Read the question"),
        due=day + ANSWER_WITHIN,
        kind="lead",
        icon="mail",
        many=_("Answer those who want to begin with your playbook"),
        many_url=reverse("playbooks:lead-list", args=[partnership.slug]),
    )


def _offer(partnership: Partnership, row: dict[str, Any]) -> NextStep:
    day = local_day(row["since"])
    return NextStep(
        title=told(_("Answer the improvement “{title}”"), title=dutch(row["named"])),
        text=told(_("Offered on {day} for your playbook."), day=short_day(day)),
        url=reverse("playbooks:offer-detail", args=[row["ident"]]),
        button=_("Read the improvement"),
        due=day + ANSWER_WITHIN,
        kind="offer",
        icon="pencil",
        many=_("Answer improvements of your playbook"),
        many_url=reverse("playbooks:offer-list", args=[partnership.slug]),
    )


def _update(partnership: Partnership, row: dict[str, Any]) -> NextStep:
    return NextStep(
        title=told(_("Look at the newest version of “{title}”"), title=dutch(row["named"])),
        text=_("Choose for each part whether you take it over."),
        url=reverse("playbooks:adoption-differences", args=[partnership.slug]),
        button=_("See what differs"),
        kind="playbook",
        icon="file-text",
    )
