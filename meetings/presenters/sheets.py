"""The lists of this app as files: their columns, with what the page shows of a row and nothing that it hides."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.dates import local_day
from meetings.models import Decision
from ui.formats import span
from ui.sheets import Column, Sheet

MEETINGS = Sheet(
    _("Meetings"),
    (
        Column(_("Meeting"), lambda row: row.title),
        Column(_("Group"), lambda row: row.group.name if row.group else ""),
        Column(_("Kind"), lambda row: row.get_kind_display()),
        Column(_("Day"), lambda row: local_day(row.starts_at)),
        Column(_("Time"), lambda row: span(row.starts_at, row.ends_at)),
        Column(_("Where"), lambda row: row.place or row.link),
        Column(_("Status"), lambda row: row.status),
    ),
)


# A version of the cooperation agreement, as decisions name it.
VERSION = _("Cooperation agreement, version %(number)s")


def about(decision: Decision) -> str:
    """What a decision is about, by name."""
    if decision.cooperation is not None:
        return str(VERSION) % {"number": decision.cooperation.number}
    about = decision.initiative or decision.action_line or decision.about_group or decision.proposal
    return str(about or "")


DECISIONS = Sheet(
    _("Decisions"),
    (
        Column(_("Number"), lambda row: row.number),
        Column(_("Day"), lambda row: local_day(row.meeting.starts_at)),
        Column(_("Decision"), lambda row: row.text),
        Column(_("Why"), lambda row: row.reason),
        Column(_("About"), about),
        Column(_("Meeting"), lambda row: row.meeting.title),
        Column(_("Group"), lambda row: row.group.name if row.group else ""),
        Column(_("Replaced by"), lambda row: row.replaced_by.number if row.is_replaced else None),
    ),
)
ACTIONS = Sheet(
    _("Actions"),
    (
        Column(_("Action"), lambda row: row.title),
        Column(_("Who does it"), lambda row: row.owner.full_name),
        Column(_("Organisation"), lambda row: row.organisation.name if row.organisation else ""),
        Column(_("By"), lambda row: row.due_on),
        Column(_("Status"), lambda row: row.get_state_display()),
        Column(_("What became of it"), lambda row: row.outcome),
        Column(_("Group"), lambda row: row.group.name if row.group else ""),
    ),
)
PROPOSALS = Sheet(
    _("Improvement proposals"),
    (
        Column(_("Proposal"), lambda row: row.proposal.title),
        Column(_("Explanation"), lambda row: row.proposal.text),
        Column(_("For which organisation"), lambda row: row.proposal.organisation.name),
        Column(_("Proposed by"), lambda row: row.who),
        Column(_("Day"), lambda row: row.proposal.day),
        Column(_("Status"), lambda row: row.proposal.get_state_display()),
        Column(_("Who answers"), lambda row: row.proposal.owner.full_name if row.proposal.owner else ""),
        Column(_("Reaction by"), lambda row: row.proposal.reaction_due),
        Column(
            _("Answer"),
            lambda row: row.proposal.outcome or row.proposal.answer or row.proposal.reject_reason,
        ),
        Column(_("Begun elsewhere too"), lambda row: row.elsewhere),
    ),
)
NEEDS = Sheet(
    _("Needs"),
    (
        Column(_("Need"), lambda row: row.need.title),
        Column(_("Explanation"), lambda row: row.need.text),
        Column(_("Raised by"), lambda row: row.who),
        Column(_("Organisation"), lambda row: row.where),
        Column(_("Day"), lambda row: row.need.day),
        Column(_("Theme"), lambda row: row.need.theme.name if row.need.theme else ""),
        Column(_("Status"), lambda row: row.need.get_state_display()),
        Column(_("Answer"), lambda row: row.need.answer or row.need.drop_reason),
    ),
)
