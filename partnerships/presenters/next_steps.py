"""What waits for a coordinator in one partnership."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import today
from partnerships.enums import InitiativePhase, SignUpState
from partnerships.models import Initiative, SignUp
from ui.next_steps import NextStep, by_urgency

if TYPE_CHECKING:
    from partnerships.actors import Actor, Coordinated

ANSWER_WITHIN = timedelta(days=7)
STALE_AFTER = timedelta(days=90)
MOST = 10


def for_coordinator(
    actor: Actor, partnership_id: int, initiatives: Sequence[Initiative] | None = None
) -> list[NextStep]:
    """Employers that signed up and wait for an answer, and initiatives without news (two queries).

    `initiatives`: the partnership's, longest without an update first, when the caller has read them already.
    Gives nothing for a partnership that the actor does not coordinate.
    """
    partnership = next((row for row in actor.coordinated if row.partnership_id == partnership_id), None)
    if partnership is None:
        return []
    if initiatives is None:
        initiatives = longest_without_news(partnership_id)
    return by_urgency([*_sign_ups(partnership), *_initiatives(partnership, initiatives)])


def longest_without_news(partnership_id: int) -> list[Initiative]:
    """The initiatives of a partnership that wait longest for an update; ended ones need none."""
    under_way = Initiative.objects.filter(
        partnership=partnership_id,
        state__in=[InitiativePhase.IDEA, InitiativePhase.PREPARATION, InitiativePhase.RUNNING],
    )
    return list(under_way.order_by("refreshed_on", "title", "pk")[:MOST])


def _sign_ups(partnership: Coordinated) -> list[NextStep]:
    waiting = (
        SignUp.objects.confirmed()
        .filter(call__partnership=partnership.partnership_id, state=SignUpState.INTEREST, organisation=None)
        .select_related("call")
        .order_by("confirmed_at", "pk")[:MOST]
    )
    return [
        NextStep(
            title=_("Answer {name}").format(name=row.organisation_name),
            text=ngettext(
                "Offers {places} place in “{call}”.", "Offers {places} places in “{call}”.", row.places
            ).format(places=row.places, call=row.call.title),
            url=reverse("partnerships:coordination-sign-up", args=[partnership.slug, row.public_id]),
            button=_("Look at the sign-up"),
            due=row.confirmed_at.date() + ANSWER_WITHIN if row.confirmed_at else None,
            kind="sign_up",
            icon="building-hospital",
        )
        for row in waiting
    ]


def _initiatives(partnership: Coordinated, initiatives: Sequence[Initiative]) -> list[NextStep]:
    stale = [row for row in initiatives if row.refreshed_on < today() - STALE_AFTER]
    return [
        NextStep(
            title=_("Update “{title}”").format(title=row.title),
            text=_("Nothing has been written here for three months."),
            url=reverse("partnerships:coordination-initiative", args=[partnership.slug, row.slug]),
            button=_("Update the initiative"),
            kind="initiative",
            icon="flag-3",
        )
        for row in stale
    ]
