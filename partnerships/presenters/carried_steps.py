"""What waits for who carries an initiative or lets others carry it, of the rows of `queries.carried`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ui.languages import dutch, told
from ui.next_steps import NextStep


def _milestone_step(row: dict[str, Any]) -> NextStep:
    return NextStep(
        title=told(_("Say whether “{title}” has been reached"), title=dutch(row["title"])),
        text=told(_("A milestone of “{initiative}” that you own."), initiative=dutch(row["table"])),
        url=reverse("partnerships:milestone", args=[row["slug"], row["public_id"]]),
        button=_("See the milestone"),
        due=row["when"].date(),  # a day without a time, as the database makes a moment of it
        kind="milestone",
        icon="flag-3",
        many=_("Say which milestones have been reached"),
    )


def _money_step(row: dict[str, Any]) -> NextStep:
    return NextStep(
        title=told(_("Plan how “{title}” goes on without its money"), title=dutch(row["title"])),
        text=told(
            _("{source} stops within half a year, and there is no plan yet."), source=dutch(row["table"])
        ),
        url=reverse("partnerships:funding-change", args=[row["slug"], row["public_id"]]),
        button=_("Write the plan"),
        due=row["when"].date(),
        kind="money",
        icon="pencil",
        many=_("Plan how initiatives go on without their money"),
    )


def _line_step(row: dict[str, Any]) -> NextStep:
    return NextStep(
        title=told(_("Choose who owns the action line “{title}”"), title=dutch(row["title"])),
        text=_("Nobody who works for a member owns it now."),
        url=reverse("partnerships:coordination-action-line-change", args=[row["slug"], row["public_id"]]),
        button=_("Choose an owner"),
        kind="action_line",
        icon="user",
        many=_("Choose who owns action lines"),
        many_url=reverse("partnerships:partnership-action-lines", args=[row["slug"]]),
    )


MAKE: dict[str, Callable[[dict[str, Any]], NextStep]] = {
    "milestone": _milestone_step,
    "money": _money_step,
    "line": _line_step,
}
