"""A cohort that was asked for, as the coordinators and the school see it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.actors import Actor
from partnerships.models import Partnership
from programmes.enums import CohortRequestState
from programmes.models import CohortRequest
from programmes.rules import cohort_requests as rules
from ui.history import state_lines, undo_of
from ui.languages import dutch

MARKS = {
    CohortRequestState.ASKED: "wait",
    CohortRequestState.CONFIRMED: "done",
    CohortRequestState.DECLINED: "back",
    CohortRequestState.WITHDRAWN: "back",
}


def around_partnership(partnership: Partnership) -> dict[str, Any]:
    """What a form of the coordinators has around it."""
    inside = reverse("partnerships:partnership-inside", args=[partnership.slug])
    found = {"space": "coordinator", "partnership": partnership, "belongs_under": inside}
    return found | {"back": inside, "back_name": dutch(partnership.name)}


def around(actor: Actor, asked: CohortRequest) -> dict[str, Any]:
    """What a page has around it: of the partnership for coordinators, of the school for its people."""
    partnership, school = asked.programme.partnership, asked.programme.school
    if partnership is not None and partnership.pk in actor.coordinates:
        return around_partnership(partnership)
    programmes = reverse("programmes:programme-list", args=[school.slug])
    found = {"space": "teacher", "school": school, "belongs_under": programmes}
    return found | {"back": programmes, "back_name": _("Programmes")}


def detail_context(actor: Actor, asked: CohortRequest) -> dict[str, Any]:
    """The page of a request."""
    history = state_lines(asked)
    return around(actor, asked) | {
        "request_row": asked,
        "mark": MARKS[CohortRequestState(asked.state)],
        "may_confirm": rules.can_confirm(actor, asked),
        "may_decline": rules.can_decline(actor, asked),
        "may_withdraw": rules.can_withdraw(actor, asked),
        "undo": undo_of(asked, history) if rules.can_take_back(actor, asked) else None,
        "history": history,
    }
