"""The ways into a page: strangers get 404, insiders without the right 403 with the reason."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from meetings.models import (
    Action,
    AgendaItem,
    Attendance,
    ImprovementProposal,
    Meeting,
    Need,
    Paper,
    ProposalAdoption,
)
from meetings.presenters.tables import Table
from partnerships.actors import ActorRequest
from partnerships.models import ActionLine, CooperationVersion, Group, Promise
from partnerships.views.guards import own_partnership


def table_of_partnership(request: ActorRequest, slug: str) -> Table:
    """The table at which all members of a partnership sit, for those who know it from within."""
    return Table(own_partnership(request, slug))


def table_of_group(request: ActorRequest, public_id: UUID) -> Table:
    """The table of a group, for its seats and the coordinators."""
    groups = Group.objects.visible_to(request.actor).select_related("partnership")
    group = get_object_or_404(groups, public_id=public_id)
    return Table(group.partnership, group)


def meeting_or_404(request: ActorRequest, public_id: UUID) -> Meeting:
    """A meeting that one may see, with its partnership and group."""
    return get_object_or_404(Meeting.objects.visible_to(request.actor).for_list(), public_id=public_id)


def item_or_404(request: ActorRequest, public_id: UUID) -> AgendaItem:
    """An item of such a meeting."""
    meetings = Meeting.objects.visible_to(request.actor)
    rows = AgendaItem.objects.filter(meeting__in=meetings)
    return get_object_or_404(
        rows.select_related("meeting__partnership", "meeting__group"), public_id=public_id
    )


def paper_or_404(request: ActorRequest, public_id: UUID) -> Paper:
    """A paper of such a meeting."""
    rows = Paper.objects.visible_to(request.actor).for_list()
    rows = rows.select_related("meeting__partnership", "meeting__group", "file")
    return get_object_or_404(rows, public_id=public_id)


def attendance_or_404(request: ActorRequest, public_id: UUID) -> Attendance:
    """What someone answers to the invitation of such a meeting."""
    rows = Attendance.objects.visible_to(request.actor).for_list()
    return get_object_or_404(
        rows.select_related("meeting__partnership", "meeting__group", "person__user", "organisation"),
        public_id=public_id,
    )


def action_or_404(request: ActorRequest, public_id: UUID) -> Action:
    """An action of one's own, or of a table at which one sits."""
    return get_object_or_404(Action.objects.visible_to(request.actor).for_list(), public_id=public_id)


def need_or_404(request: ActorRequest, public_id: UUID) -> Need:
    """A need of a partnership that one knows from within."""
    return get_object_or_404(Need.objects.visible_to(request.actor).for_list(), public_id=public_id)


def line_asked(request: ActorRequest, table: Table) -> ActionLine | None:
    """The action line of the partnership that a list is asked for (`?lijn=`), or none."""
    key = request.GET.get("lijn", "")
    if table.group is not None or not key:
        return None
    try:
        return ActionLine.objects.filter(partnership=table.partnership, public_id=UUID(key)).first()
    except ValueError:
        return None


def proposal_or_404(request: ActorRequest, public_id: UUID) -> ImprovementProposal:
    """A proposal of one's own, to one's own organisation, or of a partnership that one knows from within."""
    rows = ImprovementProposal.objects.visible_to(request.actor).for_list()
    return get_object_or_404(rows, public_id=public_id)


def adoption_or_404(request: ActorRequest, public_id: UUID) -> ProposalAdoption:
    """That an organisation began with a proposal too, of a proposal that one may see."""
    proposals = ImprovementProposal.objects.visible_to(request.actor)
    rows = ProposalAdoption.objects.filter(proposal__in=proposals).select_related("proposal")
    return get_object_or_404(rows, public_id=public_id)


def promise_or_404(request: ActorRequest, public_id: UUID) -> Promise:
    """A promise of a version of a cooperation agreement that one may read."""
    versions = CooperationVersion.objects.visible_to(request.actor)
    rows = Promise.objects.filter(version__in=versions).select_related("version__partnership", "organisation")
    return get_object_or_404(rows, public_id=public_id)
