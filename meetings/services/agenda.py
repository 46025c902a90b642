"""The agenda of a meeting and the minutes of its items."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import states, versions
from core.access import ensure
from core.constraints import explained
from meetings.enums import ItemKind, NeedState
from meetings.models import Action, AgendaItem, ImprovementProposal, Meeting, Need, Paper
from meetings.rules import meetings as rules
from meetings.services.answers import give_back_needs
from meetings.services.locks import meeting_under_lock
from partnerships.actors import Actor
from partnerships.models import Initiative
from partnerships.rules.partnerships import can_write

MOST_ITEMS = 40


@transaction.atomic
def save(*, item: AgendaItem, by: Actor, version: str | None) -> AgendaItem:
    """Keep an item, new at the end of the agenda or changed. Raises ValidationError once the report has gone out."""
    meeting = meeting_under_lock(item.meeting_id)
    ensure(rules.can_prepare(by, meeting))
    with explained(item):
        if item.pk is None:
            item.position = _next(meeting)
        else:
            versions.claim(version, item)
        item.save()
    return item


def _next(meeting: Meeting) -> int:
    last: int = meeting.items.aggregate(last=Max("position"))["last"] or 0
    if meeting.items.count() >= MOST_ITEMS:
        raise ValidationError(_("An agenda has %(most)d items at most.") % {"most": MOST_ITEMS})
    return last + 1


@transaction.atomic
def take_needs(*, meeting_id: int, needs: Sequence[UUID | str], title: str, by: Actor) -> AgendaItem:
    """Bundle needs into one item; each keeps who brought it and when (story D-02).

    Without a title the item is called as the first of them. Raises ValidationError when one is on an agenda already.
    """
    meeting = meeting_under_lock(meeting_id)
    ensure(rules.can_prepare(by, meeting))
    ensure(
        can_write(by, meeting.partnership)
        if meeting.group is None
        else rules.can_preside(by, meeting.partnership, meeting.group)
    )
    rows = Need.objects.select_for_update(of=("self",), no_key=True).filter(
        partnership=meeting.partnership_id
    )
    found = list(rows.filter(public_id__in=needs).order_by("day", "pk"))
    if not found or len(found) < len(set(map(str, needs))):
        raise ValidationError(_("Choose the needs again: one of them is gone."))
    if any(need.state != NeedState.OPEN for need in found):
        raise ValidationError(str(Need.REFUSALS["bundle"]))
    item = AgendaItem(meeting=meeting, position=_next(meeting), title=title or found[0].title)
    item.save()
    for need in found:
        states.advance(need, "bundle", by=by.person_id, item=item)
    return item


@transaction.atomic
def take_action(*, meeting_id: int, action: UUID | str, by: Actor) -> AgendaItem:
    """Ask the table how it stands with an action. Raises ValidationError when it is on the agenda already."""
    meeting = meeting_under_lock(meeting_id)
    ensure(rules.can_prepare(by, meeting))
    found = Action.objects.filter(partnership=meeting.partnership_id, group=meeting.group_id)
    row = found.get(public_id=action)
    item = AgendaItem(
        meeting=meeting, position=_next(meeting), title=row.title[:120], action=row, kind=ItemKind.INFORM
    )
    with explained(item):
        item.save()
    return item


@transaction.atomic
def take_proposal(*, meeting_id: int, proposal: UUID | str, by: Actor) -> AgendaItem:
    """Talk about an improvement proposal. Raises ValidationError when it is on the agenda already."""
    meeting = meeting_under_lock(meeting_id)
    ensure(rules.can_prepare(by, meeting))
    row = ImprovementProposal.objects.sent_in().get(partnership=meeting.partnership_id, public_id=proposal)
    item = AgendaItem(meeting=meeting, position=_next(meeting), title=row.title, proposal=row)
    with explained(item):
        item.save()
    return item


@transaction.atomic
def take_result(*, meeting_id: int, indicator: UUID | str, by: Actor) -> AgendaItem:
    """Ask the table how an initiative does whose number is due. Raises ValidationError when it is on the agenda already."""
    meeting = meeting_under_lock(meeting_id)
    ensure(rules.can_prepare(by, meeting))
    known = Initiative.objects.visible_to(by).filter(partnership=meeting.partnership_id)
    return _take_initiative(meeting, known.get(indicators__public_id=indicator))


@transaction.atomic
def take_phase(*, meeting_id: int, initiative: str, by: Actor) -> AgendaItem:
    """Decide on an initiative, given by its slug. Raises ValidationError when it is on the agenda already."""
    meeting = meeting_under_lock(meeting_id)
    ensure(rules.can_prepare(by, meeting))
    known = Initiative.objects.visible_to(by).filter(partnership=meeting.partnership_id)
    return _take_initiative(meeting, known.get(slug=initiative), ItemKind.DECIDE)


def _take_initiative(
    meeting: Meeting, initiative: Initiative, kind: ItemKind = ItemKind.DISCUSS
) -> AgendaItem:
    if meeting.items.filter(initiative=initiative).exists():
        raise ValidationError(_("This initiative is on the agenda already."))
    item = AgendaItem(
        meeting=meeting,
        position=_next(meeting),
        title=initiative.title[:120],
        initiative=initiative,
        kind=kind,
    )
    item.save()
    return item


@transaction.atomic
def move(*, item_id: int, earlier: bool, by: Actor) -> AgendaItem:
    """Let an item and its neighbour change places. Raises ValidationError at the end of the agenda."""
    item = AgendaItem.objects.get(pk=item_id)
    meeting = meeting_under_lock(item.meeting_id)
    ensure(rules.can_prepare(by, meeting))
    rows = list(AgendaItem.objects.for_meeting(meeting))
    at = next(n for n, row in enumerate(rows) if row.pk == item.pk)
    beside = at - 1 if earlier else at + 1
    other = rows[beside] if 0 <= beside < len(rows) else None
    ensure(rules.can_pass(other))
    if other is not None:
        rows[at].position, other.position = other.position, rows[at].position
        AgendaItem.objects.bulk_update([rows[at], other], ["position"])
    return rows[at]


@transaction.atomic
def remove(*, item_id: int, by: Actor) -> None:
    """Take an item off the agenda: its needs are open again, its papers stay with the meeting.

    Raises ValidationError when something was noted under it, or a need was answered that says it came to it.
    """
    item = AgendaItem.objects.get(pk=item_id)
    meeting = meeting_under_lock(item.meeting_id)
    ensure(rules.can_prepare(by, meeting))
    if item.minutes or item.decisions.exists() or item.actions.exists():
        raise ValidationError(_("Something was written under this item, so it stays."))
    needs = list(item.needs.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if any(need.state != NeedState.BUNDLED for need in needs):
        raise ValidationError(_("A need under this item has been answered, so it stays."))
    drop(item=item, by=by)


@transaction.atomic
def coming_with(*, proposal_id: int) -> list[AgendaItem]:
    """Items about a proposal on agendas of meetings still to be held, under the locks of those meetings."""
    rows = AgendaItem.objects.filter(proposal=proposal_id, meeting__in=Meeting.objects.coming())
    meetings = {key: meeting_under_lock(key) for key in sorted(set(rows.values_list("meeting", flat=True)))}
    return [row for row in rows.order_by("pk") if meetings[row.meeting_id].is_coming]


@transaction.atomic
def drop(*, item: AgendaItem, by: Actor) -> None:
    """Take an item away, under the lock of its meeting: its papers stay there, and its needs are open again."""
    Paper.objects.filter(item=item).update(item=None)
    give_back_needs(keys=list(item.needs.values_list("pk", flat=True)), by=by)
    item.delete()


@transaction.atomic
def minute(*, item_id: int, minutes: str, by: Actor, version: str | None) -> AgendaItem:
    """Keep what was said under an item."""
    item = AgendaItem.objects.get(pk=item_id)
    meeting = meeting_under_lock(item.meeting_id)
    ensure(rules.can_minute(by, meeting))
    item.minutes = minutes
    versions.claim(version, item)
    item.save(update_fields=["minutes"])
    return item
