"""The ways into a page: strangers get 404, insiders without the right 403 with the reason."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Person
from core.access import require
from core.written import one_or_404
from partnerships.actors import ActorRequest
from partnerships.models import (
    ActionLine,
    Call,
    CooperationParty,
    CooperationVersion,
    Document,
    Group,
    Initiative,
    InitiativePartner,
    Location,
    Member,
    Membership,
    MembershipInvitation,
    Milestone,
    Organisation,
    Partnership,
    PartnershipTheme,
    PledgeCondition,
    SignUp,
    SocialReturnObligation,
)
from partnerships.queries import organisations
from partnerships.queries.known import inside_at
from partnerships.queries.merging import people_with_facts
from partnerships.queries.people import known_at, with_contact
from partnerships.queries.themes import themes_of
from partnerships.rules.initiative_partners import can_lead, can_view
from partnerships.rules.organisations import can_act_for
from partnerships.rules.partnerships import can_coordinate, can_write
from partnerships.rules.social_returns import can_keep_social_return

Rows = TypeVar("Rows", bound="QuerySet[Any]")


def open_to(request: HttpRequest, rows: Rows) -> Rows:
    """Those of the rows that this visitor may see: the published ones, and more for someone who is signed in."""
    actor = getattr(request, "actor", None)  # the middleware gives one to signed-in people alone
    visible: Any = rows
    found: Rows = visible.published() if actor is None else visible.visible_to(actor)
    return found


# In the name of an organisation


def employer_of(request: ActorRequest, slug: str) -> Organisation:
    """The employer in whose name the page acts."""
    employer = organisations.employer_of(request.actor, slug)
    if employer is None:
        raise Http404
    require(can_act_for(request.actor, employer.pk))
    return employer


def organisation_or_404(request: ActorRequest, slug: str) -> Organisation:
    """The organisation in the address, for those who work there or meet it in a partnership."""
    return get_object_or_404(Organisation.objects.visible_to(request.actor), slug=slug)


def membership_or_404(request: ActorRequest, slug: str, public_id: UUID) -> tuple[Organisation, Membership]:
    """The organisation, and one of the roles that people have or had there."""
    organisation = organisation_or_404(request, slug)
    found = Membership.objects.visible_to(request.actor).filter(organisation=organisation)
    return organisation, get_object_or_404(found.for_list().with_mandates(), public_id=public_id)


def invitation_or_404(
    request: ActorRequest, slug: str, public_id: UUID
) -> tuple[Organisation, MembershipInvitation]:
    """The organisation, and one of the invitations that were sent for it."""
    organisation = organisation_or_404(request, slug)
    return organisation, get_object_or_404(organisation.invitations.all(), public_id=public_id)


def person_or_404(request: ActorRequest, slug: str, public_id: UUID) -> tuple[Organisation, Person]:
    """The organisation, and one of the people it knows: who has or had a role there, or was invited to one."""
    organisation = organisation_or_404(request, slug)
    known = known_at(organisation.pk).filter(merged_into=None).select_related("user")
    return organisation, get_object_or_404(known, public_id=public_id)


def person_or_merged_or_404(organisation: Organisation, public_id: UUID) -> Person:
    """The same, also a row that turned out to be one of those people."""
    known = known_at(organisation.pk)
    rows = Person.objects.filter(Q(pk__in=known.values("pk")) | Q(merged_into__in=known.values("pk")))
    return get_object_or_404(people_with_facts(with_contact(rows, organisation.pk)), public_id=public_id)


def location_or_404(request: ActorRequest, slug: str, public_id: UUID) -> tuple[Organisation, Location]:
    """The organisation, and one of its locations, open or closed."""
    organisation = organisation_or_404(request, slug)
    found = Location.objects.visible_to(request.actor).filter(organisation=organisation)
    return organisation, get_object_or_404(found, public_id=public_id)


def social_returns_of(request: ActorRequest, slug: str) -> Organisation:
    """The organisation in the address, for those who keep its duties of social return."""
    organisation = organisation_or_404(request, slug)
    require(can_keep_social_return(request.actor, organisation))
    return organisation


def social_return_in(request: ActorRequest, slug: str, public_id: UUID) -> SocialReturnObligation:
    """One of those duties, with its sums."""
    organisation = social_returns_of(request, slug)
    rows = SocialReturnObligation.objects.visible_to(request.actor).filter(organisation=organisation)
    return get_object_or_404(rows.for_list(), public_id=public_id)


# In a partnership


def own_partnership(request: ActorRequest, slug: str) -> Partnership:
    """The partnership in the address, for those who know it from within."""
    return one_or_404(inside_at(actor=request.actor, slug=slug))


def group_in(request: ActorRequest, slug: str, public_id: UUID) -> tuple[Partnership, Group]:
    """A partnership that one knows from within, and one of its groups; what one may do with it asks the view."""
    partnership = own_partnership(request, slug)
    return partnership, get_object_or_404(partnership.groups.all(), public_id=public_id)


def action_line_in(request: ActorRequest, slug: str, public_id: UUID) -> ActionLine:
    """One of the action lines of a partnership that one knows from within, with owner, group and partnership."""
    partnership = own_partnership(request, slug)
    return get_object_or_404(partnership.action_lines.for_list(), public_id=public_id)


def theme_in(request: ActorRequest, slug: str, public_id: UUID) -> PartnershipTheme:
    """One of the themes of a partnership that one knows from within, with whether an initiative runs under it."""
    return get_object_or_404(themes_of(own_partnership(request, slug)), public_id=public_id)


def document_in(request: ActorRequest, slug: str, public_id: UUID) -> Document:
    """A document that one may read; also of who knows of the partnership only the group."""
    found = Document.objects.visible_to(request.actor).filter(partnership__slug=slug)
    return get_object_or_404(found.for_list(), public_id=public_id)


def cooperation_in(
    request: ActorRequest, slug: str, public_id: UUID
) -> tuple[Partnership, CooperationVersion]:
    """A partnership that one knows from within, and a version of its cooperation agreement that one may read."""
    return _cooperation(request, own_partnership(request, slug), public_id)


def _cooperation(
    request: ActorRequest, partnership: Partnership, public_id: UUID
) -> tuple[Partnership, CooperationVersion]:
    found = CooperationVersion.objects.visible_to(request.actor).filter(partnership=partnership)
    return partnership, get_object_or_404(found.with_text(), public_id=public_id)


def party_in(version: CooperationVersion, organisation: str) -> CooperationParty:
    """The organisation in the address, as one of those that sign this version."""
    for party in version.parties.all():
        if party.organisation.slug == organisation:
            return party
    raise Http404


def inside_initiative(request: ActorRequest, slug: str) -> Initiative:
    """An initiative of a partnership that one knows from within; one that is not public for who works on it."""
    rows = Initiative.objects.inside(request.actor).select_related("partnership", "owner")
    return get_object_or_404(rows, slug=slug)


def led_initiative(request: ActorRequest, slug: str) -> Initiative:
    """The same for who leads it; 403 with the reason for others."""
    initiative = inside_initiative(request, slug)
    require(can_lead(request.actor, initiative))
    return initiative


def milestone_of(initiative: Initiative, public_id: UUID) -> Milestone:
    """One of the milestones of an initiative that one was let into."""
    milestone: Milestone = get_object_or_404(initiative.milestones.for_list(), public_id=public_id)
    milestone.initiative = initiative
    return milestone


def initiative_partner(request: ActorRequest, slug: str, organisation: str) -> InitiativePartner:
    """An organisation in an initiative, for those who speak for one of the two."""
    initiative = inside_initiative(request, slug)
    rows = InitiativePartner.objects.for_list().filter(initiative=initiative)
    partner = get_object_or_404(rows, organisation__slug=organisation)
    require(can_view(request.actor, partner))
    return partner


# As who writes for a partnership: a coordinator, or chair or secretary of its steering group


def written_partnership(request: ActorRequest, slug: str) -> Partnership:
    """404 for strangers, 403 with the reason for people of member organisations."""
    partnership = own_partnership(request, slug)
    require(can_write(request.actor, partnership))
    return partnership


def written_initiative(request: ActorRequest, slug: str, initiative: str) -> tuple[Partnership, Initiative]:
    """The partnership, and one of its initiatives."""
    partnership = written_partnership(request, slug)
    return partnership, get_object_or_404(partnership.initiatives.all(), slug=initiative)


def written_action_line(request: ActorRequest, slug: str, public_id: UUID) -> ActionLine:
    """One of its action lines."""
    partnership = written_partnership(request, slug)
    return get_object_or_404(partnership.action_lines.for_list(), public_id=public_id)


def written_theme(request: ActorRequest, slug: str, public_id: UUID) -> PartnershipTheme:
    """One of its themes."""
    return get_object_or_404(themes_of(written_partnership(request, slug)), public_id=public_id)


def written_call(request: ActorRequest, slug: str, call: str) -> tuple[Partnership, Call]:
    """The partnership, and one of its calls."""
    partnership = written_partnership(request, slug)
    return partnership, get_object_or_404(partnership.calls.all(), slug=call)


# As coordinator of a partnership


def coordinated_partnership(request: ActorRequest, slug: str) -> Partnership:
    """404 for strangers, 403 with the reason for people of member organisations."""
    partnership = own_partnership(request, slug)
    require(can_coordinate(request.actor, partnership))
    return partnership


def coordinated_member(request: ActorRequest, slug: str, organisation: str) -> tuple[Partnership, Member]:
    """The partnership, and one of its members of today."""
    partnership = coordinated_partnership(request, slug)
    rows = Member.objects.running().filter(partnership=partnership).for_list()
    member = get_object_or_404(rows, organisation__slug=organisation)
    member.partnership = partnership
    return partnership, member


def coordinated_group(request: ActorRequest, slug: str, public_id: UUID) -> tuple[Partnership, Group]:
    """The partnership, and one of its groups."""
    partnership = coordinated_partnership(request, slug)
    return partnership, get_object_or_404(partnership.groups.all(), public_id=public_id)


def coordinated_cooperation(
    request: ActorRequest, slug: str, public_id: UUID
) -> tuple[Partnership, CooperationVersion]:
    """The partnership, and a version of its cooperation agreement."""
    return _cooperation(request, coordinated_partnership(request, slug), public_id)


def coordinated_sign_up(request: ActorRequest, slug: str, public_id: UUID) -> tuple[Partnership, SignUp]:
    """The partnership, and a confirmed sign-up for one of its calls."""
    partnership = coordinated_partnership(request, slug)
    rows = SignUp.objects.confirmed().filter(call__partnership=partnership).for_list()
    return partnership, get_object_or_404(rows, public_id=public_id)


def coordinated_condition(request: ActorRequest, slug: str, public_id: UUID) -> PledgeCondition:
    """A condition of a confirmed sign-up for one of the calls of the partnership."""
    partnership = coordinated_partnership(request, slug)
    rows = PledgeCondition.objects.filter(sign_up__call__partnership=partnership)
    rows = rows.exclude(sign_up__confirmed_at=None).select_related("sign_up__call__partnership")
    return get_object_or_404(rows, public_id=public_id)
