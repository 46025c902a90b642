"""Who works for an organisation in which capacity: asked when a mail is written, in one query for a whole batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.enums import Role
from accounts.models import Invitation, Person
from accounts.models.people import PersonQuerySet
from core.dates import today
from partnerships.enums import COORDINATING, MandateKind
from partnerships.models import Member, Membership, MembershipInvitation, Organisation
from partnerships.models.memberships import MembershipQuerySet
from partnerships.models.organisations import OrganisationQuerySet

People = dict[int, list[Person]]


def people(organisation_ids: Collection[int], roles: Collection[Role], *, may_sign: bool = False) -> People:
    """The people of each organisation who hold one of the roles now and have a working account, each person once.

    `may_sign` leaves only those with a mandate to sign. An organisation without such people is left out.
    """
    held = Membership.objects.running().filter(
        organisation__in=organisation_ids, role__in=roles, person__user__is_active=True
    )
    if may_sign:
        held = held.mandated(MandateKind.SIGN)
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    for membership in held.select_related("person__user").order_by("person_id", "pk"):
        found[membership.organisation_id][membership.person_id] = membership.person
    return {organisation: list(recipients.values()) for organisation, recipients in found.items()}


def people_of(organisation_id: int, roles: Collection[Role]) -> list[Person]:
    """The same for one organisation."""
    return people([organisation_id], roles).get(organisation_id, [])


def coordinators_of(partnership_id: int) -> list[Person]:
    """The coordinators at the organisations that lead or coordinate a partnership, with a working account."""
    leading = Member.objects.running().filter(partnership=partnership_id, role__in=COORDINATING)
    memberships = Membership.objects.running().filter(
        role=Role.COORDINATOR, organisation__in=leading.values("organisation")
    )
    return list(
        Person.objects.filter(user__is_active=True, pk__in=memberships.values("person"))
        .select_related("user")
        .order_by("pk")
    )


def known_at(organisation_id: int) -> PersonQuerySet:
    """The people an organisation knows: who have or had a role there, or were invited to one."""
    known = Q(memberships__organisation=organisation_id) | Q(
        invitations__membership__organisation=organisation_id
    )
    return Person.objects.filter(pk__in=Person.objects.filter(known).values("pk"))


def has_manager(organisation_id: int) -> bool:
    """Whether someone can act for an organisation: a manager with a working account."""
    return _managing().filter(organisation=organisation_id).exists()


def without_manager() -> OrganisationQuerySet:
    """Organisations that exist today and for which nobody can act, each with the invitations of managers that wait."""
    there = Q(valid_until__isnull=True) | Q(valid_until__gte=today())
    waiting = MembershipInvitation.objects.filter(
        role=Role.MANAGER, invitation__in=Invitation.objects.usable()
    ).select_related("invitation")
    return Organisation.objects.filter(
        there, ~Exists(_managing().filter(organisation=OuterRef("pk")))
    ).prefetch_related(Prefetch("invitations", waiting, to_attr="waiting"))


def with_manager() -> OrganisationQuerySet:
    """Organisations that exist today and for which someone can act."""
    there = Q(valid_until__isnull=True) | Q(valid_until__gte=today())
    return Organisation.objects.filter(there, Exists(_managing().filter(organisation=OuterRef("pk"))))


def _managing() -> MembershipQuerySet:
    return Membership.objects.running().filter(role=Role.MANAGER, person__user__is_active=True)
