"""The people of an organisation, and those who were invited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Invitation
from accounts.queries.delivery import undelivered
from core.access import Verdict
from core.endings import lately
from partnerships.actors import Actor
from partnerships.enums import MandateKind
from partnerships.models import Membership, Organisation
from partnerships.presenters.spaces import space_of_organisation
from partnerships.queries.join_requests import to_answer_by_organisation
from partnerships.queries.merging import people_beside
from partnerships.rules import memberships as rules
from partnerships.rules.figures import can_see_own_figures
from ui.formats import day
from ui.history import endings


@dataclass(frozen=True)
class MembershipRow:
    """Someone with a role, and whether the reader may end it."""

    membership: Membership
    may_end: Verdict

    @property
    def may(self) -> list[str]:
        """What the person may do besides the role, in words."""
        return [str(MandateKind(kind).label) for kind in self.membership.may]


def people_context(actor: Actor, organisation: Organisation, people: Iterable[Membership]) -> dict[str, Any]:
    """The list of people; the invitations without an answer are for whoever may manage them."""
    may_manage = rules.can_manage(actor, organisation)
    ended = Membership.objects.visible_to(actor).filter(organisation=organisation)
    waiting = organisation.invitations.filter(invitation__in=Invitation.objects.unanswered())
    invited = waiting.select_related("invitation__person").order_by("invitation__created_at", "pk")
    invited = invited.annotate(undelivered=undelivered("invitation"))
    return {
        "organisation": organisation,
        **space_of_organisation(organisation),
        "page": people,
        "rows": [MembershipRow(row, rules.can_end(actor, row)) for row in people],
        "may_manage": may_manage,
        "sees_figures": can_see_own_figures(actor, organisation),
        "may_take_on": any(
            rules.can_take_on(actor, organisation, role) for role in rules.daily_roles_of(organisation)
        ),
        "waiting": invited if may_manage else (),
        "invited_to": to_answer_by_organisation(organisation.pk) if may_manage else (),
        "ended": lately(ended.select_related("person")) if may_manage else (),
        "alike": people_beside(organisation.pk) if may_manage else (),
        "asking": organisation.role_requests.open().for_list() if may_manage else (),
    }


def invited_words(invited: Sequence[object]) -> str:
    """What is said when several people were invited at once."""
    return ngettext(
        "%(number)d invitation is on its way. The link in it works for 14 days.",
        "%(number)d invitations are on their way. The links in them work for 14 days.",
        len(invited),
    ) % {"number": len(invited)}


def ended_words(last_day: date | None) -> str:
    """What is said when a role was ended, today when no last day is given."""
    if last_day is None:
        return _("The role has ended.")
    return _("The last day of the role is %(day)s. Until then everything stays as it is.") % {
        "day": day(last_day)
    }


def goes_on_words(lost: Sequence[str | Promise]) -> str:
    """What is said when the end of a role was taken back, with what stays as it is."""
    return " ".join([_("The role continues as it was."), *map(str, lost)])


def history_context(membership: Membership) -> dict[str, Any]:
    """The mandates of a role of all times, and who ended them and the role."""
    mandates = list(membership.mandates.for_history())
    names: dict[Any, str] = {
        membership: "",
        **{mandate: mandate.get_kind_display().capitalize() for mandate in mandates},
    }
    return {"mandates": mandates, "history": endings(names)}
