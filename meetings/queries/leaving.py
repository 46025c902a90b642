"""What still waits at tables when someone ends a role, or a partnership is closed: for the page that asks."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, ngettext

from meetings.enums import ProposalState
from meetings.models import Action, ImprovementProposal, Meeting
from partnerships.models import Member, Membership, Partnership
from partnerships.queries.leaving import Hanging

HAS_AN_ACTION = gettext_lazy("Promised “{title}” and has not done it yet. Give that action to someone else.")

HAS_A_PROPOSAL = gettext_lazy("Answers for the proposal “{title}”. Let someone else answer for it.")


def hangs_on(membership: Membership) -> list[Hanging]:
    """The person's own actions in partnerships where this organisation takes part, each by name."""
    joined = Member.objects.running().filter(organisation=membership.organisation_id)
    own = Action.objects.running().filter(owner=membership.person_id)
    rows = own.filter(partnership__in=joined.values("partnership"))
    return [
        Hanging(text=format_lazy(HAS_AN_ACTION, title=row.title), thing=row.title)
        for row in rows.order_by("due_on", "pk")
    ]


def answers_for(membership: Membership) -> list[Hanging]:
    """The proposals to this organisation that wait for the person's answer or for what it promised, each by name."""
    own = ImprovementProposal.objects.filter(
        organisation=membership.organisation_id, owner=membership.person_id
    )
    rows = own.filter(state__in=(ProposalState.CONSIDERED, ProposalState.ADOPTED))
    return [
        Hanging(text=format_lazy(HAS_A_PROPOSAL, title=row.title), thing=row.title)
        for row in rows.order_by("reaction_due", "pk")
    ]


def stays_open(partnership: Partnership) -> list[str]:
    """How many meetings are planned and actions not done, in sentences."""
    coming = Meeting.objects.coming().filter(partnership=partnership).count()
    to_do = Action.objects.running().filter(partnership=partnership).count()
    said = []
    if coming:
        text = ngettext(
            "{number} meeting is still planned. Cancel it if it does not go ahead.",
            "{number} meetings are still planned. Cancel those that do not go ahead.",
            coming,
        )
        said.append(text.format(number=coming))
    if to_do:
        text = ngettext(
            "{number} action is not done yet. It stays with its owner, who is not reminded of it any more.",
            "{number} actions are not done yet. They stay with their owners, who are not reminded of them any more.",
            to_do,
        )
        said.append(text.format(number=to_do))
    return said
