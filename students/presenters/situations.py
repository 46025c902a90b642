"""Work situations as their teachers read them: on the page of one, and in a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.access import Verdict
from partnerships.actors import Actor
from programmes.models import Session
from students.models import Treatment, WorkSituation
from students.presenters.reports import report_of
from students.rules import reports
from students.rules import situations as rules


@dataclass(frozen=True)
class SessionRow:
    """A work situation in a session, with what came out of it there."""

    situation: WorkSituation
    treatment: Treatment
    may: Verdict


def situations_of(actor: Actor, session: Session) -> list[SessionRow]:
    """The work situations of a session that the actor may read."""
    return list(_rows(actor, session))


def _rows(actor: Actor, session: Session) -> Iterator[SessionRow]:
    for situation in WorkSituation.objects.visible_to(actor).filter(sessions=session).for_list():
        treatment = next(row for row in situation.treatments.all() if row.session_id == session.pk)
        yield SessionRow(situation, treatment, rules.can_treat(actor, situation))


def treat_context(actor: Actor, situation: WorkSituation) -> dict[str, Any]:
    """The situation of `for_list`, the answers to it, and the sessions in which it is still to be treated."""
    rows = list(situation.treatments.all())
    to_treat = [row.session for row in rows if row.session and not row.treated_at]
    return {
        "situation": situation,
        "treated": [row for row in rows if row.treated_at],
        "to_treat": to_treat,
        "first_session": str(to_treat[0].pk) if to_treat else "",
        "may_treat": rules.can_treat(actor, situation),
        "may_blank": rules.can_blank(actor, situation),
        "report": report_of(situation),
        "may_keep": reports.can_keep(actor, situation),
    }
