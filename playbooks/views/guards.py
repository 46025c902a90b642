"""The ways into the pages of playbooks."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from partnerships.actors import ActorRequest
from partnerships.models import Partnership
from partnerships.views.guards import coordinated_partnership, own_partnership
from playbooks.models import PlaybookAdoption, PlaybookLead, PlaybookPart, PlaybookVersion
from playbooks.queries.adoptions import adoption_of
from playbooks.queries.playbooks import draft_of, playbook_of


def own_draft(request: ActorRequest, slug: str) -> tuple[Partnership, PlaybookVersion]:
    """The partnership, and what its coordinators are writing."""
    partnership = coordinated_partnership(request, slug)
    playbook = playbook_of(partnership)
    draft = draft_of(playbook) if playbook else None
    if draft is None:
        raise Http404
    return partnership, draft


def has_draft(request: ActorRequest, slug: str) -> bool:
    """Whether its coordinators are writing one."""
    rows = PlaybookVersion.objects.draft()
    return rows.filter(playbook__partnership=coordinated_partnership(request, slug)).exists()


def own_part(request: ActorRequest, slug: str, piece: UUID) -> tuple[PlaybookVersion, PlaybookPart]:
    """The draft, and one of its parts."""
    _partnership, draft = own_draft(request, slug)
    return draft, get_object_or_404(draft.parts.select_related("version"), key=piece)


def own_lead(request: ActorRequest, slug: str, public_id: UUID) -> PlaybookLead:
    """One who wants to begin with the playbook of a partnership that one coordinates."""
    partnership = coordinated_partnership(request, slug)
    rows = PlaybookLead.objects.visible_to(request.actor).for_list()
    return get_object_or_404(rows, version__playbook__partnership=partnership, public_id=public_id)


def own_adoption(request: ActorRequest, slug: str) -> PlaybookAdoption:
    """With what a partnership began that one knows from within."""
    adoption = adoption_of(own_partnership(request, slug))
    if adoption is None:
        raise Http404
    return adoption


def coordinated_adoption(request: ActorRequest, slug: str) -> PlaybookAdoption:
    """The same for who coordinates it."""
    adoption = adoption_of(coordinated_partnership(request, slug))
    if adoption is None:
        raise Http404
    return adoption
