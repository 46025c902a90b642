"""Who may manage people and locations of an organisation (docs/domain.md 2)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.enums import Role
from core import endings, periods
from core.access import ALLOW, Verdict, deny, not_now
from core.dates import today
from partnerships.enums import EMPLOYER_KINDS, MandateKind, OrganisationKind
from partnerships.models import Location, Membership, Organisation
from partnerships.models.memberships import HAS_THE_ROLE
from partnerships.roles import MANDATED
from partnerships.rules.organisations import takes_on

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Person
    from core.models import StateChange
    from partnerships.actors import Actor

NOT_A_MANAGER = _("Only a manager of this organisation can do this.")
ASK_A_MANAGER = _("Someone else ended this role of yours. Ask a manager of the organisation.")
NOT_TO_ONESELF = _("You cannot give yourself this right. Ask another manager of the organisation.")

# What each kind of organisation can have besides managers, coordinators and colleagues.
_BY_KIND = {
    **dict.fromkeys(EMPLOYER_KINDS, (Role.CONTACT, Role.PRACTICE_TRAINER, Role.SUPERVISOR)),
    OrganisationKind.SCHOOL: (Role.TEACHER,),
}


def roles_of(organisation: Organisation) -> tuple[Role, ...]:
    """The roles that people can have in this kind of organisation; others have a contact person."""
    own = _BY_KIND.get(OrganisationKind(organisation.kind), (Role.CONTACT,))
    return (Role.MANAGER, *own, Role.COORDINATOR, Role.COLLEAGUE)


def daily_role_of(organisation: Organisation) -> Role:
    """The role in which the daily work is done: the teacher of a school, elsewhere the contact person."""
    return roles_of(organisation)[1]


def daily_roles_of(organisation: Organisation) -> tuple[Role, ...]:
    """The roles in which people do the daily work of this kind of organisation."""
    return _BY_KIND.get(OrganisationKind(organisation.kind), (Role.CONTACT,))


def signs_agreements(organisation: Organisation) -> bool:
    """Whether this kind of organisation is a party of practice agreements: employers and schools."""
    return OrganisationKind(organisation.kind) in _BY_KIND


def can_invite_first_manager(
    actor: Actor, *, has_manager: bool = False, asked_by: Collection[int] = (), is_known: bool = True
) -> Verdict:
    """Invite the first manager of an organisation where nobody can act: for administrators.

    And for a coordinator of a partnership that has invited it (`asked_by`), unless others count on the organisation
    already (`is_known`): then a friend of the coordinator could take it over.
    """
    if not actor.is_staff:
        if not actor.coordinates.intersection(asked_by):
            return deny(_("Only administrators come here."))
        if is_known:
            return deny(
                _(
                    "Others work with this organisation already. Ask an administrator to invite its first manager."
                )
            )
    if has_manager:
        return not_now(_("This organisation now has a manager, who invites the others."))
    return ALLOW


def can_view_people(actor: Actor, organisation: Organisation) -> Verdict:
    """See who works there: for all who do, and for coordinators, who see only what `visible_to` lets them see."""
    if organisation.pk in actor.organisations() or actor.coordinates:
        return ALLOW
    return deny(_("Only people of this organisation and coordinators can see who works there."))


def can_manage(actor: Actor, organisation: Organisation) -> Verdict:
    """Invite people, and work on locations: for managers of the organisation.

    Managers read the address by which someone signs in, or asks for a role, whatever the card of contact says: who lets
    people in has to know that it is them, and puts a wrong address right. Nobody else reads what the card hides.
    """
    return ALLOW if actor.has_role(organisation.pk, Role.MANAGER) else deny(NOT_A_MANAGER)


def can_take_on(actor: Actor, organisation: Organisation, role: Role) -> Verdict:
    """Do a part of the daily work oneself: for managers, who could invite themselves as they invite anyone."""
    verdict = can_manage(actor, organisation)
    if not verdict:
        return verdict
    if role not in daily_roles_of(organisation):
        return deny(_("Nobody has this role in an organisation of this kind."))
    return not_now(HAS_THE_ROLE) if actor.has_role(organisation.pk, role) else ALLOW


def can_correct_address(
    actor: Actor, organisation: Organisation, person: Person, *, is_known_elsewhere: bool
) -> Verdict:
    """Put right the address of someone without account, who came in through this organisation alone."""
    verdict = can_manage(actor, organisation) and account_rules.can_correct_address(person)
    if verdict and is_known_elsewhere:
        return not_now(_("Others work with this person too. An administrator can correct the address."))
    return verdict


def can_change(actor: Actor, membership: Membership) -> Verdict:
    """Change what someone may do besides the role: for managers, as long as the role runs."""
    if not actor.has_role(membership.organisation_id, Role.MANAGER):
        return deny(NOT_A_MANAGER)
    return _while_running(membership)


def can_mandate(actor: Actor, membership: Membership, kind: MandateKind) -> Verdict:
    """Let someone do this besides the role: for managers, never to oneself, and only what the role can carry."""
    verdict = can_change(actor, membership)
    if not verdict:
        return verdict
    if membership.role not in MANDATED[kind]:
        return deny(_("People with this role cannot be given this right."))
    return deny(NOT_TO_ONESELF) if membership.person_id == actor.person_id else ALLOW


def signs_for(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor may sign agreements for this organisation already."""
    return any(role.may_sign for role in actor.held if role.organisation_id == organisation.pk)


def can_end(actor: Actor, membership: Membership) -> Verdict:
    """End a role: a manager ends any, everyone may leave. The service refuses to end the last manager."""
    if membership.person_id != actor.person_id and not actor.has_role(
        membership.organisation_id, Role.MANAGER
    ):
        return deny(NOT_A_MANAGER)
    return _while_running(membership)


def permits_last_day(membership: Membership, day: date | None) -> Verdict:
    """Whether a role can end on a day, today when none is given; asks nothing about people."""
    if day is not None and day < today():
        return not_now(_("Choose today or a later day."))
    if day is not None and membership.ends_on is not None and day >= membership.ends_on:
        return not_now(
            _("This role ends by that day already. Choose an earlier day, or take the end back first.")
        )
    return ALLOW


def can_take_back(actor: Actor, membership: Membership, act: StateChange | None) -> Verdict:
    """Let an ended role go on: for managers, and for whoever left of their own accord. `act` is its end.

    Who was taken out by another does not come back by oneself, being a manager in another role there either.
    """
    ended_oneself = act is not None and act.by_id == actor.person_id
    own = membership.person_id == actor.person_id
    if not (own and ended_oneself) and (own or not actor.has_role(membership.organisation_id, Role.MANAGER)):
        return deny(NOT_A_MANAGER if not own else ASK_A_MANAGER)
    return endings.permits_take_back(membership, act)


def _while_running(membership: Membership) -> Verdict:
    return not_now(_("This role had already ended.")) if periods.is_over(membership) else ALLOW


def can_work_on_location(actor: Actor, location: Location) -> Verdict:
    """Change or close a location: for managers, as long as it is open."""
    if not actor.has_role(location.organisation_id, Role.MANAGER):
        return deny(NOT_A_MANAGER)
    return not_now(_("This location has been closed.")) if location.is_closed else ALLOW


def can_reopen_location(actor: Actor, location: Location, act: StateChange | None) -> Verdict:
    """Let a closed location go on: for managers, within two weeks. `act` is its closing."""
    verdict = can_manage(actor, location.organisation)
    if not verdict:
        return verdict
    if location.merged_into_id is not None:
        return not_now(_("This location is one with another now, so it stays closed."))
    return takes_on(location.organisation) and endings.permits_take_back(location, act)
