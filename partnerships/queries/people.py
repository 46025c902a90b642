"""Who works for an organisation in which capacity: asked when a mail is written, in one query for a whole batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.enums import Role
from accounts.models import Invitation, Person
from accounts.models.people import PersonQuerySet
from accounts.queries.delivery import undelivered
from core import periods
from core.lookups import keys_of
from partnerships.actors import Actor
from partnerships.enums import COORDINATING, JoinRequestKind, MandateKind
from partnerships.models import (
    Affiliation,
    GroupSeat,
    JoinRequest,
    Member,
    Membership,
    MembershipInvitation,
    Organisation,
    RoleRequest,
    SignUp,
)
from partnerships.models.memberships import MembershipQuerySet
from partnerships.models.organisations import OrganisationQuerySet
from partnerships.signals import organisation_relied_on, person_relied_on

People = dict[int, list[Person]]


def held(
    organisation_ids: Collection[int], roles: Collection[Role], *, may_sign: bool = False
) -> list[Membership]:
    """The roles that people with a working account hold now, by person; `may_sign` leaves those with a mandate to sign."""
    rows = Membership.objects.working().filter(organisation__in=organisation_ids, role__in=roles)
    if may_sign:
        rows = rows.mandated(MandateKind.SIGN)
    return list(rows.select_related("person__user").order_by("person_id", "pk"))


def people(organisation_ids: Collection[int], roles: Collection[Role]) -> People:
    """The people of each organisation who hold one of the roles now and have a working account, each person once.

    An organisation without such people is left out.
    """
    return by_organisation(held(organisation_ids, roles))


def by_organisation(memberships: Iterable[Membership]) -> People:
    """The people of these roles per organisation, each person once."""
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    for membership in memberships:
        found[membership.organisation_id][membership.person_id] = membership.person
    return {organisation: list(recipients.values()) for organisation, recipients in found.items()}


def people_of(organisation_id: int, roles: Collection[Role]) -> list[Person]:
    """The same for one organisation."""
    return people([organisation_id], roles).get(organisation_id, [])


def coordinators(partnership_ids: Collection[int]) -> People:
    """The coordinators of each partnership: at the organisations that lead or coordinate it, with a working account."""
    leading = Member.objects.running().filter(partnership__in=partnership_ids, role__in=COORDINATING)
    places = list(leading.order_by("pk").values_list("partnership_id", "organisation_id"))
    at = people({organisation for _, organisation in places}, [Role.COORDINATOR])
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    for partnership, organisation in places:
        found[partnership] |= {person.pk: person for person in at.get(organisation, [])}
    return {key: [by_key[pk] for pk in sorted(by_key)] for key, by_key in found.items()}


def coordinators_of(partnership_id: int) -> list[Person]:
    """The same for one partnership."""
    return coordinators([partnership_id]).get(partnership_id, [])


def known_at(organisation_id: int) -> PersonQuerySet:
    """The people an organisation knows: who have or had a role there, or were invited to one; `with_contact`."""
    roles = Membership.objects.filter(organisation=organisation_id)
    invited = Invitation.objects.filter(membership__organisation=organisation_id)
    known = Q(pk__in=keys_of(roles, "person")) | Q(pk__in=keys_of(invited, "person"))
    return with_contact(Person.objects.filter(known), organisation_id)


def with_contact(people: PersonQuerySet, organisation_id: int | None) -> PersonQuerySet:
    """With `own_address` and `own_phone`, as an organisation may read them; None for an administrator, who reads all.

    Whoever has an account and left keeps for oneself where one is reached by now.
    """
    reads = Q()
    if organisation_id is not None:
        there = Membership.objects.filter(periods.not_over(), organisation=organisation_id, ended_at=None)
        reads = Q(user=None) | Q(Exists(there.filter(person=OuterRef("pk"))))
    address, nothing = Coalesce("user__email", "email"), Value("")
    return people.annotate(
        own_address=Case(When(reads, then=address), default=nothing) if reads else address,
        own_phone=Case(When(reads, then="phone"), default=nothing) if reads else F("phone"),
    )


def is_known_elsewhere(person: Person, organisation_id: int) -> bool:
    """Whether anyone else works with this person: in a role, a seat or as taking part, by an invitation or a question.

    The apps above know more of it, such as who learns. One query, so that it can be asked under a lock.
    """
    return _is_known(person, organisation_id=organisation_id)


def is_known_besides(person: Person, sign_up_id: int) -> bool:
    """The same about whoever gave this sign-up: whether that is all by which the person is known."""
    return _is_known(person, sign_up_id=sign_up_id)


def _is_known(person: Person, *, organisation_id: int = 0, sign_up_id: int = 0) -> bool:
    """Left aside are this organisation and this sign-up; no row has the number 0."""
    roles = Membership.objects.filter(person=person.pk).exclude(organisation=organisation_id)
    invited = Invitation.objects.unanswered().filter(person=person.pk)
    invited = invited.exclude(membership__organisation=organisation_id)
    seats = GroupSeat.objects.filter(person=person.pk).exclude(organisation=organisation_id)
    takes_part = Affiliation.objects.filter(person=person.pk).exclude(organisation=organisation_id)
    asked = RoleRequest.objects.open().filter(person=person.pk).exclude(organisation=organisation_id)
    signed_up = SignUp.objects.filter(contact=person.pk).exclude(organisation=organisation_id)
    signed_up = signed_up.exclude(pk=sign_up_id)
    own: list[QuerySet[Any]] = [
        roles,
        invited.exclude(seat__organisation=organisation_id),
        seats,
        takes_part,
        asked,
        signed_up,
    ]
    answers: list[tuple[Any, Any]] = person_relied_on.send(sender=Person, person_id=person.pk)
    known = Q()
    for rows in [*own, *(rows for _receiver, rows in answers)]:
        known |= Q(Exists(rows))
    return Person.objects.filter(known, pk=person.pk).exists()


def with_roles_at(organisation_id: int) -> PersonQuerySet:
    """The same with `roles_there`: the roles that each has there today."""
    roles = Membership.objects.running().filter(person=OuterRef("pk"), organisation=organisation_id)
    return known_at(organisation_id).annotate(
        roles_there=ArraySubquery(roles.order_by("role").values("role"))
    )


def affiliated_in(partnership_id: int) -> PersonQuerySet:
    """The people whom a partnership knows without their working for a member: who take or took part."""
    return _of(Affiliation.objects.filter(partnership=partnership_id))


def acquainted(by: Actor, partnership_id: int, organisation_id: int | None) -> PersonQuerySet:
    """Those of whom the asker knows: as coordinator all who take part, as manager who come with the organisation."""
    if partnership_id in by.coordinates:
        return affiliated_in(partnership_id)
    return _of(Affiliation.objects.filter(organisation__isnull=False, organisation=organisation_id))


def _of(affiliations: QuerySet[Affiliation]) -> PersonQuerySet:
    return Person.objects.filter(pk__in=affiliations.values("person"))


def has_manager(organisation_id: int) -> bool:
    """Whether someone can act for an organisation: a manager with a working account."""
    return managed().filter(organisation=organisation_id).exists()


def is_known(organisation_id: int, beside: Collection[int] = ()) -> bool:
    """Whether others count on an organisation: it was ever a member, had people, or the apps above know it.

    `beside` are the partnerships that do not count.
    """
    relied_on = Q(Exists(Member.objects.filter(organisation=organisation_id).exclude(partnership__in=beside)))
    relied_on |= Q(Exists(Membership.objects.filter(organisation=organisation_id)))
    answers: list[tuple[Any, Any]] = organisation_relied_on.send(
        sender=Organisation, organisation_id=organisation_id
    )
    for _receiver, rows in answers:
        relied_on |= Q(Exists(rows))
    return Organisation.objects.filter(relied_on, pk=organisation_id).exists()


def asked_by(organisation_id: int) -> frozenset[int]:
    """The partnerships that wait for an answer of an organisation."""
    invited = JoinRequest.objects.open().filter(organisation=organisation_id, kind=JoinRequestKind.INVITED)
    return frozenset(invited.values_list("partnership", flat=True))


class Standing(TypedDict):
    """What decides who may invite the first manager of an organisation."""

    has_manager: bool
    asked_by: frozenset[int]
    is_known: bool


def standing(organisation_id: int, actor: Actor) -> Standing:
    """Whether someone can act for an organisation, who has invited it, and whether others count on it.

    That the actor's own partnerships have invited it makes it no better known.
    """
    asking = asked_by(organisation_id)
    known = is_known(organisation_id, beside=asking & actor.coordinates)
    return Standing(has_manager=has_manager(organisation_id), asked_by=asking, is_known=known)


def invited_manager(organisation_id: int) -> MembershipInvitation | None:
    """The invitation with which someone can still become manager of an organisation, if there is one."""
    waiting = MembershipInvitation.objects.filter(
        organisation=organisation_id, role=Role.MANAGER, invitation__in=Invitation.objects.usable()
    )
    waiting = waiting.annotate(undelivered=undelivered("invitation"))
    return waiting.select_related("invitation").order_by("pk").last()


def without_manager() -> OrganisationQuerySet:
    """Organisations that exist today and for which nobody can act, each with the invitations of managers that wait."""
    waiting = MembershipInvitation.objects.filter(
        role=Role.MANAGER, invitation__in=Invitation.objects.usable()
    ).select_related("invitation__person")
    waiting = waiting.annotate(undelivered=undelivered("invitation"))
    return (
        Organisation.objects.existing()
        .filter(~Exists(managed().filter(organisation=OuterRef("pk"))))
        .prefetch_related(Prefetch("invitations", waiting, to_attr="waiting"))
    )


def with_manager() -> OrganisationQuerySet:
    """Organisations that exist today and for which someone can act."""
    return Organisation.objects.existing().filter(Exists(managed().filter(organisation=OuterRef("pk"))))


def managed() -> MembershipQuerySet:
    """The roles of everyone who can act for an organisation."""
    return Membership.objects.able().filter(role=Role.MANAGER)
