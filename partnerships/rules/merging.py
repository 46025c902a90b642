"""Who may say that two rows are one organisation, or one location."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.rules import permits_merge
from core.access import ALLOW, Verdict, deny, not_now
from partnerships.models import Location, Organisation
from partnerships.rules.memberships import can_manage

if TYPE_CHECKING:
    from accounts.models import Person
    from partnerships.actors import Actor


def can_look_for_doubles(actor: Actor) -> Verdict:
    """See which organisations look alike: for administrators, since both may have people and rights of their own."""
    return ALLOW if actor.is_staff else deny(_("Only administrators come here."))


def can_merge(actor: Actor, kept: Organisation, dropped: Organisation) -> Verdict:
    """Make two organisations one: for administrators; of one sort, and none that was merged before."""
    verdict = can_look_for_doubles(actor)
    if not verdict:
        return verdict
    if kept.pk == dropped.pk:
        return not_now(_("Choose two different organisations."))
    if kept.merged_into_id or dropped.merged_into_id:
        return not_now(_("One of these has been merged already."))
    if kept.party_shape != dropped.party_shape:
        return not_now(_("A school, an employer and another organisation cannot be merged with each other."))
    if kept.is_over:
        return not_now(_("An organisation that has ended cannot be the one that stays."))
    return ALLOW


def can_merge_people(
    actor: Actor, organisation: Organisation, kept: Person, dropped: Person, *, are_known_elsewhere: bool
) -> Verdict:
    """Make one of two people: for managers, of those whom nobody else works with, and never of oneself.

    Who is one with someone else gets what that one may do: nobody gives that to oneself, nor to people of others.
    """
    verdict = can_manage(actor, organisation)
    if not verdict:
        return verdict
    if actor.person_id in (kept.pk, dropped.pk):
        return not_now(_("You cannot do this with yourself. Ask another manager, or an administrator."))
    if are_known_elsewhere:
        return not_now(_("Others work with one of these two as well. Ask an administrator."))
    return permits_merge(kept, dropped)


def can_tell_people_apart(actor: Actor, organisation: Organisation, one: Person, other: Person) -> Verdict:
    """Say that two people who look alike are two, or take that back: for managers."""
    verdict = can_manage(actor, organisation)
    return verdict if not verdict or one.pk != other.pk else not_now(_("Choose two different people."))


def can_tell_apart(actor: Actor, one: Organisation | Location, other: Organisation | Location) -> Verdict:
    """Say that two which look alike are two, or take that back: for whoever could make them one."""
    if isinstance(one, Location) and isinstance(other, Location):
        verdict = can_manage(actor, one.organisation)
        two = one.organisation_id == other.organisation_id and one.pk != other.pk
        return (
            verdict
            if not verdict or two
            else not_now(_("Choose two different locations of one organisation."))
        )
    verdict = can_look_for_doubles(actor)
    return verdict if not verdict or one.pk != other.pk else not_now(_("Choose two different organisations."))


def can_merge_locations(actor: Actor, kept: Location, dropped: Location) -> Verdict:
    """Make two locations one: for managers of the organisation that has both. Both need it loaded."""
    verdict = can_manage(actor, kept.organisation)
    if not verdict:
        return verdict
    if kept.organisation_id != dropped.organisation_id or kept.pk == dropped.pk:
        return not_now(_("Choose two different locations of one organisation."))
    if kept.merged_into_id or dropped.merged_into_id:
        return not_now(_("One of these has been merged already."))
    if kept.is_closed:
        return not_now(_("A location that is closed cannot be the one that stays."))
    return ALLOW
