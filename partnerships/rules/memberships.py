"""Who may manage people and locations of an organisation (product.md, "Membership roles")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.access import ALLOW, Verdict, deny
from partnerships.enums import EMPLOYER_KINDS, OrganisationKind
from partnerships.models import Membership, Organisation

if TYPE_CHECKING:
    from partnerships.actors import Actor

# What each kind of organisation can have besides managers and coordinators.
_BY_KIND = {
    **dict.fromkeys(EMPLOYER_KINDS, (Role.CONTACT, Role.PRACTICE_TRAINER, Role.SUPERVISOR)),
    OrganisationKind.SCHOOL: (Role.TEACHER,),
}


def roles_of(organisation: Organisation) -> tuple[Role, ...]:
    """The roles that people can have in this kind of organisation; others have a contact person."""
    own = _BY_KIND.get(OrganisationKind(organisation.kind), (Role.CONTACT,))
    return (Role.MANAGER, *own, Role.COORDINATOR)


def can_view_people(actor: Actor, organisation: Organisation) -> Verdict:
    """Everyone who works there, and coordinators through `visible_to`."""
    if organisation.pk in actor.organisations() or actor.coordinates:
        return ALLOW
    return deny(_("Only people of this organisation can see who works there."))


def can_manage(actor: Actor, organisation: Organisation) -> Verdict:
    """People and locations are the manager's."""
    if actor.has_role(organisation.pk, Role.MANAGER):
        return ALLOW
    return deny(_("Only a manager of this organisation can do this."))


def can_end(actor: Actor, membership: Membership) -> Verdict:
    """A manager ends any role; everyone may leave. The last manager is held back by the service."""
    if membership.user_id == actor.user_id or actor.has_role(membership.organisation_id, Role.MANAGER):
        return ALLOW
    return deny(_("Only a manager of this organisation can do this."))
