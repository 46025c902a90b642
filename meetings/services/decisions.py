"""Decisions: written into the register once, and there for good."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.access import ensure
from meetings.models import AgendaItem, Decision, ImprovementProposal
from meetings.rules import meetings as rules
from meetings.services.locks import meeting_under_lock, partnership_under_lock
from partnerships.actors import Actor
from partnerships.models import ActionLine, CooperationVersion, Group, Initiative
from partnerships.services import groups, initiatives

ELSEWHERE = _("A decision is about something of the same partnership.")
REPLACED = _("This decision was replaced already. Choose the latest one.")


@transaction.atomic
def record(
    *,
    item: AgendaItem,
    text: str,
    reason: str = "",
    initiative: Initiative | None = None,
    phase: str = "",
    action_line: ActionLine | None = None,
    about_group: Group | None = None,
    proposal: ImprovementProposal | None = None,
    cooperation: CooperationVersion | None = None,
    replaces: Decision | None = None,
    by: Actor,
) -> Decision:
    """Enter a decision under an item of a meeting that is held, with the next number of the partnership.

    `phase` is what it does with the initiative (an action of `Initiative.TRANSITIONS`), carried out at once with the reason
    (story E-03), for who writes for the partnership. A mistake is mended by a later decision that replaces it. Raises
    ValidationError when the meeting is closed, or what it is about is of another partnership.
    """
    partnership = partnership_under_lock(item.meeting.partnership_id)
    meeting = meeting_under_lock(item.meeting_id)
    ensure(rules.can_minute(by, meeting))
    if any(
        one and one.partnership_id != partnership.pk
        for one in (initiative, action_line, about_group, proposal, cooperation)
    ):
        raise ValidationError(ELSEWHERE)
    if replaces is not None:
        _ensure_replaceable(replaces, partnership.pk)
    change = None
    if initiative is not None and phase:
        ensure(rules.can_move_initiatives(by, meeting))
        change = initiatives.carry_out(initiative_id=initiative.pk, action=phase, by=by, reason=reason)
    last: int = partnership.decisions.aggregate(last=Max("number"))["last"] or 0
    return Decision.objects.create(
        partnership=partnership,
        group=meeting.group,
        number=last + 1,
        meeting=meeting,
        item=item,
        text=text,
        reason=reason,
        initiative=initiative,
        action_line=action_line,
        about_group=about_group,
        proposal=proposal,
        cooperation=cooperation,
        change=change,
        replaces=replaces,
        by_id=by.person_id,
    )


@transaction.atomic
def set_up_committee(*, item: AgendaItem, group: Group, text: str, reason: str, by: Actor) -> Decision:
    """Set up a committee with its mandate and end date by a decision under an item (story D-10)."""
    meeting = meeting_under_lock(item.meeting_id)
    ensure(rules.can_minute(by, meeting))
    group.partnership = meeting.partnership
    groups.commission(group=group, by=by)
    return record(item=item, text=text, reason=reason, about_group=group, by=by)


def _ensure_replaceable(decision: Decision, partnership_id: int) -> None:
    if decision.partnership_id != partnership_id:
        raise ValidationError(ELSEWHERE)
    if Decision.objects.filter(replaces=decision).exists():
        raise ValidationError(REPLACED)
