"""One person of an organisation, for its managers: roles and invitations there, each with the act that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import Person
from accounts.presenters.signing_in import InvitationRow, account_word
from accounts.queries.delivery import undelivered
from core.access import Verdict
from partnerships.actors import Actor
from partnerships.models import Membership, MembershipInvitation, Organisation
from partnerships.presenters.memberships import MembershipRow
from partnerships.presenters.spaces import space_of_organisation
from partnerships.queries.people import is_known_elsewhere
from partnerships.rules import memberships as rules


@dataclass(frozen=True)
class InvitedRow(InvitationRow):
    """An invitation of this organisation."""

    row: MembershipInvitation

    @property
    def undelivered(self) -> str:
        """Why its mail did not go, while it waits for an answer; empty when it went."""
        return str(getattr(self.row, "undelivered", "")) if self.may_renew else ""


def context(actor: Actor, organisation: Organisation, person: Person) -> dict[str, Any]:
    """The page; nothing of what the person does elsewhere."""
    roles = Membership.objects.visible_to(actor).filter(organisation=organisation, person=person)
    invited = organisation.invitations.filter(invitation__person=person).select_related("invitation")
    invited = invited.annotate(undelivered=undelivered("invitation"))
    return {
        "organisation": organisation,
        **space_of_organisation(organisation),
        "person": person,
        "account": account_word(person),
        "roles": [
            MembershipRow(row, rules.can_end(actor, row))
            for row in roles.for_list().with_mandates().order_by("-starts_on", "-pk")
        ],
        "invitations": [
            InvitedRow(row.invitation, row) for row in invited.order_by("-invitation__created_at", "-pk")
        ],
        "may_correct": may_correct(actor, organisation, person),
    }


def may_correct(actor: Actor, organisation: Organisation, person: Person) -> Verdict:
    """Whether the address can be corrected here."""
    elsewhere = is_known_elsewhere(person, organisation.pk)
    return rules.can_correct_address(actor, organisation, person, is_known_elsewhere=elsewhere)
