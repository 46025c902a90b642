"""Who works on an initiative, and who lets an organisation join it, answers, and ends that (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny, not_now
from partnerships.models import Initiative, InitiativePartner, Partnership
from partnerships.roles import BRINGS_INITIATIVES
from partnerships.rules.initiative_proposals import can_propose
from partnerships.rules.partnerships import goes_on

if TYPE_CHECKING:
    from collections.abc import Collection

    from accounts.models import Person
    from partnerships.actors import Actor

NOT_LEADING = deny(_("Only the owner of the initiative and those who write for the partnership can do this."))
NOT_THE_ORGANISATION = deny(_("Only people who speak for this organisation can do this."))
NOT_THEIRS = not_now(_("Choose someone who works on this initiative."))
NOT_A_MEMBER = not_now(_("This organisation does not take part in the partnership. Invite it there first."))


def can_lead(actor: Actor, initiative: Initiative) -> Verdict:
    """Write its texts, invite and answer: for its owner while inside, and for who writes for the partnership."""
    owns = initiative.owner_id == actor.person_id and initiative.partnership_id in actor.inside
    return ALLOW if owns or initiative.partnership_id in actor.writes_for else NOT_LEADING


def can_be_named(person: Person | None, carriers: Collection[Person]) -> Verdict:
    """Make a plan or answer for a milestone: whoever works on the initiative (`who_can_carry`), or nobody."""
    return ALLOW if person is None or person in carriers else NOT_THEIRS


def can_invite(actor: Actor, initiative: Initiative, *, is_member: bool) -> Verdict:
    """Invite an organisation; `is_member`: whether it takes part in the partnership."""
    verdict = can_lead(actor, initiative) and goes_on(initiative.partnership)
    return verdict and (ALLOW if is_member else NOT_A_MEMBER)


def can_ask(actor: Actor, initiative: Initiative, organisation_id: int) -> Verdict:
    """Ask to take part for an own organisation."""
    return can_propose(actor, initiative.partnership, organisation_id)


def speaks_for(actor: Actor, partner: InitiativePartner) -> bool:
    """Whether the actor says the yes of the organisation."""
    return actor.has_role(partner.organisation_id, *BRINGS_INITIATIVES)


def can_view(actor: Actor, partner: InitiativePartner) -> Verdict:
    """Read what was asked and answered: for those who speak for one of the two."""
    return ALLOW if speaks_for(actor, partner) else can_lead(actor, partner.initiative)


def can_answer(actor: Actor, partner: InitiativePartner) -> Verdict:
    """Accept or decline: for the side that was asked, as long as it waits."""
    verdict = _side(actor, partner, of_organisation=partner.was_invited)
    return verdict and goes_on(_partnership(partner)) and states.permits(partner, "accept")


def can_withdraw(actor: Actor, partner: InitiativePartner) -> Verdict:
    """Take the question back before there is an answer: for the side that asked."""
    verdict = _side(actor, partner, of_organisation=not partner.was_invited)
    return verdict and states.permits(partner, "withdraw")


def can_leave(actor: Actor, partner: InitiativePartner) -> Verdict:
    """End it: for both sides."""
    return can_view(actor, partner) and states.permits(partner, "leave")


def can_change(actor: Actor, partner: InitiativePartner) -> Verdict:
    """Say what it does here and whom one asks: for both sides, while it takes part."""
    return can_leave(actor, partner)


def _partnership(partner: InitiativePartner) -> Partnership:
    return partner.initiative.partnership


def _side(actor: Actor, partner: InitiativePartner, *, of_organisation: bool) -> Verdict:
    if of_organisation:
        return ALLOW if speaks_for(actor, partner) else NOT_THE_ORGANISATION
    return can_lead(actor, partner.initiative)
